"""States of a thank-you (THX-1 to THX-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThankYouState(models.TextChoices):
    """Where a thank-you stands; the moves between are in ``lifecycle``."""

    OPEN = "open", _("To do")
    DONE = "done", _("Thanked")
    VOIDED = "voided", _("Not needed")


class ThankYouKind(models.TextChoices):
    """Who speaks: the person in charge, or an executive in addition (THX-1).

    An apology is owed for a prospect's no-show (ACT-4); it is worked like a thank-you.
    """

    PERSONAL = "personal", _("Thank-you")
    EXECUTIVE = "executive", _("Executive note")
    AUTOMATIC = "automatic", _("Automatic thank-you")
    APOLOGY = "apology", _("Apology")


class ThankYouChannel(models.TextChoices):
    """How the advocate was thanked (THX-3)."""

    EMAIL = "email", _("E-mail")
    CALL = "call", _("Call")
    NOTE = "note", _("Handwritten note")
    AUTOMATIC = "automatic", _("Automatically")


class ReminderStage(models.TextChoices):
    """The three reminders (THX-2)."""

    HALF = "12h", _("To the owner")
    LATE = "20h", _("To the owner and the program manager")
    OVERDUE = "24h", _("Overdue")
