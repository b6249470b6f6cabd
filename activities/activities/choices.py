"""States of an activity; the moves between them are in ``lifecycle`` (ACT-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    """Life of an activity; ``voided`` is a completion recorded in error (TIER-7)."""

    PLANNED = "planned", _("Planned")
    ACCEPTED = "accepted", _("Accepted")
    SCHEDULED = "scheduled", _("Scheduled")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    NO_SHOW = "no_show", _("No-show")
    VOIDED = "voided", _("Voided")


OPEN = frozenset({ActivityState.PLANNED, ActivityState.ACCEPTED, ActivityState.SCHEDULED})


class NoShowBy(models.TextChoices):
    """Who did not come (ACT-4)."""

    PROSPECT = "prospect", _("The prospect")
    ADVOCATE = "advocate", _("The advocate")
