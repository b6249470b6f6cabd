"""What a row of the catalogue starts with, and the words its approvals are written in."""

from dataclasses import dataclass

from django.utils.functional import Promise

from advocates.people.choices import Comfort, Importance
from advocates.program.catalogue.choices import Effort, Rewards, TierCredit

ADVOCATE, LEGAL, EMPLOYER, PR = "advocate", "legal", "employer", "customer_pr"
#: Asked for only under a condition: when the person is named, when the account's policy says so.
PR_IF_NAMED, EMPLOYER_IF_POLICY = "customer_pr_if_named", "employer_if_policy"


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
