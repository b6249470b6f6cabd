"""The manifest of recruitment messages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from advocacy.records.resource import Resource
from advocates.models import RecruitmentMessage
from advocates.recruiting import pages, services
from advocates.recruiting.api import RecruitmentSerializer

RECRUITMENT = Resource(
    name="recruitment",
    model=RecruitmentMessage,
    subject="message",
    title=_("Recruitment messages"),
    new_label=_("Recruit for one activity"),
    icon="mail-heart",
    nav_item="advocates",
    view="advocates.view",
    edit="advocates.invite",
    listed=pages.listed_messages,
    table=pages.MessageTable,
    search=("advocate__first_name", "advocate__last_name", "advocate__account__name"),
    form=pages.MessageForm,
    about=lambda message: message.advocate.name,
    facts=pages.facts_of,
    pages={"new": pages.Compose},
    empty_text=_(
        "A letter to one person who could begin with one thing: how long you have worked together,"
        " what they achieved, what it is about, what it takes, what is in it for them."
    ),
    create=services.send_recruitment_message,
    verbs={
        "recruitment.sent": (_("sent a recruitment message"), "mail", "info"),
        "recruitment.template_saved": (
            _("changed the words of the recruitment message"),
            "pencil",
            "neutral",
        ),
    },
    serializer=RecruitmentSerializer,
    api_fields=tuple(
        name for name in RecruitmentSerializer.Meta.fields if name != "send_incomplete"
    ),
    api_filters=("advocate", "activity_type"),
    api_ordering=("-sent_at",),
    more_urls=(path("preview/", pages.PreviewPage.as_view(), name="preview"),),
    named_by=("advocate",),
    tab=False,  # one comes to it from a person
)
