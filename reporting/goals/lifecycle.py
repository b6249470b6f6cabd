"""A goal is pursued or given up; it is kept, since others were measured by it (GOAL-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class GoalState(models.TextChoices):
    """Whether it is still to be reached."""

    PURSUED = "pursued", _("Pursued")
    GIVEN_UP = "given_up", _("Given up")


GOAL = Lifecycle(
    "goal",
    GoalState,
    Move(
        name="drop",
        verb="goal.dropped",
        words=_("dropped a goal"),
        source=("pursued",),
        to="given_up",
        may="goals.edit",
        label=_("Drop"),
        icon="x",
        done=_("Dropped. It stays in the list, and no number is measured by it."),
    ),
    Move(
        name="take_up",
        verb="goal.taken_up",
        words=_("took a goal up again"),
        source=("given_up",),
        to="pursued",
        may="goals.edit",
        label=_("Take up again"),
        icon="player-play",
        done=_("It holds again."),
    ),
)
