"""What the guard would have said at a moment that is past, under these or other settings (SIM-1).

The trigger reads the ledger as it is now; here a unit says when it was taken, known, ended and
voided, so that the ledger as it stood at any moment can be judged, by rules that need not be
today's. Why in Python, and what proves it the same: docs/decisions/0056.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from advocates.program.ledger.capacity.past import Judgement, Limits, Person, Rules, Unit
from advocates.program.ledger.choices import GuardMode, Origin, ReleaseReason

_STEPS = {"low": 1, "moderate": 2, "high": 3}
# As text: compared for each unit at each ask.
_ASKED = Origin.ASKED.value
_MISSED = frozenset({ReleaseReason.DECLINED.value, ReleaseReason.EXPIRED.value})
#: Pacing looks back so far, whatever the calendar says (CAP-7).
_ASKS, _QUARTER = timedelta(days=366), timedelta(days=90)


@dataclass(slots=True)
class _Own:
    """What follows from a person's units, as they stood."""

    used: int = 0
    of_type: int = 0
    of_detail: int = 0
    type_open: int = 0
    type_last: datetime | None = None
    reference_last: datetime | None = None
    high_last: datetime | None = None
    done_ever: datetime | None = None
    asked_given: int = 0
    step: int = 0
    asks_year: int = 0
    asks_quarter: int = 0
    ask_last: datetime | None = None
    #: Of the asks that were sent: when, which, whether it was let pass, and when that was.
    last_two: tuple[tuple[Any, ...], ...] = ()
    last_ask: tuple[Any, ...] | None = None


def judge(
    take: Unit,
    *,
    at: datetime,
    since: datetime,
    rules: Rules,
    limits: Limits,
    person: Person,
    own: Iterable[Unit],
    company: Iterable[Unit],
) -> Judgement:
    """What the guard says to a take at a moment.

    ``own`` are the units of the person and ``company`` those of the account, without the take, that
    had come into the ledger by then; ``since`` is where the year of CAP-1 begins.
    """
    figures = _figures(take, at, since, rules, own)
    account_used, account_open = _company(company, at, since)
    reached = _own_rules(take, at, rules, limits, person, figures)
    reached["capacity_account"] = (
        take.reserved > 0 and account_used + take.reserved > rules.account_units_per_year
    ) or account_open >= rules.account_open
    refuses = ["capacity_yearly"] if reached.pop("capacity_yearly") else []
    warns: list[str] = []
    for code, mode in _MODES.items():
        if reached[code]:
            (refuses if getattr(rules, mode) == GuardMode.BLOCK else warns).append(code)
    if _within(figures.done_ever, limits.warn_gap, at):
        warns.append("type_warn_gap")
    return Judgement(tuple(refuses), tuple(warns))


#: Rule → its mode, in the order in which the trigger looks (CAP-5).
_MODES = {
    "capacity_type_year": "limits_mode",
    "capacity_type_detail": "limits_mode",
    "capacity_type_at_once": "limits_mode",
    "capacity_type_gap": "limits_mode",
    "capacity_reference_gap": "frequency_mode",
    "capacity_recovery": "recovery_mode",
    "variety": "variety_mode",
    "ladder": "ladder_mode",
    "capacity_pacing": "pacing_mode",
    "capacity_asked": "pacing_mode",
    "capacity_cooling": "pacing_mode",
    "capacity_account": "pacing_mode",
}


