"""Strength and score of one person in plain Python, as the specification says them.

The statement in ``advocates/scoring`` says the same of everybody at once; a property test compares
the two on random people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Facts:
    """What is known of one person on a day."""

    today: date
    health: int | None = None
    own_nps: tuple[int, date] | None = None
    account_nps: tuple[int, date] | None = None
    customer_since: date | None = None
    has_outcome: bool = False
    adoption: int | None = None
    industry: str = ""
    segment: str = ""
    region: str = ""
    communication: int | None = None
    presentation: int | None = None
    comforts: list[str] = field(default_factory=list)
    #: Kind, day, whether it was about an ask.
    touches: list[tuple[str, date, bool]] = field(default_factory=list)
    #: Hours until the answer (None: nobody answered) and whether it was a yes.
    answers: list[tuple[int | None, bool]] = field(default_factory=list)
    asked_on: list[date] = field(default_factory=list)
    unasked_on: list[date] = field(default_factory=list)


def share(weight: int, part: int, whole: int) -> int:
    """Rounded half up."""
    return (2 * weight * part + whole) // (2 * whole)


def score(facts: Facts, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Every column of ``AdvocateScore`` that is worked out."""
    n = numbers
    found = _strength(facts, n)
    parts = {
        "health": None
        if facts.health is None
        else share(n["score_health"], min(facts.health, n["health_full"]), n["health_full"]),
        "nps": _nps(facts, n),
        "tenure": _tenure(facts, n),
        "outcome": n["score_outcome"]
        if facts.has_outcome
        else None
        if facts.adoption is None
        else share(n["score_outcome"], facts.adoption, 200),
        "relationship": share(n["score_relationship"], found["strength"], 100),
        "responsiveness": _quickness(facts, n, n["score_responsiveness"]),
        "enthusiasm": share(n["score_enthusiasm"], min(len(_recent(facts)), 2), 2),
        "company": _company(facts, n),
        "voice": _voice(facts, n),
    }
    missing = {name for name, points in parts.items() if points is None} - {"responsiveness"}
    total = sum(points or 0 for points in parts.values())
    return {**found, **parts, "score": total, "incomplete": bool(missing)}


def _strength(facts: Facts, n: Mapping[str, Any]) -> dict[str, Any]:
    free = [(kind, day) for kind, day, about_ask in facts.touches if not about_ask]

    def within_year(kind: str) -> int:
        return sum(1 for each, day in free if each == kind and (facts.today - day).days < 365)

    yes = sum(1 for _hours, accepted in facts.answers if accepted)
    parts = {
        "check_ins": _up_to(n, "check_ins", within_year("check_in")),
        "response": _quickness(facts, n, n["strength_response"]),
        "acceptance": share(n["strength_acceptance"], yes, len(facts.answers))
        if facts.answers
        else None,
        "feedback": _up_to(n, "feedback", within_year("feedback")),
        "executive": _up_to(n, "executive", within_year("executive")),
    }
    last = max((day for kind, day in free if kind == "check_in"), default=None)
    asks = sum(1 for day in facts.asked_on if last is None or day > last)
    return {
        **parts,
        "strength": sum(points or 0 for points in parts.values()),
        "last_check_in": last,
        "asks_since": asks,
        "one_sided": asks >= n["one_sided_asks"],
    }


def _up_to(n: Mapping[str, Any], part: str, count: int) -> int:
    full = n[f"full_{part}"]
    return share(n[f"strength_{part}"], min(count, full), full)


def _quickness(facts: Facts, n: Mapping[str, Any], weight: int) -> int | None:
    if not facts.answers:
        return None
    slow = 24 * n["slow_days"]
    hours = [slow if each is None else min(each, slow) for each, _accepted in facts.answers]
    span = max(slow - 24 * n["quick_days"], 1)
    return share(weight, min(max(slow - sum(hours) // len(hours), 0), span), span)


def _nps(facts: Facts, n: Mapping[str, Any]) -> int | None:
    for answer in (facts.own_nps, facts.account_nps):
        if answer and answer[1] >= n["nps_since"]:
            if answer[0] >= n["nps_from"]:
                return int(n["score_nps"])
            return (n["score_nps"] + 1) // 2 if answer[0] >= n["nps_from"] - 2 else 0
    return None


def _tenure(facts: Facts, n: Mapping[str, Any]) -> int | None:
    since, today = facts.customer_since, facts.today
    if since is None:
        return None
    if n["tenure_months"] == 0:
        return int(n["score_tenure"])
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    return share(n["score_tenure"], min(max(months, 0), n["tenure_months"]), n["tenure_months"])


def _recent(facts: Facts) -> list[date]:
    return [day for day in facts.unasked_on if (facts.today - day).days < 365]


def _company(facts: Facts, n: Mapping[str, Any]) -> int | None:
    wanted = [
        (is_now, among)
        for is_now, among in (
            (facts.industry.lower(), n["industries"]),
            (facts.segment, n["sizes"]),
            (facts.region, n["regions"]),
        )
        if among
    ]
    if not any(is_now for is_now, _among in wanted):
        return None
    fitting = sum(1 for is_now, among in wanted if is_now in among)
    return share(n["score_company"], fitting, len(wanted))


def _voice(facts: Facts, n: Mapping[str, Any]) -> int | None:
    if facts.communication is None and facts.presentation is None and not facts.comforts:
        return None
    public = {"recorded_video", "public_stage"} & set(facts.comforts)
    points = 3 * (facts.communication or 0) + 3 * (facts.presentation or 0)
    return share(n["score_voice"], points + (10 if public else 0), 40)
