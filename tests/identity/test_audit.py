"""The audit page: every event, found again by what, who, when and about which record."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy.events import presentation
from advocacy.events.models import Event
from advocacy.events.selectors import timeline
from advocacy.identity.services import members
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from tests.factories.activities import ActivityFactory
from tests.factories.events import EventFactory
from tests.support.time import Clock

AUDIT = "/t/acme/settings/audit/"


@pytest.fixture
def admin(membership: Callable[..., Membership]) -> Membership:
    """Who does things here."""
    return membership("admin", user__name="Ada Admin")


@pytest.fixture
def history(admin: Membership, bob: Membership, clock: Clock) -> None:
    """A role change today, a deactivation three days later."""
    actor = Actor.member(admin)
    with tenant_scope(admin.tenant):
        members.change_role(actor=actor, member=bob, role="csm")
        clock.advance(timedelta(days=3))
        members.deactivate_member(actor=actor, member=bob)


def rows(client: Client, query: str = "") -> list[str]:
    """What the list says happened."""
    content = client.get(AUDIT + query).content.decode()
    words = ("Changed the role", "Deactivated the membership")
    body = content.partition("<tbody")[2]
    return [word for word in words if word in body]


@pytest.mark.usefixtures("history")
def test_filters(
    alice: Membership, admin: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """AUD-1: by verb, actor, days and record; each alone."""
    client = client_for(alice)
    both = ["Changed the role", "Deactivated the membership"]
    assert rows(client) == both
    assert rows(client, "?verb=membership.role_changed") == both[:1]
    assert rows(client, f"?actor={admin.pk}") == both
    assert rows(client, f"?actor={alice.pk}") == []
    assert rows(client, "?since=2026-03-03") == both[1:]
    assert rows(client, "?until=2026-03-02") == both[:1]
    assert rows(client, f"?record={bob.pk}") == both
    assert rows(client, f"?record={alice.pk}") == []
    # BAD-1: a filter that makes no sense is no error.
    assert rows(client, "?record=x&since=yesterday&actor=5&verb=nothing") == both


@pytest.mark.usefixtures("history")
def test_words(
    alice: Membership, admin: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """AUD-1: who, what, about whom, from what to what; a link only for those who may follow it."""
    page = client_for(alice).get(AUDIT).content.decode()
    assert "Ada Admin" in page
    assert "sales → csm" in page
    assert f"/people/{bob.pk}/" not in page
    assert f"/people/{bob.pk}/" in client_for(admin).get(AUDIT).content.decode()
    exported = client_for(alice).get(f"{AUDIT}?export=csv").content.decode()
    assert "Bob" in exported


@pytest.mark.usefixtures("history")
def test_timeline_rows(bob: Membership) -> None:
    """AUD-1: any record's page takes its timeline from the log, newest first, in two queries."""
    from django.db import connection

    with tenant_scope(bob.tenant), CaptureQueriesContext(connection) as queries:
        found = presentation.rows(timeline(bob))
    assert [(row.text, row.who, row.detail) for row in found] == [
        ("Deactivated the membership", "Ada Admin", ""),
        ("Changed the role", "Ada Admin", "sales → csm"),
    ]
    assert found[0].tone == "warning"
    assert sum("SELECT" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize(
    ("kind", "label", "words"),
    [
        ("advocate", "", "the advocate"),
        ("system", "nightly", "the program"),
        ("token", "CRM", "CRM"),
        ("token", "", "an API client"),
    ],
)
def test_who(scope: object, kind: str, label: str, words: str) -> None:
    """AUD-1: every kind of actor has a name."""
    event = EventFactory(actor_kind=kind, actor_label=label)
    assert presentation.who(Event.objects.select_related("actor__user").get(pk=event.pk)) == words


def test_rows_name_themselves(alice: Membership, client_for: Callable[..., Client]) -> None:
    """AUD-1: a record's event carries its name and leads to its page."""
    with tenant_scope(alice.tenant):
        activity = ActivityFactory(purpose="Northwind")
        EventFactory(subject_type="activities.activity", subject_id=activity.pk)
    page = client_for(alice).get(AUDIT).content.decode()
    assert "Northwind" in page
    assert f"/t/acme/activities/{activity.pk}/" in page
