"""The manifest of briefings: made with a yes, changed by who runs it (FUL-2)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from requests.briefings import api, pages, selectors, services
from requests.briefings.contents import TEXTS
from requests.briefings.models import Briefing

BRIEFINGS = Resource(
    name="briefings",
    model=Briefing,
    subject="briefing",
    title=_("Briefings"),
    answer=ngettext_lazy("%(count)s briefing", "%(count)s briefings", "n"),
    new_label=_("New briefing"),
    icon="notes",
    nav_item="requests",
    view="requests.view",
    edit="requests.submit",
    listed=selectors.listed_briefings,
    table=pages.BriefingTable,
    form=pages.BriefingForm,
    about=pages.about_of,
    facts=pages.facts_of,
    search=("ask__request__prospect",),
    pages={"detail": pages.BriefingPage, "edit": pages.WriteBriefing},
    more_urls=[path("<uuid:pk>/confirm/", pages.Confirm.as_view(), name="confirm")],
    empty_text=_("Once an advocate has said yes, what both sides should know stands here."),
    update=services.update_briefing,
    verbs={
        "briefing.changed": (_("changed a briefing"), "pencil", "neutral"),
        "briefing.confirmed": (_("briefed one side before the call"), "checks", "success"),
    },
    api=api.BriefingApi,
    api_fields=("id", "ask", "side", *TEXTS, "edited_at", "send_at", "sent_at"),
    api_filters=("ask", "side"),
    api_ordering=("id",),
    named_by=("ask__request",),
    tab=False,
)
