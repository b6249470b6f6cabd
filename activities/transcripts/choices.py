"""Who speaks in a transcript, in which language, and why a sentence is proposed (TRN-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """What was read."""

    VTT = "vtt", _("WebVTT")
    SRT = "srt", _("SubRip")
    TXT = "txt", _("Text")


class Language(models.TextChoices):
    """The languages in which sentences are looked for, by their own names."""

    EN = "en", "English"
    DE = "de", "Deutsch"
    ID = "id", "Bahasa Indonesia"
    MS = "ms", "Bahasa Melayu"
    PT_BR = "pt-br", "Português (Brasil)"


class Side(models.TextChoices):
    """Whose voice a speaker is."""

    UNKNOWN = "unknown", _("Not said yet")
    ADVOCATE = "advocate", _("Somebody at the customer")
    COLLEAGUE = "colleague", _("One of us")
    OTHER = "other", _("Somebody else")


class Reason(models.TextChoices):
    """Why a sentence is proposed, as it is told (TRN-1.b)."""

    OUTCOME = "outcome", _("An outcome: how it was before, and how it is now.")
    NUMBER = "number", _("A number with what it counts.")
    PRAISE = "praise", _("Praise, with the reason for it.")
    COMPARISON = "comparison", _("A comparison.")
    PRODUCT = "product", _("It names one of your products.")
    FIRST_PERSON = "first", _("They speak for themselves.")


#: What a sentence is worth for each; those that are worth 0 alone only add to others.
SCORES: dict[str, int] = {
    Reason.OUTCOME: 5,
    Reason.NUMBER: 3,
    Reason.PRAISE: 3,
    Reason.COMPARISON: 2,
    Reason.PRODUCT: 1,
    Reason.FIRST_PERSON: 1,
}
#: One of these makes a sentence worth quoting; the others only speak for it.
SUFFICIENT = frozenset({Reason.OUTCOME, Reason.NUMBER, Reason.PRAISE, Reason.COMPARISON})
