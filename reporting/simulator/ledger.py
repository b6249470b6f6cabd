"""The ledger as it grows, and who of a program has room in it (SIM-1.a)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocates.program.ledger.capacity.past import Judgement, Limits, Person, Rules, Unit
from advocates.program.ledger.capacity.rooms import units_of
from advocates.program.ledger.capacity.then import judge
from advocates.program.ledger.choices import Origin
from reporting.simulator.history import History
from reporting.simulator.rows import RequestRow

_NO_LIMITS = Limits()
#: Nobody knows of somebody who has no row to be counted in.
NO_ROW = "capacity_row"
#: Judgements of people for requests at most; 30 to 45 microseconds each: 2 seconds a replay.
MOST_JUDGED = 50_000


@dataclass(slots=True)
class Ledger:
    """The ledger as it grows: units by person and by account."""

    history: History
    rules: Rules
    #: Limits of types that are not today's.
    other: Mapping[UUID, Limits] = field(default_factory=dict)
    own: dict[UUID, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    company: dict[UUID, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    _years: dict[object, datetime] = field(default_factory=dict)

    def add(self, unit: Unit) -> None:
        """It came into the ledger."""
        self.own[unit.advocate].append(unit)
        self.company[unit.account].append(unit)

    def judge(self, take: Unit, at: datetime, person: Person | None = None) -> Judgement:
        """What the guard says to a take now; ``person`` is somebody whom the past does not know."""
        person = person or self.person(take.advocate)
        if person is None:
            return Judgement((NO_ROW,), ())
        return judge(
            take,
            at=at,
            since=self.since(at),
            rules=self.rules,
            limits=self.other.get(take.kind) or self.history.limits.get(take.kind, _NO_LIMITS),
            person=person,
            own=self.own.get(take.advocate, ()),
            company=self.company.get(take.account, ()),
        )

    def person(self, pk: UUID) -> Person | None:
        """What the guard reads of somebody, under the rules of this ledger."""
        known = self.history.people.get(pk)
        if known is None or known.allowance is None:
            return None
        return Person(known.allowed(self.rules, self.history.rules), known.reference_gap)

    def since(self, at: datetime) -> datetime:
        """The beginning of the year that ends then."""
        zone = self.history.frame.tenant.zone
        day = at.astimezone(zone).date()
        if day not in self._years:
            self._years[day] = clock.year_start(zone, at)
        return self._years[day]


@dataclass(slots=True)
class Crowd:
    """Who could be asked for a request: in the program by then, of the size, region and industry
    that it says, not against this type, and with room by the rules.
    """

    history: History
    ledger: Ledger
    _alike: dict[tuple[str, str, str], list[UUID]] = field(default_factory=dict)
    _asked: dict[UUID, set[UUID]] = field(default_factory=dict)

    def has_room(self, row: RequestRow, at: datetime) -> bool:
        """Whether one of them had, who was not asked for it."""
        if not self._asked:
            self._asked = self.history.asked_for()
        asked = self._asked.get(row.id, set())
        return any(
            pk not in asked
            and (pk, row.kind) not in self.history.unwilling
            and self._was_there(pk, at)
            and not self.ledger.judge(take_for(row, pk, at, self.history), at).refuses
            for pk in self.alike_to(row)
        )

    def _was_there(self, pk: UUID, at: datetime) -> bool:
        since = self.history.people[pk].enrolled_at
        return since is not None and since <= at

    def alike_to(self, row: RequestRow) -> list[UUID]:
        """Everybody in the program whose company is as it says."""
        key = row.segment, row.region, row.industry.casefold()
        if key not in self._alike:
            self._alike[key] = [
                pk
                for pk, person in self.history.people.items()
                if person.is_enrolled and fits(row, person)
            ]
        return self._alike[key]


def refuse_too_many(history: History) -> None:
    """Raises ``DomainError`` at ``days`` where requests that found nobody, times the people who fit
    each, are too many to be judged while somebody waits.
    """
    crowd = Crowd(history, Ledger(history, history.rules))
    unfilled = [row for row in history.requests.values() if row.found_nobody]
    if sum(len(crowd.alike_to(row)) for row in unfilled) > MOST_JUDGED:
        problem = ngettext(
            "%(n)d request found nobody, and so many people fit it that a page cannot look at them"
            " all. Choose a shorter time.",
            "%(n)d requests found nobody, and so many people fit them that a page cannot look at"
            " them all. Choose a shorter time.",
            len(unfilled),
        ) % {"n": len(unfilled)}
        raise DomainError(problem, fields={"days": problem})


def refuse_too_many_won(people: int, wanted: int) -> None:
    """Raises ``DomainError`` at ``days`` where judging new people for requests takes too long.

    Who was asked before is judged only where nobody fresh will do: each request either takes
    somebody fresh, or looks at all who were taken.
    """
    taken = min(people, wanted // 2)
    if taken * (wanted - taken) > MOST_JUDGED:
        problem = _(
            "So many more people for %(n)d requests are too much for a page. Choose a shorter time"
            " or fewer people."
        ) % {"n": wanted}
        raise DomainError(problem, fields={"days": problem})


class HasPlace(Protocol):
    """Where somebody works."""

    @property
    def segment(self) -> str:
        """The size of the company."""

    @property
    def region(self) -> str:
        """Where it sells."""

    @property
    def industry(self) -> str:
        """Its industry, as it was typed."""


def fits(row: RequestRow, place: HasPlace) -> bool:
    """Whether a person's company is of the size, region and industry of a request; what one of the
    two does not say is no difference.
    """
    pairs = (
        (row.segment, place.segment),
        (row.region, place.region),
        (row.industry.casefold(), place.industry.casefold()),
    )
    return all(not wanted or not has or wanted == has for wanted, has in pairs)


def take_for(row: RequestRow, who: UUID, at: datetime, history: History, **more: Any) -> Unit:
    """A unit that would be taken by asking somebody for a request."""
    kind = history.kinds[row.kind]
    units = units_of(kind)
    known = history.people.get(who)
    return Unit(
        id=who,
        advocate=who,
        account=known.account if known else who,
        kind=row.kind,
        origin=Origin.ASKED,
        units=kind.units,
        reserved=units,
        effort=kind.effort,
        is_reference=kind.is_reference,
        detail=row.detail,
        taken_at=at,
        known_at=at,
        **more,
    )
