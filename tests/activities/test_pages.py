"""The activity pages in a browser without scripts (ACT-1, ACT-2, CAP-8, UI-1, BAD-1)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from activities.activities.models import Activity
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.support.program import Program, make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]


@pytest.fixture
def program(clock: Clock, tenant: Tenant, alice: Membership) -> Program:
    """Outside a scope, as a browser is."""
    with tenant_scope(tenant):
        return make_program(manager=alice)


def local(moment: datetime) -> str:
    """What Alice's browser sends; she works in the tenant's zone."""
    return moment.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%dT%H:%M")


def test_log_counts_and_shows(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """CAP-8.a: found by search, logged, marked as outside the program."""
    client = client_for(alice)
    searched = {"_find": "advocate", "advocate-words": "murphy quantum"}
    found = client.post("/t/acme/activities/log/", searched, headers={"HX-Request": "true"})
    assert str(program.advocate.pk) in found.content.decode()
    with tenant_scope(tenant):
        kind = program.type("speaking")
    answer = client.post(
        "/t/acme/activities/log/",
        {
            "advocate": str(program.advocate.pk),
            "activity_type": str(kind.pk),
            "purpose": "Textile Days",
            "happened_at": local(clock.now - timedelta(hours=2)),
            "minutes": "45",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "Speaking" in page
    assert "Textile Days" in page
    assert "outside the program" in page
    with tenant_scope(tenant):
        activity = Activity.objects.get()
        assert activity.happened_at == clock.now - timedelta(hours=2)
        assert (activity.owner, activity.is_outside) == (alice, True)


def test_refused_log_keeps_what_was_typed(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """BAD-1.a, BAD-1.b: the error names the field; the person, the text and the rest stay."""
    with tenant_scope(tenant):
        kind = program.type("speaking")
    answer = client_for(alice).post(
        "/t/acme/activities/log/",
        {
            "advocate": str(program.advocate.pk),
            "activity_type": str(kind.pk),
            "purpose": "Textile Days",
            "happened_at": local(clock.now + timedelta(days=1)),
            "minutes": "99999",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "between 1 and 10,000 minutes" in page
    assert "Textile Days" in page
    assert f'value="{program.advocate.pk}" checked' in page
    with tenant_scope(tenant):
        assert not Activity.objects.exists()


@pytest.mark.parametrize("happened", ["", "soon", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_no_moment_breaks_the_form(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, happened: str
) -> None:
    """BAD-1.c: never a 500 for anything a client sends."""
    with tenant_scope(tenant):
        kind = program.type("speaking")
    answer = client_for(alice).post(
        "/t/acme/activities/log/",
        {
            "advocate": str(program.advocate.pk),
            "activity_type": str(kind.pk),
            "happened_at": happened,
        },
    )
    assert answer.status_code == 422


def test_list_filters_by_type_state_period_and_person(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-1: filters in the address narrow the list; the export holds the same rows."""
    with tenant_scope(tenant):
        program.completed("speaking", purpose="Textile Days", hours_ago=24 * 40)
        program.planned(purpose="Isdom")
        kind = program.type("speaking")
    client = client_for(alice)
    everything = client.get("/t/acme/activities/").content.decode()
    assert "Textile Days" in everything
    assert "Isdom" in everything
    for query, kept, gone in (
        (f"type={kind.pk}", "Textile Days", "Isdom"),
        ("state=planned", "Isdom", "Textile Days"),
        ("period=30", "Isdom", "Textile Days"),
        ("period=90", "Textile Days", "~"),
        ("q=days+murphy", "Textile Days", "Isdom"),
    ):
        page = client.get(f"/t/acme/activities/?{query}").content.decode()
        assert kept in page, query
        assert gone not in page, query
    mine = client.get(f"/t/acme/activities/?advocate={program.advocate.pk}").content.decode()
    assert "Frank Murphy" in mine
    export = client.get("/t/acme/activities/?export=csv&state=planned").content.decode()
    assert "Reference call" in export
    assert "Speaking" not in export


def test_every_step_from_planned_to_completed(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """ACT-1.a, ACT-2.a: the page offers the next step, and each of them works."""
    with tenant_scope(tenant):
        activity = program.planned()
    client = client_for(alice)
    base = f"/t/acme/activities/{activity.pk}/"
    assert "The advocate said yes" in client.get(base).content.decode()
    client.post(f"{base}accept/")
    assert "Book a time" in client.get(base).content.decode()
    start = clock.now + timedelta(hours=1)
    client.post(
        f"{base}schedule/",
        {"starts_at": local(start), "ends_at": local(start + timedelta(minutes=30))},
    )
    assert "It happened" not in client.get(base).content.decode()
    clock.advance(hours=2)
    assert "It happened" in client.get(base).content.decode()
    offered = client.get(f"{base}complete/").content.decode()
    assert 'value="30"' in offered
    answer = client.post(
        f"{base}complete/",
        {"happened_at": local(start), "minutes": "35", "advocate_rating": "5"},
        follow=True,
    )
    page = answer.content.decode()
    assert "35 minutes" in page
    assert "5 of 5" in page
    with tenant_scope(tenant):
        assert activity.reload().state == "completed"


def test_a_stale_page_says_what_is_possible(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """ACT-1.b: somebody else was faster; the answer is a 409 with the allowed moves."""
    with tenant_scope(tenant):
        activity = program.completed()
    answer = client_for(alice).post(
        f"/t/acme/activities/{activity.pk}/complete/", {"happened_at": local(clock.now)}
    )
    assert answer.status_code == 409
    assert "is not possible now, but: Recorded in error" in answer.content.decode()


def test_voiding_is_the_programs_alone(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """TIER-7, ID-2.a: a CSM does not even see the button."""
    with tenant_scope(tenant):
        activity = program.completed()
    base = f"/t/acme/activities/{activity.pk}/"
    assert "Recorded in error" in client_for(alice).get(base).content.decode()
    csm = client_for(program.csm)
    assert "Recorded in error" not in csm.get(base).content.decode()
    assert csm.post(f"{base}void/", {"reason": "x"}).status_code == 403


def test_prospects_no_show_is_explained(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """ACT-4: the page says what follows for the advocate."""
    with tenant_scope(tenant):
        activity = program.scheduled(hours=1)
    clock.advance(hours=2)
    base = f"/t/acme/activities/{activity.pk}/"
    answer = client_for(alice).post(f"{base}no-show/", {"by": "prospect"}, follow=True)
    assert "without tier credit" in answer.content.decode()
