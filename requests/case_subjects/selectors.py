"""Whom to ask for the next case study, best first, and why (AST-4.a).

Three things make a subject: a company in an industry one aims at, a result with numbers, and
somebody who tells it well. Each brings a value from 0 to 1; the score is their weighted mean times
100. Nobody is proposed whose company has a case study, and nobody who is telling one now.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Avg, Count, Q

from activities.activities.choices import OPEN, ActivityState
from activities.activities.models import Activity
from activities.assets.choices import TESTIMONIALS, AssetKind
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import Lifecycle
from advocates.joining.numbers import Recruiting
from advocates.models import ActivityType, Advocate, Outcome
from advocates.people.choices import ENROLLED, Comfort
from requests.case_subjects.settings import Proposing
from requests.matching.criteria import folded
from requests.matching.everybody import standings

CODE = "case_study"
#: Who is comfortable in public, or was there, can tell a story.
_PUBLIC = frozenset({Comfort.RECORDED_VIDEO, Comfort.PUBLIC_STAGE})
#: Beyond these nobody looks; a page, not a list of everybody.
MOST = 50

# Value of a result: compared in numbers, measured, told.
_COMPARED, _MEASURED, _TOLD = 1.0, 0.6, 0.3
# Value of telling it well: how they speak, by the page of theirs and whoever heard them; what they
# told in public; a quote that passes its check.
_SPEAKS, _SPOKEN, _CHECKED = 0.6, 0.25, 0.15
#: Of an industry aimed at in which there is a case study already.
_ANOTHER = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of how somebody tells things: communication skill on their page (1 to 5; 0: not
    said), mean rating by those who heard them (1 to 5) and by how many, times told in public,
    quotes that pass their check.
    """

    skill: int = 0
    rating: float = 0.0
    ratings: int = 0
    public: int = 0
    checked: int = 0

    @property
    def value(self) -> float:
        """0 to 1."""
        said = [value for value in (self.skill, self.rating) if value]
        speaks = (sum(said) / len(said) - 1) / 4 * _SPEAKS if said else 0.0
        return speaks + (_SPOKEN if self.public else 0) + (_CHECKED if self.checked else 0)


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who could tell a case study. ``industry`` is None where none is aimed at."""

    advocate: Advocate
    industry: float | None
    #: Case studies of their industry that are published.
    there: int
    outcome: Outcome | None
    result: float
    told: Told
    may_be_asked: bool
    score: int


@dataclass(slots=True)
class Subjects:
    """The best first, those who can be asked now before the others; and who is left out."""

    found: list[Subject] = field(default_factory=list)
    #: What is aimed at, in the tenant's own spelling.
    industries: tuple[str, ...] = ()
    #: People of companies that have a case study, or are telling one.
    have_one: int = 0
    #: People of whom neither a result is known nor how they tell it.
    unknown: int = 0
    more: int = 0
    is_on: bool = True


def subjects() -> Subjects:
    """All of the tenant; a constant number of statements."""
    kind = ActivityType.objects.filter(code=CODE, is_on=True).first()
    if kind is None:
        return Subjects(is_on=False)
    aimed_at = current(Recruiting).profile_industries
    people = list(
        Advocate.objects.filter(status__in=sorted(ENROLLED))
        .exclude(account__lifecycle=Lifecycle.FORMER)
        .select_related("account")
    )
    busy, there = _companies_with_one(), _published_by_industry()
    free = {each.advocate for each in standings(kind) if not (each.blocked or each.refused)}
    outcomes, told = _best_outcomes(), _told()
    made, here = Subjects(industries=aimed_at), []
    for person in people:
        if person.account_id in busy:  # type: ignore[attr-defined]
            made.have_one += 1
            continue
        result, outcome = outcomes.get(person.pk, (0.0, None))
        tells = replace(told.get(person.pk, Told()), skill=person.communication_skill or 0)
        if outcome is None and not tells.value:
            made.unknown += 1
            continue
        trade = folded(person.account.industry)
        industry = _industry(trade, aimed_at, there)
        score = _score(industry, result, min(tells.value, 1.0))
        can = person.pk in free
        here.append(Subject(person, industry, there[trade], outcome, result, tells, can, score))
    here.sort(key=lambda each: (not each.may_be_asked, -each.score, each.advocate.name, each.score))
    made.found, made.more = here[:MOST], max(len(here) - MOST, 0)
    return made


def _score(industry: float | None, result: float, articulate: float) -> int:
    weights = current(Proposing)
    parts = [(weights.subject_result, result), (weights.subject_articulate, articulate)]
    if industry is not None:
        parts.append((weights.subject_industry, industry))
    whole = sum(weight for weight, _value in parts)
    return round(100 * sum(w * v for w, v in parts) / whole) if whole else 0


def _industry(trade: str, aimed_at: Iterable[str], there: Mapping[str, int]) -> float | None:
    wanted = {folded(name) for name in aimed_at}
    if not wanted:
        return None
    if not trade or trade not in wanted:
        return 0.0
    return _ANOTHER if there[trade] else 1.0


def _companies_with_one() -> set[uuid.UUID]:
    """Companies with a case study that is not retired, or with an activity that makes one."""
    pieces = Asset.objects.filter(kind=AssetKind.CASE_STUDY).exclude(state=AssetState.RETIRED)
    running = Activity.objects.filter(activity_type__code=CODE, state__in=sorted(OPEN))
    return {
        *pieces.order_by().values_list("advocate__account", flat=True),
        *running.order_by().values_list("advocate__account", flat=True),
    }


def _published_by_industry() -> Mapping[str, int]:
    rows = Asset.objects.filter(kind=AssetKind.CASE_STUDY, state=AssetState.PUBLISHED)
    found: dict[str, int] = defaultdict(int)
    for industry in rows.order_by().values_list("advocate__account__industry", flat=True):
        found[folded(industry)] += 1
    return found


def result_value(outcome: Outcome) -> float:
    """How much a result convinces: compared in numbers, measured, or told."""
    numbers = [bool(re.search(r"\d", text)) for text in (outcome.before, outcome.after)]
    if all(numbers):
        return _COMPARED
    told = f"{outcome.metric} {outcome.narrative}"
    return _MEASURED if any(numbers) or re.search(r"\d", told) else _TOLD


def _best_outcomes() -> dict[uuid.UUID, tuple[float, Outcome]]:
    """Of each person the one that convinces most; what may be quoted first."""
    found: dict[uuid.UUID, tuple[float, Outcome]] = {}
    rows = Outcome.objects.filter(advocate__status__in=sorted(ENROLLED))
    for outcome in rows.order_by("-may_be_quoted", "-created_at", "pk"):
        value = result_value(outcome)
        known = found.get(outcome.advocate_id)  # type: ignore[attr-defined]
        if known is None or value > known[0]:
            found[outcome.advocate_id] = (value, outcome)  # type: ignore[attr-defined]
    return found


def _told() -> dict[uuid.UUID, Told]:
    done = Activity.objects.filter(state=ActivityState.COMPLETED, is_outside=False)
    public = Q(activity_type__needs_comfort__overlap=sorted(_PUBLIC))
    spoken = {
        row["advocate"]: row
        for row in done.order_by()
        .values("advocate")
        .annotate(
            rating=Avg("requester_rating"),
            ratings=Count("requester_rating"),
            public=Count("pk", filter=public),
        )
    }
    good = dict(
        Asset.objects.filter(kind__in=sorted(TESTIMONIALS), is_good=True)
        .exclude(state=AssetState.RETIRED)
        .order_by()
        .values_list("advocate")
        .annotate(n=Count("pk"))
    )
    return {
        pk: Told(
            rating=float(spoken[pk]["rating"] or 0) if pk in spoken else 0.0,
            ratings=spoken[pk]["ratings"] if pk in spoken else 0,
            public=spoken[pk]["public"] if pk in spoken else 0,
            checked=good.get(pk, 0),
        )
        for pk in {*spoken, *good}
    }
