"""What a match is, and what a page shows of one (MAT-1, MAT-2)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.db import connection

from advocacy.tenant_settings.reading import current
from advocates.models import Account, ActivityType, Advocate, Outcome
from advocates.program.first_step import FIRST_STEPS, first_steps
from advocates.program.ledger.capacity import GuardStatus
from requests.matching.criteria import Criteria
from requests.matching.exclusions import Reason, Sayings, guard_reasons
from requests.matching.facts import Facts, Question
from requests.matching.parts import Chip, Part, parts_of
from requests.matching.settings import Matching
from requests.matching.statement import named_sql
from requests.matching.tier_warnings import TierWarnings, tiers_held

_OUTCOMES = 2
#: What a row of the ranking shows of each kind.
_MOST_FITS, _MOST_MISFITS, _MOST_UNKNOWN = 5, 3, 2
_ORDER = {"block": 0, "warn": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well one advocate fits a request, and whether they may be asked."""

    advocate: Advocate
    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_good(self) -> bool:
        """Whether the fit is called good (MAT-1)."""
        return self.score >= current(Matching).good_fit

    @property
    def blocks(self) -> list[Reason]:
        """Why they must not be asked."""
        return [reason for reason in self.reasons if reason.strength == "block"]

    @property
    def warnings(self) -> list[Reason]:
        """What needs a written reason before they are asked (CAP-5)."""
        return [reason for reason in self.reasons if reason.strength == "warn"]

    @property
    def notes(self) -> list[Reason]:
        """What is only said."""
        return [reason for reason in self.reasons if reason.strength == "note"]

    @property
    def can_be_asked(self) -> bool:
        """Nothing blocks."""
        return not self.blocks


@dataclass(frozen=True, slots=True)
class Match(Verdict):
    """One advocate for one request, with everything a person needs to decide."""

    parts: tuple[Part, ...]
    guard: GuardStatus | None
    outcomes: tuple[Outcome, ...]
    #: What is offered first to who has done nothing yet, where this request is for more (CAP-4).
    first_steps: tuple[ActivityType, ...] = ()

    @property
    def first_step_codes(self) -> list[str]:
        """By their codes."""
        return [kind.code for kind in self.first_steps]

    @property
    def account(self) -> Account:
        """Where the advocate works."""
        return self.advocate.account

    @property
    def chips(self) -> list[Chip]:
        """All parts in words: what fits first."""
        order = {"fit": 0, "unfit": 1, "unknown": 2}
        chips = [chip for part in self.parts for chip in part.chips]
        return sorted(chips, key=lambda chip: order[chip.verdict])

    @property
    def short_chips(self) -> list[Chip]:
        """The chips a ranking has room for; what its other columns say is left out."""
        parts = [part for part in self.parts if part.criterion not in ("relationship", "rotation")]
        fits = [c for part in parts for c in part.chips if c.verdict == "fit"]
        others = [c for part in parts for c in part.chips if c.verdict == "unfit"]
        unknown = [c for part in parts for c in part.chips if c.verdict == "unknown"]
        return [*fits[:_MOST_FITS], *others[:_MOST_MISFITS], *unknown[:_MOST_UNKNOWN]]


@dataclass(frozen=True, slots=True)
class Look:
    """A closer look at one advocate: facts, score, and the reasons by their codes."""

    facts: Facts
    score: int
    blocks: list[str]
    warns: list[str]
    notes: list[str]


def look_at(question: Question, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Look]:
    """Everything but the guard's word on some advocates, in one statement."""
    if not ids:
        return {}
    parameters = question.parameters(ids=list(ids), **question.names(ids))
    with connection.cursor() as cursor:
        cursor.execute(named_sql(question.criteria), parameters)
        rows = cursor.fetchall()
    facts = len(Facts._fields)
    return {row[0]: Look(Facts._make(row[:facts]), *row[facts:]) for row in rows}


