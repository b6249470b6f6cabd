"""Who may be asked for what at one go, as bare numbers (MAT-4)."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """A request: so many places are open, each takes so many units of its advocate's company.

    ``rank`` is its priority, 0 first; ``days`` are left until it is needed, which decides among
    those of one rank where not all can be filled.
    """

    places: int
    rank: int
    days: int
    units: int


@dataclass(frozen=True, slots=True)
class Pair:
    """That somebody may be asked for a request (its place in the needs), with the fit."""

    need: int
    person: uuid.UUID
    account: uuid.UUID
    fit: int


@dataclass(frozen=True, slots=True)
class Room:
    """What a company may be asked for on top: so many asks, and so many units."""

    asks: int
    units: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that decides. A company without a room has no limit that could bind."""

    needs: Sequence[Need]
    pairs: Sequence[Pair]
    rooms: Mapping[uuid.UUID, Room]


def worth(problem: Problem, chosen: Iterable[Pair]) -> tuple[int, ...]:
    """What an allocation is worth, the greater the better: places filled of each rank, the most
    urgent first; then how soon the filled are needed; then the sum of all fits.
    """
    pairs = list(chosen)
    filled = Counter(problem.needs[pair.need].rank for pair in pairs)
    return (
        *(filled[rank] for rank in ranks(problem)),
        -sum(problem.needs[pair.need].days for pair in pairs),
        sum(pair.fit for pair in pairs),
    )


def ranks(problem: Problem) -> list[int]:
    """The ranks there are, the most urgent first."""
    return sorted({need.rank for need in problem.needs})


class Taking:
    """Takes pairs one by one as long as no rule is broken: places, one ask a person, companies."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._places = Counter({n: need.places for n, need in enumerate(problem.needs)})
        self._people: set[uuid.UUID] = set()
        self._asks: Counter[uuid.UUID] = Counter()
        self._units: Counter[uuid.UUID] = Counter()
        self.taken: list[Pair] = []

    def may(self, pair: Pair) -> bool:
        """Whether this pair fits in beside those that are taken."""
        room, units = self._problem.rooms.get(pair.account), self._problem.needs[pair.need].units
        return (
            self._places[pair.need] > 0
            and pair.person not in self._people
            and (
                room is None
                or (
                    self._asks[pair.account] < room.asks
                    and (not units or self._units[pair.account] + units <= room.units)
                )
            )
        )

    def take(self, pair: Pair) -> None:
        """Take it; ask :meth:`may` before."""
        self._places[pair.need] -= 1
        self._people.add(pair.person)
        self._asks[pair.account] += 1
        self._units[pair.account] += self._problem.needs[pair.need].units
        self.taken.append(pair)


def first_come(problem: Problem, order: Sequence[int]) -> list[Pair]:
    """What comes out if each request in turn takes the best who are left, by the same rules."""
    by_need: dict[int, list[Pair]] = {}
    for pair in problem.pairs:
        by_need.setdefault(pair.need, []).append(pair)
    taking = Taking(problem)
    for need in order:
        # Sorting keeps the ranking's order where fits are equal.
        for pair in sorted(by_need.get(need, []), key=lambda pair: -pair.fit):
            if taking.may(pair):
                taking.take(pair)
    return taking.taken
