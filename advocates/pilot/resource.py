"""The manifest of pilot feedback (PIL-1)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from advocates.pilot import api, pages, selectors, services
from advocates.pilot.lifecycle import VOICE
from advocates.pilot.models import PilotVoice

PILOT_VOICES = Resource(
    name="pilot-voices",
    model=PilotVoice,
    subject="voice",
    title=_("Pilot feedback"),
    answer=ngettext_lazy("%(count)s was asked", "%(count)s were asked", "n"),
    new_label=_("Ask how it was"),
    icon="message-2",
    nav_item="setup",
    view="settings.rules",
    edit="settings.rules",
    listed=selectors.listed_voices,
    table=pages.VoiceTable,
    form=pages.DecideForm,
    facts=pages.facts_of,
    pages={"list": pages.Voices, "detail": pages.VoicePage, "decide": pages.Decide},
    more_urls=[path("ask/", pages.AskPilot.as_view(), name="ask")],
    empty_text=_(
        "At the end of the second month ask everybody who was part: what worked, what not."
    ),
    lifecycle=VOICE,
    services={"decide": services.decide_voice},
    styles={
        "answered": StatusStyle("warning", "message-2"),
        "decided": StatusStyle("success", "check"),
    },
    verbs={"pilot.asked": (_("asked how the pilot was"), "send", "neutral")},
    api=api.PilotVoiceApi,
    bodies={"decide": api.DecideBody},
    api_fields=(
        "id",
        "advocate",
        "member",
        "state",
        "asked_at",
        "answered_at",
        "worked",
        "did_not",
        "change",
        "decision",
        "owner",
        "note",
        "decided_by",
        "decided_at",
    ),
    api_filters=("state", "decision"),
    api_ordering=("id", "asked_at"),
)
