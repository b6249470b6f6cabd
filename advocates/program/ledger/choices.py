"""States of a unit of the ledger, and what the guard may do (CAP-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """How a participation came about. Only asked ones take units and obey the guard (CAP-1)."""

    ASKED = "asked", _("Asked")
    VOLUNTEERED = "volunteered", _("Volunteered")
    OUTSIDE = "outside", _("Outside the program")
    IMPORTED = "imported", _("Imported history")


class UnitState(models.TextChoices):
    """Life of a participation in the ledger."""

    OPEN = "open", _("Open")
    COMPLETED = "completed", _("Completed")
    RELEASED = "released", _("Released")
    VOIDED = "voided", _("Voided")


class ReleaseReason(models.TextChoices):
    """Why an open participation gave its unit back (CAP-1)."""

    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered")
    LATER = "later", _("Another time")
    SOMEONE_ELSE = "someone_else", _("Somebody else")
    FILLED = "filled", _("Already filled")
    CANCELLED = "cancelled", _("Cancelled")
    UNSENT = "unsent", _("Taken back before it was sent")
    QUESTION = "question", _("A question on a link of its own")
    ADVOCATE_NO_SHOW = "advocate_no_show", _("Advocate did not come")


class GuardMode(models.TextChoices):
    """What a guardrail does when it is reached (CAP-5)."""

    BLOCK = "block", _("Block")
    WARN = "warn", _("Warn")
