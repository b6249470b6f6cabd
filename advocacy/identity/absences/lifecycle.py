"""Life of an absence: planned → called off; that it began or is over its days say (ID-1.c)."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from advocacy.tenancy.absences import AbsenceState

ABSENCE = Lifecycle(
    "absence",
    AbsenceState,
    Move(
        name="call_off",
        verb="absence.called_off",
        words=_("called an absence off, or came back early"),
        source=("standing",),
        to="called_off",
        may="absences.edit",
        label=_("Back, or called off"),
        icon="calendar-off",
        confirm=_("Everything is with its owner again from now on."),
        done=_("Everything is with its owner again."),
        many=False,
    ),
)
