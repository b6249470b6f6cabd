"""Who fits a request, who must not be asked and why: totals that add up (MAT-1 to MAT-3)."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from advocates.models import Account, AccountTag, Advocate, AdvocateTag, Outcome
from advocates.selectors.capacity import GuardStatus, guard_status
from advocates.states import TagKind
from requests.matching.criteria import FIT, Criteria, criteria_of
from requests.matching.exclusions import Gate, Reason, guard_reasons, label_of
from requests.matching.habits import Habits
from requests.matching.pool import Person, Pool, text
from requests.matching.score import Chip, Part, Scorer
from requests.models import Request

#: MAT-3: at most so many of one account among the first so many.
SPREAD, SPREAD_OVER = 2, 10
_OUTCOMES = 2
#: What a row of the ranking shows of each kind.
_MOST_FITS, _MOST_MISFITS, _MOST_UNKNOWN = 5, 3, 2
_EPOCH = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Match:
    """One advocate for one request, with everything a person needs to decide."""

    advocate: Advocate
    score: int
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    guard: GuardStatus | None
    outcomes: tuple[Outcome, ...]

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
class Totals:
    """``can_be_asked + must_not + poor_fit == enrolled``, always (MAT-2)."""

    can_be_asked: int
    must_not: int
    poor_fit: int
    enrolled: int


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The ranking and the account of everybody who is not in it."""

    ranked: list[Match]
    totals: Totals
    #: Blocking reason → how many fit but must not be asked for it first of all.
    excluded: dict[str, int] = field(default_factory=dict)

    @property
    def excluded_in_words(self) -> list[tuple[str, str, int]]:
        """(code, words, count), most first."""
        return [(code, label_of(code), n) for code, n in Counter(self.excluded).most_common()]


def match(request: Request, *, limit: int = 10, exclude: Collection[uuid.UUID] = ()) -> MatchResult:
    """Rank everybody who may be asked; ties go to the oldest ask, then to the lower id.

    A constant number of queries for any number of advocates. ``exclude`` leaves people out of
    the ranking, not out of the totals.
    """
    criteria = criteria_of(request)
    pool = Pool(criteria.tags, None)
    scorer, gate = Scorer(criteria, pool), Gate(criteria)
    excluded: Counter[str] = Counter()
    scores: dict[str, int] = {}
    open_to_ask: list[Person] = []
    poor = 0
    for person in pool.people:
        score = scorer.score(person)
        if score < FIT:
            poor += 1
        elif code := gate.is_blocked(person, pool.companies[person.account_id]):
            excluded[code] += 1
        else:
            scores[person.id] = score
            open_to_ask.append(person)
    guard = _guard(criteria, open_to_ask)
    fitting: list[Person] = []
    for person in open_to_ask:
        status = guard.get(person.id)
        if status is not None and status.reasons:
            excluded[status.reasons[0].code] += 1
        else:
            fitting.append(person)
    fitting.sort(key=lambda p: (-scores[p.id], p.last_asked_at or _EPOCH, p.id))
    unwanted = {str(pk) for pk in exclude}
    chosen = spread([p for p in fitting if p.id not in unwanted], limit)
    return MatchResult(
        ranked=_details(criteria, scorer, chosen, guard),
        totals=Totals(
            can_be_asked=len(fitting),
            must_not=excluded.total(),
            poor_fit=poor,
            enrolled=len(pool.people),
        ),
        excluded=dict(excluded),
    )


def why_not(request: Request, advocate: Advocate) -> Match:
    """Score and every reason for or against anybody, enrolled or not (MAT-2)."""
    return assess(request, [advocate.pk])[advocate.pk]


def assess(request: Request, advocates: Collection[uuid.UUID]) -> dict[uuid.UUID, Match]:
    """:func:`why_not` for several at once; before sending, and for a search."""
    criteria = criteria_of(request)
    pool = Pool(criteria.tags, advocates)
    scorer = Scorer(criteria, pool)
    guard = _guard(criteria, pool.people)
    return {found.advocate.pk: found for found in _details(criteria, scorer, pool.people, guard)}


def _guard(criteria: Criteria, people: Sequence[Person]) -> dict[str, GuardStatus]:
    if not people:
        return {}
    found = guard_status(
        activity_type=criteria.activity_type,
        advocate_ids=[uuid.UUID(person.id) for person in people],
    )
    return {str(pk): status for pk, status in found.items()}


def spread(people: Sequence[Person], limit: int) -> list[Person]:
    """The first ``limit``, with at most two of one account among the first ten (MAT-3)."""
    first: list[Person] = []
    later: list[Person] = []
    of_account: Counter[str] = Counter()
    for person in people:
        if len(first) == SPREAD_OVER and len(first) + len(later) >= limit:
            break
        if len(first) < SPREAD_OVER and of_account[person.account_id] < SPREAD:
            of_account[person.account_id] += 1
            first.append(person)
        else:
            later.append(person)
    # With too few accounts for ten the list stays short: filling it up would be the favourites.
    return ([*first, *later] if len(first) == SPREAD_OVER else first)[:limit]


def _details(
    criteria: Criteria,
    scorer: Scorer,
    people: Sequence[Person],
    guard: dict[str, GuardStatus],
) -> list[Match]:
    """Everything a page shows of a few people, in a constant number of queries."""
    ids = [uuid.UUID(person.id) for person in people]
    if not ids:
        return []
    advocates = Advocate.objects.select_related("account__owner__user", "tenant").in_bulk(ids)
    gate, habits = Gate(criteria, ids), Habits(criteria, ids)
    outcomes = _outcomes(criteria, ids)
    tagged = _tagged(people)
    found = []
    for pk, person in zip(ids, people, strict=True):
        company = scorer.pool.companies[person.account_id]
        reasons = [
            *gate.reasons(person, company),
            *guard_reasons(guard.get(person.id), advocates[pk].name),
            *habits.reasons(pk),
        ]
        order = {"block": 0, "warn": 1, "note": 2}
        found.append(
            Match(
                advocate=advocates[pk],
                score=scorer.score(person),
                parts=scorer.parts(person, has_tags=person.id in tagged),
                reasons=tuple(sorted(reasons, key=lambda reason: order[reason.strength])),
                guard=guard.get(person.id),
                outcomes=tuple(outcomes[pk][:_OUTCOMES]),
            )
        )
    return found


def _outcomes(criteria: Criteria, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Outcome]]:
    """Outcomes worth telling this prospect: of the use cases asked for first, then the newest."""
    found: dict[uuid.UUID, list[Outcome]] = defaultdict(list)
    rows = Outcome.objects.filter(advocate__in=list(ids)).order_by("-created_at", "id")
    for outcome in sorted(rows, key=lambda row: row.use_case_id not in criteria.tags):
        found[outcome.advocate_id].append(outcome)
    return found


def _tagged(people: Sequence[Person]) -> set[str]:
    """Of whom, or of whose company, any product or use case is known."""
    kinds = [TagKind.PRODUCT, TagKind.USE_CASE]
    of_people = set(
        AdvocateTag.objects.filter(
            advocate__in=[person.id for person in people], tag__kind__in=kinds
        ).values_list(text("advocate_id"), flat=True)
    )
    companies = set(
        AccountTag.objects.filter(
            account__in={person.account_id for person in people}, tag__kind__in=kinds
        ).values_list(text("account_id"), flat=True)
    )
    return {p.id for p in people if p.id in of_people or p.account_id in companies}