def _own_rules(
    take: Unit, at: datetime, rules: Rules, limits: Limits, person: Person, own: _Own
) -> dict[str, bool]:
    counts = take.reserved > 0 or rules.counts_free_types
    return {
        "capacity_yearly": take.reserved > 0 and own.used + take.reserved > person.allowance,
        "capacity_type_year": _reached(own.of_type, limits.per_year),
        "capacity_type_detail": _reached(own.of_detail, limits.per_detail),
        "capacity_type_at_once": _reached(own.type_open, limits.at_once),
        "capacity_type_gap": _within(own.type_last, limits.gap_days, at),
        "capacity_reference_gap": take.is_reference
        and _within(own.reference_last, person.reference_gap, at),
        "capacity_recovery": _within(own.high_last, rules.recovery_days, at)
        or (take.effort != "low" and _within(own.high_last, rules.recovery_low_days, at)),
        "variety": own.last_ask is not None and own.last_ask[2] == take.kind,
        "ladder": take.effort != "low" and own.step < (2 if take.effort == "high" else 1),
        "capacity_pacing": own.asks_year >= rules.asks_per_year
        or own.asks_quarter >= rules.asks_per_90_days
        or _within(own.ask_last, rules.days_between_asks, at),
        "capacity_asked": counts and own.asked_given >= rules.asked_per_year,
        "capacity_cooling": len(own.last_two) == 2
        and all(missed for _when, _id, missed, _ended in own.last_two)
        and _within(max(each[3] for each in own.last_two), rules.cooling_days, at),
    }


def _reached(count: int, most: int | None) -> bool:
    return most is not None and count >= most


def _within(last: datetime | None, days: int | None, at: datetime) -> bool:
    """Whether something was less than so many days ago; none at all is no rule."""
    return bool(days) and last is not None and last > at - timedelta(days=days or 0)


def _later(first: datetime | None, second: datetime) -> datetime:
    return second if first is None or second > first else first


def _figures(
    take: Unit, at: datetime, since: datetime, rules: Rules, units: Iterable[Unit]
) -> _Own:
    own = _Own()
    detail = take.detail.lower()
    closed: list[tuple[Any, ...]] = []
    for unit in units:
        is_open = unit.settled_at is None or unit.settled_at > at
        done = not is_open and unit.is_completed(at)
        if unit.origin == _ASKED and unit.is_sent(at):
            _ask(own, unit, at, since)
            if not is_open:
                missed = unit.release_reason in _MISSED
                closed.append((unit.taken_at, unit.id, missed, unit.settled_at))
        if done and unit.completed_at is not None:
            own.step = max(own.step, _STEPS[unit.effort])
            if unit.kind == take.kind:
                own.done_ever = _later(own.done_ever, unit.completed_at)
            if unit.completed_at < since:
                continue
        elif not is_open:
            continue
        _count(own, unit, take, detail, rules, is_open)
    own.last_two = tuple(sorted(closed, key=lambda each: each[:2])[-2:])
    return own


def _ask(own: _Own, unit: Unit, at: datetime, since: datetime) -> None:
    """An ask that was sent, whatever came of it (CAP-7)."""
    taken = unit.taken_at
    if own.last_ask is None or (taken, unit.id) > own.last_ask[:2]:
        own.last_ask = (taken, unit.id, unit.kind)
    if taken > at - _ASKS:
        own.ask_last = _later(own.ask_last, taken)
        own.asks_year += taken >= since
        own.asks_quarter += taken > at - _QUARTER


def _count(own: _Own, unit: Unit, take: Unit, detail: str, rules: Rules, is_open: bool) -> None:
    """A unit that is open, or was completed in the year (CAP-1 to CAP-3)."""
    taken = unit.reserved if is_open else unit.units
    done = None if is_open else unit.completed_at
    last = done or unit.taken_at
    own.used += taken
    own.asked_given += unit.origin == _ASKED and (taken > 0 or rules.counts_free_types)
    if unit.kind == take.kind:
        own.of_type += 1
        own.of_detail += unit.detail.lower() == detail
        own.type_open += is_open
        own.type_last = _later(own.type_last, last)
    if unit.is_reference:
        own.reference_last = _later(own.reference_last, last)
    if done is not None and unit.effort == "high":
        own.high_last = _later(own.high_last, done)


def _company(units: Iterable[Unit], at: datetime, since: datetime) -> tuple[int, int]:
    """Units of the year, and how many are open, over all people of the account (CAP-7.d)."""
    used = running = 0
    for unit in units:
        if unit.settled_at is None or unit.settled_at > at:
            used, running = used + unit.reserved, running + 1
        elif unit.is_completed(at) and unit.completed_at is not None and unit.completed_at >= since:
            used += unit.units
    return used, running
