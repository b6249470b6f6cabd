"""What a row of the catalogue starts with, and the words its approvals are written in."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from advocates.people.choices import Comfort, Importance
from advocates.program.catalogue.choices import Approval, Effort, Reach, Rewards, TierCredit
from advocates.program.catalogue.going import going_of

ADVOCATE, LEGAL, EMPLOYER = Approval.ADVOCATE, Approval.LEGAL, Approval.EMPLOYER
PR, PR_IF_NAMED = Approval.CUSTOMER_PR, Approval.CUSTOMER_PR_IF_NAMED
EMPLOYER_IF_POLICY = Approval.EMPLOYER_IF_POLICY


@dataclass(frozen=True, slots=True)
class TypeSeed:
    """One row of the catalogue. Where the specification gives minutes without an upper end
    ("120+", "varies", "ongoing"), ``minutes`` is a working figure the tenant can change.
    """

    code: str
    name: str | Promise
    description: str | Promise
    importance: Importance
    effort: Effort
    minutes: tuple[int, int]
    units: int
    tier_credit: TierCredit
    rewards: Rewards = Rewards.YES
    per_year: int | None = None
    per_detail_per_year: int | None = None
    at_once: int | None = None
    warn_gap_days: int | None = None
    is_reference: bool = False
    needs_comfort: tuple[Comfort, ...] = ()
    default_approvals: tuple[str, ...] = ()
    produces: str = ""
    gives_back: str | Promise = ""
    reach: Reach = Reach.GLOBAL

    def columns(self) -> dict[str, Any]:
        """The values of its row, in the language of the moment; the code and whether it is on
        are not among them.
        """
        return {
            "name": str(self.name),
            "description": str(self.description),
            "steps": going_of(self.code),
            "importance": self.importance,
            "effort": self.effort,
            "minutes_low": self.minutes[0],
            "minutes_high": self.minutes[1],
            "units": self.units,
            "tier_credit": self.tier_credit,
            "rewards": self.rewards,
            "per_year": self.per_year,
            "per_detail_per_year": self.per_detail_per_year,
            "at_once": self.at_once,
            "gap_days": None,
            "warn_gap_days": self.warn_gap_days,
            "is_reference": self.is_reference,
            "needs_comfort": list(self.needs_comfort),
            "default_approvals": list(self.default_approvals),
            "produces": self.produces,
            "gives_back": str(self.gives_back),
            "reach": self.reach,
        }
