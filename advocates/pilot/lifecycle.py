"""Life of a voice: asked → answered → decided (PIL-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class VoiceState(models.TextChoices):
    """How far it is."""

    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    DECIDED = "decided", _("Decided")


class Decision(models.TextChoices):
    """What is made of it."""

    CHANGE = "change", _("Change it")
    KEEP = "keep", _("Keep it as it is")
    LATER = "later", _("Later")


VOICE = Lifecycle(
    "pilot voice",
    VoiceState,
    Move(
        name="answer",
        verb="pilot.answered",
        words=_("said how the pilot was"),
        source=("asked", "answered"),
        to="answered",
        icon="message-2",
        tone="success",
    ),
    Move(
        name="decide",
        verb="pilot.decided",
        words=_("decided what is made of an answer"),
        source=("answered", "decided"),
        to="decided",
        may="settings.rules",
        label=_("Decide"),
        icon="gavel",
        tone="info",
        needs=("decision", "owner"),
        takes=("note",),
        primary=True,
        done=_("Decided."),
    ),
)
