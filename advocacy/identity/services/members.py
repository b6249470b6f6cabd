"""Roles of members, and the end of a membership (ID-1).

Changes that could leave a tenant without an active admin lock all its active admins first, in
the order of their ids, so that two of them cannot step down at the same moment.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.services.permission import require
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role


def _lock_admins() -> list[Membership]:
    return list(
        Membership.objects.select_for_update()
        .filter(role=Role.ADMIN, is_active=True)
        .order_by("pk")
    )


def _refuse_last_admin(member: Membership, admins: list[Membership]) -> None:
    if [admin.pk for admin in admins] == [member.pk]:
        raise DomainError(
            _(
                "%(name)s is the only active admin. Make somebody else an admin first, "
                "so that the company is not locked out."
            )
            % {"name": member.name},
            code="last_admin",
        )


@transaction.atomic
def change_role(*, actor: Actor, member: Membership, role: str) -> Membership:
    """Give a member another role; it counts from their next request on (ID-1).

    Locks the tenant's active admins. Raises :class:`DomainError` for the last active admin,
    :class:`Conflict` when the role changed meanwhile.
    """
    require(actor, "settings.people")
    if role not in Role.values:
        raise DomainError(
            _("Choose one of the roles."), fields={"role": _("Choose one of the roles.")}
        )
    before = member.role
    if role == before:
        return member
    if before == Role.ADMIN:
        _refuse_last_admin(member, _lock_admins())
    if not Membership.objects.filter(pk=member.pk, role=before).update(role=role):
        raise Conflict(_("The role was changed meanwhile. Look again."))
    member.reload()
    record("membership.role_changed", member, actor=actor, payload={"from": before, "to": role})
    return member


@transaction.atomic
def deactivate_member(*, actor: Actor, member: Membership) -> Membership:
    """End a membership: from the next request on the tenant does not exist for this person.

    Nothing they did is lost. Locks the tenant's active admins. Raises :class:`DomainError` for
    the last active admin, :class:`Conflict` when it is inactive already.
    """
    require(actor, "settings.people")
    # Whatever role the caller saw: it may have become admin meanwhile.
    _refuse_last_admin(member, _lock_admins())
    changed = Membership.objects.filter(pk=member.pk, is_active=True).update(
        is_active=False, deactivated_at=clock.now()
    )
    if not changed:
        raise Conflict(_("%(name)s is deactivated already.") % {"name": member.name})
    member.reload()
    record("membership.deactivated", member, actor=actor)
    return member


@transaction.atomic
def reactivate_member(*, actor: Actor, member: Membership) -> Membership:
    """Let somebody back in, in the role they had.

    Raises :class:`Conflict` when the membership is active.
    """
    require(actor, "settings.people")
    changed = Membership.objects.filter(pk=member.pk, is_active=False).update(
        is_active=True, deactivated_at=None
    )
    if not changed:
        raise Conflict(_("%(name)s is active already.") % {"name": member.name})
    member.reload()
    record("membership.reactivated", member, actor=actor)
    return member
