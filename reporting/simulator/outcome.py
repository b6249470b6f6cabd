"""What the past would have been, beside what it was: the figures of a scenario (SIM-1.a)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from reporting.simulator.history import History
from reporting.simulator.recruiting import Price
from reporting.simulator.replay import Verdict
from reporting.simulator.scenario import Scenario

#: Of fewer asks it is not said what other settings would have done, only counted.
ENOUGH = 20
STAGES = ("won", "lost", "open")


@dataclass(frozen=True, slots=True)
class Deals:
    """The deals behind some asks, each once: how many, what they are worth, and of how many no
    amount is known in the base currency.
    """

    count: int
    amount: Decimal
    unknown: int


@dataclass(frozen=True, slots=True)
class Load:
    """Units that people of the program were asked for in the period and gave or still owe: of all,
    typically, and of one in the tenth who give most. ``people`` are those who were asked.
    """

    people: int
    units: int
    typical: float
    busiest: float


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """A size of company: asks, of these refused, and units, now and then."""

    segment: str
    asks: int
    refused: int
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Fill:
    """Requests that came to an end in the period, and how many of them were filled; those that
    content answered are not in it.
    """

    all: int
    filled: int

    @property
    def rate(self) -> float | None:
        """Nothing where there was none."""
        return self.filled / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Helped:
    """What more people could have taken: of requests that found nobody, of those that the scenario
    loses, and of those that waited longer than was promised.
    """

    unfilled: tuple[UUID, ...] = ()
    lost: tuple[UUID, ...] = ()
    late: tuple[UUID, ...] = ()
    #: Asks that each of them got; the first are those who got most.
    load: tuple[int, ...] = ()

    @property
    def gained(self) -> int:
        """Requests that nobody took, or nobody would have."""
        return len(self.unfilled) + len(self.lost)


@dataclass(slots=True)
class Outcome:
    """A scenario beside what happened."""

    scenario: Scenario
    history: History
    verdicts: list[Verdict]
    #: Asks that today's settings would refuse, and why they went out: a code of ``changes``.
    unexplained: dict[UUID, str]
    fill: Fill
    then: Fill
    lost: tuple[UUID, ...]
    newly_free: tuple[UUID, ...]
    by_content: tuple[UUID, ...]
    stand_ins: int
    load: Load
    load_then: Load
    segments: list[SegmentLine]
    helped: Helped
    price: Price | None
    #: Answers of the period: how many asks were answered or let pass, and how many of them a yes.
    answered: int = 0
    yes: int = 0
    rules: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> list[Verdict]:
        """Asks that the scenario refuses."""
        return [each for each in self.verdicts if each.refused_by]

    @property
    def refused_anew(self) -> list[Verdict]:
        """Those that today's settings let through."""
        return [each for each in self.refused if each.unit.id not in self.unexplained]

    @property
    def warned(self) -> list[Verdict]:
        """Those that would have taken a written reason and had none."""
        return [each for each in self.verdicts if each.needs_reason and not each.had_reason]

    @property
    def with_reason(self) -> list[Verdict]:
        """Those that pass a warning with the reason that was written."""
        return [each for each in self.verdicts if each.needs_reason and each.had_reason]

    @property
    def causes(self) -> Counter[str]:
        """How many asks went out for each reason that is not today's settings."""
        return Counter(self.unexplained.values())

    @property
    def too_little(self) -> bool:
        """Whether there are too few asks to say anything by."""
        return len(self.verdicts) < ENOUGH

    @property
    def chance(self) -> float | None:
        """How many of those who are asked say yes; None where too few were asked to tell."""
        return self.yes / self.answered if self.answered >= ENOUGH else None

    @property
    def projected(self) -> Fill:
        """Requests that would have been filled, with what new people take: as many of these as
        usually say yes, all of them where that is not known.
        """
        gained = round(self.helped.gained * (1.0 if self.chance is None else self.chance))
        return Fill(self.then.all, self.then.filled + gained)

    def deals_of(self, verdicts: Iterable[Verdict], stage: str) -> Deals:
        """The deals of some asks that stand at a stage; qualified ones are open."""
        found = {}
        for each in verdicts:
            request = self.history.request_of(each.unit)
            deal = self.history.deals.get(request.deal) if request and request.deal else None
            if deal is not None and ("open" if deal.stage == "qualified" else deal.stage) == stage:
                found[deal.id] = deal.amount
        amounts = list(found.values())
        known = [amount for amount in amounts if amount is not None]
        return Deals(len(amounts), sum(known, Decimal(0)), len(amounts) - len(known))

    def asks_of(self, verdicts: Iterable[Verdict], stage: str) -> int:
        """How many of some asks were for deals that stand at a stage."""
        return sum(bool(self.deals_of([each], stage).count) for each in verdicts)
