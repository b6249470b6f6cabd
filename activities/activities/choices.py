"""States of an activity and its legal moves (ACT-1)."""

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


MOVES: dict[str, frozenset[str]] = {
    ActivityState.PLANNED: frozenset(
        {
            ActivityState.ACCEPTED,
            ActivityState.DECLINED,
            ActivityState.CANCELLED,
        }
    ),
    ActivityState.ACCEPTED: frozenset(
        {
            ActivityState.SCHEDULED,
            ActivityState.COMPLETED,
            ActivityState.CANCELLED,
            ActivityState.DECLINED,
        }
    ),
    ActivityState.SCHEDULED: frozenset(
        {
            ActivityState.SCHEDULED,
            ActivityState.COMPLETED,
            ActivityState.CANCELLED,
            ActivityState.NO_SHOW,
        }
    ),
    ActivityState.COMPLETED: frozenset({ActivityState.VOIDED}),
    ActivityState.DECLINED: frozenset(),
    ActivityState.CANCELLED: frozenset(),
    ActivityState.NO_SHOW: frozenset(),
    ActivityState.VOIDED: frozenset(),
}

OPEN = frozenset({ActivityState.PLANNED, ActivityState.ACCEPTED, ActivityState.SCHEDULED})


class NoShowBy(models.TextChoices):
    """Who did not come (ACT-4)."""

    PROSPECT = "prospect", _("The prospect")
    ADVOCATE = "advocate", _("The advocate")
