"""What an advocate offers takes nothing; a referral counts once it qualified (CAP-1, TIER-1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from activities.activities.completion import complete_activity, log_activity, qualify_activity
from activities.activities.models import Activity
from activities.activities.offering import plan_offered
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType, Advocate, Capacity, Participation, TierStanding
from advocates.program.ledger import services as ledger
from tests.factories.advocates import ConsentFactory, EnrolledFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]


@pytest.fixture
def program(clock: Clock, tenant: Tenant, alice: Membership) -> Program:
    """Outside a scope, as a browser is; the one advocate has nothing left to be asked for."""
    with tenant_scope(tenant):
        made = make_program(manager=alice)
        made.advocate = EnrolledFactory(account=made.advocate.account, first_name="Ana")
        Capacity.objects.filter(advocate=made.advocate).update(allowance=0)
        return made


def test_offered_on_a_page(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """CAP-1.c: planned although nothing is left to be asked for; no unit is taken, none later."""
    client = client_for(alice)
    assert "/t/acme/activities/offer/" in client.get("/t/acme/activities/").text
    with tenant_scope(tenant):
        kind = program.type("testimonial")
        with pytest.raises(ledger.CapacityRefused):
            ledger.take_unit(advocate=program.advocate, activity_type=kind)
    form = {
        "advocate": str(program.advocate.pk),
        "activity_type": str(kind.pk),
        "detail": " Security ",
        "purpose": "Textile Days",
    }
    page = client.post("/t/acme/activities/offer/", form, follow=True).text
    assert "takes nothing of the allowance" in page
    assert "Security" in page
    with tenant_scope(tenant):
        activity = Activity.objects.get()
        assert (activity.state, activity.owner, activity.volunteered) == ("accepted", alice, True)
        ConsentFactory(advocate=program.advocate, use="quote")
        complete_activity(
            actor=Actor.member(alice), activity=activity, happened_at=activity.planned_at
        )
        unit = Participation.objects.get()
        assert (unit.state, unit.units, unit.detail) == ("completed", 0, "Security")
        assert unit.counts_for_tier


def test_offered_over_rest(program: Program, alice: Membership, clock: Clock) -> None:
    """CAP-1.c: the same; what is known only afterwards is refused at its field."""
    api = api_for(alice)
    body = {
        "advocate": str(program.advocate.pk),
        "activity_type": "testimonial",
        "detail": "Security",
        "volunteered": True,
    }
    made = api.post("activities/", body)
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["state"], row["volunteered"], row["detail"]) == ("accepted", True, "Security")
    assert api.get(f"activities/{row['id']}/").json() == row
    past = (clock.now - timedelta(days=1)).isoformat()
    wrong = api.post("activities/", {**body, "happened_at": past})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["happened_at"])
    missing = api.post("activities/", {**body, "volunteered": False})
    assert (missing.status_code, list(missing.json()["errors"])) == (422, ["happened_at"])


def test_who_may_plan_what_was_offered(program: Program, tenant: Tenant) -> None:
    """ID-2, CAP-1.c: a CSM at own accounts; for people in the program."""
    with tenant_scope(tenant):
        kind = program.type("testimonial")
        stranger = EnrolledFactory(account__owner=MembershipFactory(role="csm"))
        with pytest.raises(NotAllowed):
            plan_offered(actor=Actor.member(program.csm), advocate=stranger, activity_type=kind)
        Advocate.objects.filter(pk=program.advocate.pk).update(status="alumni")
        program.advocate.refresh_from_db()
        with pytest.raises(DomainError) as refused:
            plan_offered(
                actor=Actor.member(program.csm), advocate=program.advocate, activity_type=kind
            )
        assert list(refused.value.fields) == ["advocate"]


@pytest.fixture
def referral(program: Program, tenant: Tenant) -> Activity:
    """A referral somebody made; it does not count yet."""
    with tenant_scope(tenant):
        kind = ActivityType.objects.get(code="referral")
        made = log_activity(
            actor=program.actor,
            advocate=program.advocate,
            activity_type=kind,
            happened_at=program.advocate.created_at,
        )
        assert tier_of(program) == "community"
        return made


def tier_of(program: Program) -> str | None:
    tier = TierStanding.objects.get(advocate=program.advocate).tier
    return tier.code if tier else None


def test_a_referral_counts_once_it_qualified(
    program: Program, tenant: Tenant, referral: Activity, alice: Membership, client_for: Clients
) -> None:
    """TIER-1.b: a press on its page; the tier follows at once, and it is offered only once."""
    page = f"/t/acme/activities/{referral.pk}/"
    client = client_for(alice)
    assert "The referral qualified" in client.get(page).text
    assert client.post(f"{page}qualify/").status_code == 302
    with tenant_scope(tenant):
        assert tier_of(program) == "silver"
        assert Event.objects.filter(verb="activity.qualified").count() == 1
        with pytest.raises(Conflict):
            qualify_activity(actor=program.actor, activity=Activity.objects.get())
    assert f"{page}qualify/" not in client.get(page).text


def test_a_referral_qualifies_over_rest(
    program: Program, tenant: Tenant, referral: Activity, alice: Membership
) -> None:
    """TIER-1.b: the same; what counts anyway has nothing to qualify."""
    api = api_for(alice)
    assert api.post(f"activities/{referral.pk}/qualify/").status_code == 200
    assert api.post(f"activities/{referral.pk}/qualify/").status_code == 409
    with tenant_scope(tenant):
        assert tier_of(program) == "silver"
        other = program.completed("testimonial")
    assert api.post(f"activities/{other.pk}/qualify/").status_code == 409
