"""Saying who does what, who answers for the program, and with how much of their time (RSP-1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.access import require_change
from advocates.program.catalogue.models import ActivityType
from advocates.responsibilities.models import Program, ResponsibleRole, WorkingShare
from advocates.responsibilities.selectors import (
    RUNS,
    forget_accountable,
    forget_roles,
    general_roles,
    roles_of,
    share_of,
    there,
)
from advocates.responsibilities.steps import Step

MAY = "settings.rules"


@transaction.atomic
def set_roles(
    *, actor: Actor, activity_type: ActivityType | None, roles: Mapping[str, str]
) -> None:
    """Say which role a step is of, for one type or for all; an empty role means the usual one.

    Duties that exist stay with whom they were given. Raises ``DomainError`` with a sentence per
    step that is none of the type's or a role that is none.
    """
    require_change(actor, MAY)
    now = general_roles() if activity_type is None else roles_of(activity_type)
    before = {each.step: each.role if each.own else "" for each in now}
    problems = {step: _problem(step, role, before) for step, role in roles.items()}
    if found := {step: text for step, text in problems.items() if text}:
        raise DomainError(" ".join(found.values()), fields=found)
    changes = {step: role for step, role in roles.items() if role != before[Step(step)]}
    if not changes:
        return
    gone = [step for step, role in changes.items() if not role]
    ResponsibleRole.objects.filter(activity_type=activity_type, step__in=gone).delete()
    ResponsibleRole.objects.bulk_create(
        [
            ResponsibleRole(activity_type=activity_type, step=step, role=role)
            for step, role in changes.items()
            if role
        ],
        update_conflicts=True,
        unique_fields=["tenant", "activity_type", "step"],
        update_fields=["role"],
    )
    forget_roles()
    record(
        "responsibilities.changed",
        activity_type or the_program(),
        actor=actor,
        payload={
            "type": activity_type.code if activity_type else "",
            "changes": {step: [before[Step(step)], role] for step, role in changes.items()},
        },
    )


def _problem(step: str, role: str, known: Mapping[Step, str]) -> str:
    if step not in known:
        words = {"step": step, "known": ", ".join(known)}
        return _("“%(step)s” is no step here; these are: %(known)s.") % words
    if role and role not in Role.values:
        words = {"role": role, "known": ", ".join(Role.values)}
        return _("“%(role)s” is no role; choose one of: %(known)s.") % words
    return ""


@transaction.atomic
def update_program(*, actor: Actor, **values: Any) -> Program:
    """What the program is called (``name``) and who answers for it (``owner``, one who runs it).

    Raises ``DomainError`` at ``owner`` for somebody who has left or whose role runs no program.
    """
    require_change(actor, MAY)
    row = Program.objects.select_for_update().get(pk=the_program().pk)
    owner = values.get("owner")
    if owner is not None and (there(owner) is None or owner.role not in RUNS):
        problem = _("Choose a program manager or an administrator who works here.")
        raise DomainError(problem, fields={"owner": problem})
    changes = writes.save_changes(row, writes.clean(row, values))
    forget_accountable()
    if changes:
        payload = writes.change_payload(changes, text=("name",))
        record("program.updated", row, actor=actor, payload=payload)
    return row


@transaction.atomic
def set_share(*, actor: Actor, member: Membership, percent: int) -> None:
    """How much of a program manager's time the program has, 1 to 100 percent (CAP-6)."""
    require_change(actor, MAY)
    if member.role not in RUNS:
        problem = _("Only who runs the program has a share of time for it.")
        raise DomainError(problem, fields={"member": problem})
    checked = writes.clean(WorkingShare(member=member), {"percent": percent})
    before = share_of(member)
    if before == checked["percent"]:
        return
    WorkingShare.objects.bulk_create(
        [WorkingShare(member=member, **checked)],
        update_conflicts=True,
        unique_fields=["tenant", "member"],
        update_fields=["percent"],
    )
    record(
        "program.share_set",
        the_program(),
        actor=actor,
        payload={"member": str(member.pk), "percent": [before, checked["percent"]]},
    )


@transaction.atomic
def set_shares(*, actor: Actor, shares: Sequence[Mapping[str, Any]]) -> None:
    """Several at once, all or none. Raises as :func:`set_share` does, with the place in the list
    before the field, and for somebody who is named twice.
    """
    seen: set[Any] = set()
    for place, share in enumerate(shares):
        if share["member"].pk in seen:
            problem = _("%(name)s is named twice.") % {"name": share["member"].name}
            raise DomainError(problem, fields={f"shares.{place}.member": problem})
        seen.add(share["member"].pk)
        try:
            set_share(actor=actor, **share)
        except DomainError as error:
            error.fields = {f"shares.{place}.{name}": text for name, text in error.fields.items()}
            raise


def the_program() -> Program:
    """The one row, made where nobody said anything of the program yet."""
    row = Program.objects.first()
    if row is None:
        Program.objects.bulk_create([Program()], ignore_conflicts=True)
        row = Program.objects.get()
    return row
