"""The manifest of connections to chats."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from reporting.chat import api, pages, selectors, services
from reporting.chat.lifecycle import CHAT
from reporting.chat.models import ChatConnection

CHATS = Resource(
    name="chats",
    model=ChatConnection,
    subject="connection",
    title=_("Today in Slack, Teams or your mail"),
    answer=ngettext_lazy("%(count)s chat", "%(count)s chats", "n"),
    new_label=_("Connect a chat or your mail"),
    icon="message-share",
    nav_item="settings",
    tab=False,
    view="profile.edit",
    edit="profile.edit",
    listed=selectors.listed_chats,
    table=pages.ChatTable,
    search=("name", "member__user__name"),
    form=pages.ChatForm,
    about=lambda connection: connection.member.name,
    facts=pages.facts_of,
    pages={"list": pages.ChatList, "new": pages.ChatRecordForm},
    empty_text=_(
        "Connect Slack, Teams or your mail, and what newly waits for you is said where you are"
        " anyway."
    ),
    create=services.connect_chat,
    lifecycle=CHAT,
    services={"try_again": services.try_chat_again, "disconnect": services.disconnect_chat},
    permit=services.permit_chat,
    verbs={"chat.connected": (_("connected Today with a chat"), "message-share", "neutral")},
    styles={
        "on": StatusStyle("success", "plug-connected"),
        "failing": StatusStyle("danger", "plug-x"),
    },
    serializer=api.ChatConnectionSerializer,
    api_fields=tuple(
        name for name in api.ChatConnectionSerializer.Meta.fields if name != "address"
    ),
    api_filters=("kind", "state"),
    api_ordering=("created_at", "id"),
    named_by=("member__user",),
)
