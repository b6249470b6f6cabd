"""A cost counts or was taken out; it is kept, so that taking it out can be undone (COST-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class CostState(models.TextChoices):
    """Whether it is part of any number."""

    COUNTED = "counted", _("Counts")
    REMOVED = "removed", _("Taken out")


COST = Lifecycle(
    "cost",
    CostState,
    Move(
        name="remove",
        verb="cost.removed",
        words=_("took a cost out"),
        source=("counted",),
        to="removed",
        may="costs.edit",
        label=_("Take out"),
        icon="trash",
        done=_("Taken out: it is in no number any more. Put it back if that was wrong."),
    ),
    Move(
        name="put_back",
        verb="cost.put_back",
        words=_("put a cost back"),
        source=("removed",),
        to="counted",
        may="costs.edit",
        label=_("Put back"),
        icon="arrow-back-up",
        done=_("It counts again."),
    ),
)
