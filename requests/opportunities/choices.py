"""Stages of a deal (OPP-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Where a deal without a number in a CRM comes from: typed in with the request it is for.
TYPED = "typed"


class Stage(models.TextChoices):
    """A CRM's stage, mapped per tenant (OPP-1)."""

    OPEN = "open", _("Open")
    QUALIFIED = "qualified", _("Qualified")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")
