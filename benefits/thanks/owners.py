"""Who thanks an advocate, and who is told when nobody does (THX-1, THX-2)."""

from activities.activities.models import Activity
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.program.catalogue.choices import Effort
from advocates.responsibilities.selectors import first_of, own_role, person_for
from advocates.responsibilities.steps import Step
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.settings import MANAGER, Thanking


def can_thank(member: Membership | None) -> bool:
    """Whether a colleague is there and may thank advocates; nobody inactive ever is asked to."""
    return member is not None and member.user.is_active and member.can("thanks.send")


def program_manager_for(activity: Activity) -> Membership | None:
    """The program manager in charge: the activity's own, else the longest-serving one.

    An admin stands in where there is no program manager; ``None`` only with neither.
    """
    owner = activity.owner
    if owner is not None and can_thank(owner) and owner.role in (Role.PROGRAM_MANAGER, Role.ADMIN):
        return owner
    return first_of(Role.PROGRAM_MANAGER, Role.ADMIN)


def sponsor_of(advocate: Advocate) -> Membership | None:
    """The advocate's executive sponsor, if still there."""
    sponsor = advocate.executive_sponsor
    return sponsor if can_thank(sponsor) else None


def owner_of(kind: str, effort: str, activity: Activity) -> Membership | None:
    """Who owes a thank-you (THX-1).

    Whom the tenant chose for this type (RSP-1). Else by effort the account's CSM or the program
    manager, whichever the tenant says, else the other. An apology: as after low effort. An
    executive note: the advocate's sponsor, else an executive, else the program manager. Never
    nobody while there is a program manager or admin.
    """
    csm = activity.advocate.account.owner
    csm = csm if can_thank(csm) else None
    manager = program_manager_for(activity)
    if kind == ThankYouKind.EXECUTIVE:
        return sponsor_of(activity.advocate) or first_of(Role.EXECUTIVE) or manager or csm
    if role := own_role(activity.activity_type, Step.THANK):
        account, sponsor = activity.advocate.account, sponsor_of(activity.advocate)
        chosen = person_for(role, account=account, manager=manager, sponsor=sponsor)
        if can_thank(chosen):
            return chosen
    numbers = current(Thanking)
    owner = {
        Effort.LOW: numbers.low_effort_owner,
        Effort.MODERATE: numbers.moderate_effort_owner,
        Effort.HIGH: numbers.high_effort_owner,
    }[Effort.LOW if kind == ThankYouKind.APOLOGY else Effort(effort)]
    return manager or csm if owner == MANAGER else csm or manager
