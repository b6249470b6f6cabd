"""The tenant and the colleagues who run its program, made by the services like anybody's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from advocacy import clock
from advocacy.identity.services.calendar import update_calendar
from advocacy.identity.services.invitations import (
    accept_invitation,
    invite_member,
    register_and_accept,
)
from advocacy.identity.services.tenants import create_tenant
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, User
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from demo import world
from demo.program import mature
from demo.timeline import at

#: How long ago the program began.
BEGAN_DAYS = 640


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works for the tenant, by role; the first of each is the one to sign in as."""

    by_role: dict[str, list[Membership]]

    def of(self, role: Role) -> list[Membership]:
        """Everybody of a role."""
        return self.by_role[role]

    @property
    def first(self) -> list[Membership]:
        """One of each role."""
        return [members[0] for members in self.by_role.values()]


def _wanted(people: int) -> Iterator[tuple[Role, int]]:
    """How many colleagues a program of so many people has."""
    yield Role.ADMIN, 1
    yield Role.PROGRAM_MANAGER, min(1 + people // 5000, 16)
    yield Role.SALES, min(2 + people // 5000, 16)
    yield Role.CSM, min(2 + people // 2500, 30)
    yield Role.MARKETING, 1
    yield Role.EXECUTIVE, 2
    yield Role.APPROVER, 1


def hire(*, slug: str, name: str, people: int) -> Staff:
    """Make the tenant with its program and its colleagues, in the past.

    Somebody who has an account already, from a tenant of the same address before, keeps it.
    """
    roles = [role for role, count in _wanted(people) for _one in range(count)]
    cast = [_colleague(slug, number) for number in range(len(roles))]
    began = clock.now() - timedelta(days=BEGAN_DAYS)
    with at(began):
        chief = create_tenant(
            name=name,
            slug=slug,
            admin_email=cast[0].email,
            admin_name=cast[0].name,
            password=world.PASSWORD,
        )
    by_role: dict[str, list[Membership]] = {Role.ADMIN: [chief]}
    with tenant_scope(chief.tenant_id), at(began + timedelta(days=1)):
        update_calendar(
            actor=Actor.member(chief),
            time_zone="Europe/Berlin",
            currency="EUR",
            language="en",
        )
        mature(Actor.member(chief))
        for colleague, role in zip(cast[1:], roles[1:], strict=True):
            invitation = invite_member(actor=Actor.member(chief), email=colleague.email, role=role)
            user = User.objects.filter(email=colleague.email).first()
            member = (
                accept_invitation(invitation=invitation, user=user)
                if user is not None
                else register_and_accept(
                    invitation=invitation, name=colleague.name, password=world.PASSWORD
                )
            )
            by_role.setdefault(role, []).append(member)
    return Staff(by_role)


def _colleague(slug: str, number: int) -> world.Colleague:
    first = world.FIRST_NAMES[number % len(world.FIRST_NAMES)]
    last = world.LAST_NAMES[(number * 7 + number // len(world.FIRST_NAMES)) % len(world.LAST_NAMES)]
    email = f"{first}.{last}@{slug}.example".lower()
    return world.Colleague(f"{first} {last}", email, "")
