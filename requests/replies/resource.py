"""The manifest of answers by mail."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from requests.models import AskReply
from requests.replies import api, pages, selectors, services
from requests.replies.lifecycle import REPLY
from requests.replies.work import WORK

ASK_REPLIES = Resource(
    name="ask-replies",
    model=AskReply,
    subject="reply",
    title=_("By mail"),
    answer=ngettext_lazy("%(count)s answer came by mail", "%(count)s answers came by mail", "n"),
    new_label=_("Keep an answer that came by mail"),
    icon="mail-opened",
    nav_item="requests",
    tab=False,
    view="asks.answer_for",
    edit="asks.answer_for",
    listed=selectors.listed_replies,
    table=pages.ReplyTable,
    search=("text", "ask__advocate__first_name", "ask__advocate__last_name"),
    form=pages.ReplyForm,
    about=lambda reply: reply.ask.advocate.name,
    facts=pages.facts_of,
    pages={"list": pages.ReplyList, "detail": pages.ReplyPage},
    empty_text=_(
        "Who answers an ask by writing back, instead of on its page, stands here and at the ask."
    ),
    create=services.record_reply,
    lifecycle=REPLY,
    services={"settle": services.settle_reply},
    permit=services.permit_reply,
    styles={"read": StatusStyle("neutral", "mail-opened")},
    verbs={
        "ask_reply.received": (_("kept an answer that came by mail"), "mail", "info"),
    },
    api=api.AskReplyApi,
    api_fields=(
        "id",
        "ask",
        "text",
        "received_at",
        "from_name",
        "from_address",
        "state",
        "recorded_by",
        "created_at",
    ),
    api_filters=("state", "ask"),
    api_ordering=("-received_at", "created_at"),
    work=(WORK,),
    named_by=("ask__request",),
)
