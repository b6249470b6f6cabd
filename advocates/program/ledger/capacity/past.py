"""What the ledger and the policy held at a moment that is past: units, people and rules (SIM-1)."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from advocates.program.ledger.choices import Origin, ReleaseReason

# As text: compared for each unit at each ask.
_ASKED, _UNSENT = Origin.ASKED.value, ReleaseReason.UNSENT.value


@dataclass(frozen=True, slots=True)
class Rules:
    """The columns of the policy that the guard reads, by the policy's own names."""

    yearly_cap: int
    asks_per_year: int
    asks_per_90_days: int
    days_between_asks: int
    asked_per_year: int
    counts_free_types: bool
    cooling_days: int
    account_units_per_year: int
    account_open: int
    recovery_days: int
    recovery_low_days: int
    limits_mode: str
    frequency_mode: str
    recovery_mode: str
    variety_mode: str
    ladder_mode: str
    pacing_mode: str

    @classmethod
    def of(cls, policy: Any) -> "Rules":
        """A policy's, or whatever has its columns."""
        return cls(**{each.name: getattr(policy, each.name) for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a type says of itself; None is no limit."""

    per_year: int | None = None
    per_detail: int | None = None
    at_once: int | None = None
    gap_days: int | None = None
    warn_gap: int | None = None


@dataclass(slots=True)
class Unit:
    """One row of the ledger with the moments at which it changed.

    ``known_at`` is when it came into the ledger, for a fact the day it was written down;
    ``settled_at`` when it was no longer open: released, or its completion written down, which may
    be days after ``completed_at``. ``reserved`` is what it takes while open.
    """

    id: UUID
    advocate: UUID
    account: UUID
    kind: UUID
    origin: str
    units: int
    reserved: int
    effort: str
    is_reference: bool
    detail: str
    taken_at: datetime
    known_at: datetime
    settled_at: datetime | None = None
    completed_at: datetime | None = None
    voided_at: datetime | None = None
    release_reason: str = ""
    #: Why it was sent although a guardrail warned (CAP-5).
    override_reason: str = ""

    def is_open(self, at: datetime) -> bool:
        """Whether it was open then."""
        return self.settled_at is None or self.settled_at > at

    def is_completed(self, at: datetime) -> bool:
        """Whether it counted as done then."""
        return (
            self.completed_at is not None
            and not self.is_open(at)
            and (self.voided_at is None or self.voided_at > at)
        )

    def is_sent(self, at: datetime) -> bool:
        """Whether it was an ask then: what was taken back before it left was none (CAP-7)."""
        if self.origin != _ASKED:
            return False
        return self.release_reason != _UNSENT or self.is_open(at)


@dataclass(frozen=True, slots=True)
class Person:
    """What the guard knows of somebody beside the ledger."""

    allowance: int
    reference_gap: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The rules that were reached, in the guard's order: those that refuse, those that warn."""

    refuses: tuple[str, ...]
    warns: tuple[str, ...]

    @property
    def refused_by(self) -> str:
        """The rule that the guard names; "" where the ask goes through."""
        return self.refuses[0] if self.refuses else ""
