"""The one compare-and-set through which an activity's state changes (ACT-1)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.choices import MOVES, ActivityState
from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenancy.errors import Conflict, DomainError

#: Each state as what can be done to an activity: "it can be …".
_DONE = {
    ActivityState.PLANNED: gettext_lazy("planned"),
    ActivityState.ACCEPTED: gettext_lazy("accepted"),
    ActivityState.SCHEDULED: gettext_lazy("scheduled"),
    ActivityState.COMPLETED: gettext_lazy("completed"),
    ActivityState.DECLINED: gettext_lazy("declined"),
    ActivityState.CANCELLED: gettext_lazy("cancelled"),
    ActivityState.NO_SHOW: gettext_lazy("marked as a no-show"),
    ActivityState.VOIDED: gettext_lazy("voided as recorded in error"),
}

#: Nobody ran an advocacy program on this before; also keeps dates within what zones can shift.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def words_for(state: str) -> str:
    """What a move into a state does to an activity, as in "it can be …"."""
    return str(_DONE[ActivityState(state)])


def allowed_in_words(state: str) -> str:
    """The legal moves out of a state, as a sentence."""
    moves = [words_for(move) for move in ActivityState.values if move in MOVES[state]]
    if not moves:
        return _("Nothing more can happen to it.")
    *first, last = moves
    listed = (
        _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    )
    return _("It can be %(moves)s.") % {"moves": listed}


def refuse_move(state: str, wanted: str) -> Conflict:
    """The refusal of an illegal move, which names the legal ones (ACT-1)."""
    return Conflict(
        _("This activity is %(state)s, so it cannot be %(wanted)s. %(allowed)s")
        % {
            "state": words_for(state),
            "wanted": words_for(wanted),
            "allowed": allowed_in_words(state),
        },
        code="illegal_move",
    )


def move(
    activity: Activity,
    to: str,
    changes: Mapping[str, Any],
    *,
    check: Callable[[Activity], None] | None = None,
) -> str:
    """Move an activity by compare-and-set and return the state it was in.

    ``changes`` are written in the same statement; ``check`` may refuse by what is stored now.
    Locks the activity's row until the transaction ends. ``activity`` is brought up to date.
    Raises :class:`Conflict` for an illegal move, and when somebody else moved it meanwhile.
    """
    activity.reload()
    before = activity.state
    if to not in MOVES[before]:
        raise refuse_move(before, to)
    if check is not None:
        check(activity)
    changed = Activity.objects.filter(pk=activity.pk, state=before).update(state=to, **changes)
    activity.reload()
    if not changed:
        raise refuse_move(activity.state, to)
    return before


def require_past(field: str, moment: datetime, *, not_before: datetime | None = None) -> None:
    """Refuse a moment that cannot be when something happened, with the reason at its field."""
    problem = ""
    # The year alone first: the ends of the calendar cannot be moved between time zones.
    if moment.year < EARLIEST.year:
        problem = _("Enter a date after the year 2000.")
    elif moment > clock.now():
        problem = _("This lies in the future; enter when it happened.")
    elif not_before is not None and moment < not_before:
        problem = _("This cannot have happened before it was agreed on %(day)s.") % {
            "day": date_format(not_before, "DATETIME_FORMAT")
        }
    if problem:
        raise DomainError(problem, code="invalid_time", fields={field: problem})


def require_facts(
    *, minutes: int | None, advocate_rating: int | None, requester_rating: int | None
) -> None:
    """Refuse minutes and ratings out of range, all at their fields at once (ACT-2, BAD-1)."""
    problems: dict[str, str] = {}
    if minutes is not None and not 1 <= minutes <= 10_000:
        problems["minutes"] = _("Enter between 1 and 10,000 minutes.")
    for field, rating in (
        ("advocate_rating", advocate_rating),
        ("requester_rating", requester_rating),
    ):
        if rating is not None and not 1 <= rating <= 5:
            problems[field] = _("Choose a rating from 1 to 5.")
    if problems:
        raise DomainError(" ".join(problems.values()), code="invalid", fields=problems)


def require_reason(reason: str, *, field: str = "reason") -> str:
    """A reason as it is kept; refuses an empty or endless one."""
    text = reason.strip()
    if not text:
        problem = _("Say why, in a few words.")
    elif len(text) > 300:
        problem = _("Keep the reason under 300 characters.")
    else:
        return text
    raise DomainError(problem, code="reason_required", fields={field: problem})
