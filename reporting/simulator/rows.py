"""What is known of the people, asks, requests and deals of a past (SIM-1.a)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from advocates.models import ActivityType
from advocates.program.ledger.capacity.past import Limits, Rules, Unit
from advocates.program.ledger.choices import Origin, ReleaseReason
from requests.asks.choices import AskState
from requests.requests.choices import RequestState

#: Nobody has it now, also where somebody said yes once: that moment stays when they are lost.
_WITHOUT = frozenset(
    {
        RequestState.SUBMITTED,
        RequestState.IN_REVIEW,
        RequestState.NEEDS_INFO,
        RequestState.OUTREACH,
        RequestState.DECLINED,
        RequestState.UNFILLED,
    }
)
_ANSWERED = frozenset(
    {
        AskState.ACCEPTED,
        AskState.DECLINED,
        AskState.LATER,
        AskState.SOMEONE_ELSE,
        AskState.EXPIRED,
    }
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in the past: what the guard knows of them now, and where they work."""

    account: UUID
    allowance: int | None
    own_cap: int | None
    reference_gap: int
    segment: str
    region: str
    industry: str
    enrolled_at: datetime | None
    is_enrolled: bool

    def allowed(self, rules: Rules, today: Rules) -> int:
        """A year's units under a cap: theirs now where it is today's, else the lower of the two."""
        if self.allowance is not None and rules.yearly_cap == today.yearly_cap:
            return self.allowance
        cap = rules.yearly_cap
        return cap if self.own_cap is None else min(cap, self.own_cap)


@dataclass(frozen=True, slots=True)
class AskRow:
    """What is known of an ask beside its unit."""

    id: UUID
    request: UUID
    state: str
    is_sent: bool
    answered_at: datetime | None

    @property
    def said_yes(self) -> bool:
        """Whether the advocate accepted, also where it was called off later."""
        called_off = self.state == AskState.CANCELLED and self.answered_at is not None
        return self.state == AskState.ACCEPTED or called_off

    @property
    def is_answered(self) -> bool:
        """Whether it was answered, or let pass."""
        return self.said_yes or self.state in _ANSWERED


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request that was submitted: what it asked for, and whether it was filled."""

    id: UUID
    number: int
    kind: UUID
    detail: str
    segment: str
    region: str
    industry: str
    needed: int
    submitted_at: datetime
    confirmed_at: datetime | None
    confirm_due_at: datetime | None
    state: str
    deal: UUID | None

    @property
    def is_filled(self) -> bool:
        """Whether as many as were needed said yes, and were not lost again."""
        return self.confirmed_at is not None and self.state not in _WITHOUT

    @property
    def is_late(self) -> bool:
        """Whether that took longer than was promised."""
        due, at = self.confirm_due_at, self.confirmed_at
        return self.is_filled and due is not None and at is not None and at > due

    @property
    def found_nobody(self) -> bool:
        """Whether it ended without."""
        return self.state == RequestState.UNFILLED

    @property
    def by_content(self) -> bool:
        """Whether a piece of content answered it, so that nobody had to be found (REQ-4.c)."""
        return self.confirmed_at is None and self.state == RequestState.CLOSED


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal behind a request: its stage, and its amount in the base currency where known."""

    id: UUID
    stage: str
    amount: Decimal | None


def is_take(unit: Unit) -> bool:
    """Whether the guard judged it: facts, offers and questions pass (CAP-1, CAP-8)."""
    return unit.origin == Origin.ASKED and unit.release_reason != ReleaseReason.QUESTION


def limits_of(kind: ActivityType, **other: int) -> Limits:
    """What a type says of itself today, or ``other`` in some columns."""
    columns = ("per_year", "per_detail_per_year", "at_once", "gap_days", "warn_gap_days")
    return Limits(*(other.get(name, getattr(kind, name)) for name in columns))
