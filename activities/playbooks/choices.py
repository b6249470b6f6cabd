"""What a step's day is counted from, and which texts a playbook holds (PLB-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Anchor(models.TextChoices):
    """From when business days are counted."""

    ACCEPTED = "accepted", _("after the yes")
    BOOKED = "booked", _("around the booked time")
    COMPLETED = "completed", _("after it happened")


class TextKind(models.TextChoices):
    """What a template is for."""

    INTERVIEW = "interview", _("Interview guide")
    PROMPTS = "prompts", _("Prompts")
    POINTS = "points", _("Talking points")
    SLIDES = "slides", _("Slides")
    REHEARSAL = "rehearsal", _("Rehearsal")
    TRAVEL = "travel", _("Travel")
    RECORDING = "recording", _("Recording test and upload")
    OBJECTIONS = "objections", _("Objections")
    OTHER = "other", _("Something else")