def read_advocates(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Advocate]:
    """Advocates with what their matches read of them."""
    return Advocate.objects.select_related("account__owner__user", "tenant").in_bulk(ids)


def verdicts_of(
    question: Question,
    looks: Mapping[uuid.UUID, Look],
    guard: Mapping[uuid.UUID, GuardStatus],
    advocates: Mapping[uuid.UUID, Advocate],
    by_tier: TierWarnings | None = None,
) -> list[Verdict]:
    """What was seen, in words and in the same order; a constant number of queries."""
    criteria = question.criteria
    by_tier = by_tier or TierWarnings(criteria, tiers_held(list(looks)))
    found = []
    for pk, look in looks.items():
        advocate = advocates[pk]
        say = Sayings(criteria, advocate, look.facts)
        reasons = [
            *(say.reason(code, "block") for code in look.blocks),
            *(say.reason(code, "warn") for code in look.warns),
            *(say.reason(code, "note") for code in look.notes),
            *guard_reasons(guard.get(pk), advocate.name),
        ]
        # A tier follows from what was done: where that is said already, its tier says it again.
        climbs = not any(reason.code == "ladder" for reason in reasons)
        reasons += [each for each in by_tier.reasons(pk) if climbs or each.code != "tier"]
        ordered = tuple(sorted(reasons, key=lambda reason: _ORDER[reason.strength]))
        found.append(Verdict(advocate, look.score, ordered))
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown beside the verdicts on some people, whatever they are asked for."""

    outcomes: Mapping[uuid.UUID, Sequence[Outcome]]
    steps: Mapping[uuid.UUID, Sequence[ActivityType]]

    @classmethod
    def read(cls, ids: Collection[uuid.UUID], *, with_steps: bool = True) -> Self:
        """The newest outcomes first, and the first steps of who has done nothing: at most four
        statements.
        """
        outcomes: dict[uuid.UUID, list[Outcome]] = defaultdict(list)
        for outcome in Outcome.objects.filter(advocate__in=ids).order_by("-created_at", "id"):
            outcomes[outcome.advocate_id].append(outcome)
        return cls(outcomes, first_steps(ids) if with_steps else {})

    def worth_telling(self, criteria: Criteria, advocate: uuid.UUID) -> tuple[Outcome, ...]:
        """Of the use cases asked for first, then the newest."""
        mine = self.outcomes.get(advocate, ())
        return tuple(sorted(mine, key=lambda row: row.use_case_id not in criteria.tags)[:_OUTCOMES])

    def first_steps(self, criteria: Criteria, advocate: uuid.UUID) -> tuple[ActivityType, ...]:
        """What is offered first, where this is for more."""
        return tuple(self.steps.get(advocate, ())) if takes_steps(criteria) else ()


def takes_steps(criteria: Criteria) -> bool:
    """Whether a request is for no first step itself; a review is asked of all alike (BEN-4)."""
    return not criteria.is_neutral and criteria.activity_type.code not in FIRST_STEPS


def matches_of(
    question: Question,
    looks: Mapping[uuid.UUID, Look],
    guard: Mapping[uuid.UUID, GuardStatus],
    advocates: Mapping[uuid.UUID, Advocate],
    *,
    beside: Beside | None = None,
    by_tier: TierWarnings | None = None,
) -> list[Match]:
    """The verdicts, with what a page shows beside them; for many requests that is read once."""
    if not looks:
        return []
    criteria = question.criteria
    beside = beside or Beside.read(list(looks), with_steps=takes_steps(criteria))
    verdicts = verdicts_of(question, looks, guard, advocates, by_tier)
    return [
        Match(
            advocate=verdict.advocate,
            score=verdict.score,
            reasons=verdict.reasons,
            parts=parts_of(question.criteria, verdict.advocate, looks[pk].facts),
            guard=guard.get(pk),
            outcomes=beside.worth_telling(criteria, pk),
            first_steps=beside.first_steps(criteria, pk),
        )
        for pk, verdict in zip(looks, verdicts, strict=True)
    ]
