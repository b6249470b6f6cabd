"""Roles, deactivation, and the one admin a tenant always keeps."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from advocacy.events.models import Event
from advocacy.identity.services import members
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import MembershipFactory, TenantsFactory

ClientFor = Callable[[Membership | None], Client]


@pytest.fixture
def admin(membership: Callable[..., Membership]) -> Membership:
    """The only admin."""
    return membership("admin", user__name="Ada Admin")


def test_a_new_role_counts_at_once(
    admin: Membership, bob: Membership, client_for: ClientFor
) -> None:
    """ID-1.b, AUD-1.a: the next request already obeys the matrix for the new role."""
    his = client_for(bob)
    assert his.get("/t/acme/settings/audit/").status_code == 403
    answer = client_for(admin).post(
        f"/t/acme/settings/people/{bob.pk}/role/", {"role": "program_manager"}
    )
    assert answer["Location"] == f"/t/acme/settings/people/{bob.pk}/"
    assert his.get("/t/acme/settings/audit/").status_code == 200
    with tenant_scope(admin.tenant):
        event = Event.objects.get(verb="membership.role_changed")
    assert event.payload == {"from": "sales", "to": "program_manager"}
    assert (event.actor_id, event.subject_id) == (admin.pk, bob.pk)


def test_deactivation_ends_access_at_once(
    admin: Membership, bob: Membership, other_tenant: Tenant, client_for: ClientFor
) -> None:
    """ID-1.b: the open session finds no tenant any more; another company is not affected."""
    with tenant_scope(other_tenant):
        MembershipFactory(user=bob.user)
    his = client_for(bob)
    assert his.get("/t/acme/settings/").status_code == 200
    client_for(admin).post(f"/t/acme/settings/people/{bob.pk}/deactivate/")
    assert his.get("/t/acme/settings/").status_code == 404
    assert his.post("/t/acme/settings/profile/", {"name": "Mallory"}).status_code == 404
    assert his.get("/")["Location"].startswith("/t/umbrella/")
    client_for(admin).post(f"/t/acme/settings/people/{bob.pk}/reactivate/")
    assert his.get("/t/acme/settings/").status_code == 200
    with tenant_scope(admin.tenant):
        verbs = list(Event.objects.order_by("at").values_list("verb", flat=True))
    assert verbs == ["membership.deactivated", "membership.reactivated"]


def test_the_last_admin_stays(admin: Membership, client_for: ClientFor) -> None:
    """ID-1.d, BAD-1.a: neither demoted nor deactivated; a sentence says what to do first."""
    client = client_for(admin)
    person = f"/t/acme/settings/people/{admin.pk}/"
    for answer in (
        client.post(f"{person}role/", {"role": "sales"}),
        client.post(f"{person}deactivate/"),
    ):
        assert answer.status_code == 422
        assert "only active admin" in answer.content.decode()
    with tenant_scope(admin.tenant):
        assert Membership.objects.filter(role=Role.ADMIN, is_active=True).count() == 1


def test_a_deactivated_admin_does_not_count(
    admin: Membership, membership: Callable[..., Membership]
) -> None:
    """ID-1.d: one *active* admin."""
    other = membership("admin")
    actor = Actor.member(admin)
    with tenant_scope(admin.tenant):
        members.deactivate_member(actor=actor, member=other)
        with pytest.raises(DomainError, match="only active admin"):
            members.change_role(actor=actor, member=admin, role="csm")
        members.reactivate_member(actor=actor, member=other)
        members.change_role(actor=actor, member=admin, role="csm")


def test_an_old_page_does_not_win(admin: Membership, bob: Membership) -> None:
    """BAD-1: a change based on what is no longer so is refused."""
    actor = Actor.member(admin)
    with tenant_scope(admin.tenant):
        stale = Membership.objects.get(pk=bob.pk)
        members.change_role(actor=actor, member=bob, role="csm")
        with pytest.raises(Conflict):
            members.change_role(actor=actor, member=stale, role="marketing")
        members.deactivate_member(actor=actor, member=bob)
        with pytest.raises(Conflict, match="deactivated already"):
            members.deactivate_member(actor=actor, member=stale)


def test_only_admins_manage_people(alice: Membership, bob: Membership) -> None:
    """ID-2.a: the services ask the matrix themselves."""
    actor = Actor.member(alice)
    with tenant_scope(alice.tenant):
        for refuse in (
            lambda: members.change_role(actor=actor, member=bob, role="admin"),
            lambda: members.deactivate_member(actor=actor, member=bob),
            lambda: members.reactivate_member(actor=actor, member=bob),
        ):
            with pytest.raises(NotAllowed):
                refuse()


@pytest.mark.parametrize("step_down", ["demote", "deactivate", "one of each"])
def test_two_admins_step_down_together(transactional_db: None, step_down: str) -> None:
    """ID-1.d: whatever the timing, exactly one of them succeeds, again and again."""
    tenant = TenantsFactory()
    with tenant_scope(tenant):
        admins = [MembershipFactory(role=Role.ADMIN) for _admin in range(2)]
    for turn in range(5):
        with tenant_scope(tenant):
            Membership.objects.filter(pk__in=[a.pk for a in admins]).update(
                role=Role.ADMIN, is_active=True, deactivated_at=None
            )
            fresh = list(Membership.objects.select_related("user", "tenant"))
        barrier = threading.Barrier(2)
        outcomes: list[str] = []

        def leave(
            index: int, fresh: Any = fresh, barrier: Any = barrier, to: Any = outcomes
        ) -> None:
            try:
                with tenant_scope(tenant):
                    member = fresh[index]
                    barrier.wait(5)
                    actor = Actor.member(member)
                    if step_down == "demote" or (step_down == "one of each" and index):
                        members.change_role(actor=actor, member=member, role="sales")
                    else:
                        members.deactivate_member(actor=actor, member=member)
                to.append("left")
            except DomainError as error:
                to.append(error.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=leave, args=(index,)) for index in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["last_admin", "left"], turn
        with tenant_scope(tenant):
            assert Membership.objects.filter(role=Role.ADMIN, is_active=True).count() == 1


def test_the_list_filters_and_exports(
    admin: Membership, bob: Membership, client_for: ClientFor
) -> None:
    """UI-1: filters live in the address."""
    client = client_for(admin)
    assert "Bob" not in client.get("/t/acme/settings/people/?role=admin").content.decode()
    assert "Bob" in client.get("/t/acme/settings/people/?q=bo&state=active").content.decode()
    exported = client.get("/t/acme/settings/people/?export=csv").content.decode()
    assert "bob@example.com" in exported


def test_a_members_page_tells_what_happened(
    admin: Membership, bob: Membership, client_for: ClientFor
) -> None:
    """AUD-1: the event log feeds the record's timeline."""
    client = client_for(admin)
    client.post(f"/t/acme/settings/people/{bob.pk}/role/", {"role": "csm"})
    page = client.get(f"/t/acme/settings/people/{bob.pk}/").content.decode()
    assert "Changed the role" in page
    assert "sales → csm" in page
    assert "Ada Admin" in page
