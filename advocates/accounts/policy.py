"""What the policy of a company means for one kind of activity (ACC-1, MAT-2)."""

from advocates.models import ActivityType
from advocates.people.choices import Comfort
from advocates.program.catalogue.type_seed import EMPLOYER, EMPLOYER_IF_POLICY

#: Nobody does these without their company being seen.
_SEEN = frozenset({Comfort.LOGO, Comfort.RECORDED_VIDEO, Comfort.PUBLIC_STAGE})


def shows_company(kind: ActivityType) -> bool:
    """Whether the company's name or logo is in public with it, whatever is agreed."""
    return not _SEEN.isdisjoint(kind.needs_comfort)


def may_show_company(kind: ActivityType) -> bool:
    """Whether the company is in public with it unless it is left out: a quote can be anonymous."""
    return not shows_company(kind) and Comfort.WRITTEN_QUOTE in kind.needs_comfort


def needs_employer(kind: ActivityType) -> bool:
    """Whether the employer's approval is needed, whatever the company's policy."""
    return EMPLOYER in kind.default_approvals


def needs_employer_by_policy(kind: ActivityType) -> bool:
    """Whether it is needed where the company's policy says that speaking needs approval."""
    if needs_employer(kind):
        return False
    return (
        EMPLOYER_IF_POLICY in kind.default_approvals or Comfort.PUBLIC_STAGE in kind.needs_comfort
    )
