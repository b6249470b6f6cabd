"""Where points come from and go to (BEN-7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """What a row of the ledger follows from."""

    ACTIVITY = "activity", _("An activity")
    BADGE = "badge", _("A badge")
    HAND = "hand", _("Given by hand")
    REDEMPTION = "redemption", _("The reward shop")


class BoardBy(models.TextChoices):
    """Who stands on a board together."""

    PROGRAM = "program", _("The whole program")
    SEGMENT = "segment", _("People of one segment")
    REGION = "region", _("People of one region")
    TIER = "tier", _("People of one tier")


#: Milestones: each pays once for its source. One that is won again has its number behind it.
COMPLETED, WON, GIVEN, REDEEMED, REVERSED = "completed", "won", "given", "redeemed", "reversed"
