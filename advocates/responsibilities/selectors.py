"""Reading who does what (RSP-1).

    person_for(role_for(kind, Step.PREPARE), account=advocate.account, manager=activity.owner)

says who prepares an advocate. Nothing is nobody's while there is a program manager or admin.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import kept_in_scope
from advocates.accounts.models import Account
from advocates.program.catalogue.models import ActivityType
from advocates.responsibilities.models import Program, ResponsibleRole, WorkingShare
from advocates.responsibilities.steps import SHORT_ROLE, Step, steps_of, usual_role

_KEPT = "responsible roles"
_ACCOUNTABLE = "accountable owner"
RUNS = (Role.PROGRAM_MANAGER, Role.ADMIN)
ALL_OF_IT = 100


@dataclass(frozen=True, slots=True)
class Responsible:
    """One cell of the matrix. ``own`` says that the tenant chose it, for this type or for all."""

    step: Step
    role: str
    usual: str
    own: bool

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)

    @property
    def short(self) -> str:
        """The role in a word, for a narrow column."""
        return str(SHORT_ROLE.get(self.role) or self.role_label)

    @property
    def usual_label(self) -> str:
        """What it is without a choice, in words."""
        return str(Role(self.usual).label)


def own_role(kind: ActivityType | None, step: str) -> str:
    """The role the tenant chose for a step, of this type else of every type; nothing: none."""
    chosen = _chosen()
    return (kind and chosen.get((kind.pk, step))) or chosen.get((None, step), "")


def role_for(kind: ActivityType, step: str) -> str:
    """The responsible role of a step of this type."""
    return own_role(kind, step) or usual_role(step, kind.code)


def roles_of(kind: ActivityType) -> list[Responsible]:
    """Every step of a type with its role; ``usual`` is what it is without a choice of its own."""
    chosen = _chosen()
    found = []
    for step in steps_of(kind):
        general = chosen.get((None, step)) or usual_role(step, kind.code)
        own = chosen.get((kind.pk, step), "")
        found.append(Responsible(step, own or general, general, bool(own)))
    return found


def general_roles() -> list[Responsible]:
    """Every step with the role that counts for each type without one of its own."""
    chosen = _chosen()
    return [
        Responsible(
            step, chosen.get((None, step)) or usual_role(step), usual_role(step),
            (None, step) in chosen,
        )
        for step in Step
    ]  # fmt: skip


def forget_roles() -> None:
    """Read them anew: they were changed in this scope."""
    kept_in_scope().pop(_KEPT, None)


def forget_accountable() -> None:
    """The same of who answers for the program."""
    kept_in_scope().pop(_ACCOUNTABLE, None)


def _chosen() -> Mapping[tuple[uuid.UUID | None, str], str]:
    kept = kept_in_scope()
    if _KEPT not in kept:
        rows = ResponsibleRole.objects.values_list("activity_type_id", "step", "role")
        kept[_KEPT] = {(kind, step): role for kind, step, role in rows}
    found: Mapping[tuple[uuid.UUID | None, str], str] = kept[_KEPT]
    return found


def there(member: Membership | None) -> Membership | None:
    """A colleague who still works here."""
    return member if member is not None and member.is_active and member.user.is_active else None


def first_of(*roles: str) -> Membership | None:
    """The longest-serving active colleague of the first role that has one."""
    for role in roles:
        found = (
            Membership.objects.filter(role=role, is_active=True, user__is_active=True)
            .select_related("user", "tenant")
            .order_by("created_at", "id")
            .first()
        )
        if found is not None:
            return found
    return None


def program() -> Program:
    """The tenant's program; unsaved where nothing was said of it yet."""
    return Program.objects.select_related("owner__user").first() or Program()


def accountable_owner() -> Membership | None:
    """Who answers for the program: whoever was named, else the longest-serving manager."""
    return there(program().owner) or first_of(*RUNS)


def is_accountable(member: Membership) -> bool:
    """Whether a member answers for the program; asked by many lists of one page, read once."""
    kept = kept_in_scope()
    if _ACCOUNTABLE not in kept:
        owner = accountable_owner()
        kept[_ACCOUNTABLE] = owner.pk if owner else None
    return bool(kept[_ACCOUNTABLE] == member.pk)


def person_for(
    role: str,
    *,
    account: Account | None = None,
    requester: Membership | None = None,
    manager: Membership | None = None,
    sponsor: Membership | None = None,
) -> Membership | None:
    """Who does what is a role's: the account's owner for customer success, who asked for sales,
    who runs it for the program, the sponsor for executives, else the role's longest-serving.

    Whoever is gone is skipped, and what is nobody's is the manager's.
    """
    own = {
        Role.CSM: account.owner if account is not None else None,
        Role.SALES: requester,
        Role.PROGRAM_MANAGER: manager,
        Role.EXECUTIVE: sponsor,
    }.get(Role(role))
    if found := there(own):
        return found
    if role not in (Role.CSM, Role.SALES, *RUNS) and (found := first_of(role)):
        return found
    return there(manager) or accountable_owner()


def program_managers() -> QuerySet[Membership]:
    """Everybody who runs the program, by name."""
    return (
        Membership.objects.filter(role=Role.PROGRAM_MANAGER, is_active=True, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "id")
    )


def share_of(member: Membership) -> int:
    """Percent of a program manager's working time that the program has (CAP-6)."""
    row = WorkingShare.objects.filter(member=member).first()
    return row.percent if row else ALL_OF_IT


def shares() -> list[tuple[Membership, int]]:
    """Every program manager with the share of their time."""
    kept = dict(WorkingShare.objects.values_list("member_id", "percent"))
    return [(member, kept.get(member.pk, ALL_OF_IT)) for member in program_managers()]
