"""``seed_demo --scale``: a tenant of any size, as the program would have made it."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections
from django.test import Client

from activities.activities.models import Activity
from advocacy.events.models import Event
from advocacy.events.verification import verify_chain
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.schema import global_tables
from advocacy.tenancy.scope import tenant_scope
from advocates.models import (
    ActivityType,
    Advocate,
    Capacity,
    Participation,
    TierChange,
    TierStanding,
)
from advocates.people.choices import ENROLLED
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.choices import Origin, UnitState
from advocates.program.tiers.services import recalculate_tiers
from benefits.thanks.models import ThankYou
from demo.scale import make_scaled_tenant
from reporting.metrics.program import ASK_ACCEPTANCE, ENGAGEMENT, THANKED_IN_TIME
from requests.asks.choices import AskState
from requests.matching.ranking import match
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.conftest import BACKEND
from tests.support.database import fingerprint

#: Statistics and removal are the owner's business.
BOTH = ["default", "owner"]
PEOPLE = 300

# Pairs of consecutive asks of one person: how the guard would have seen the second.
_HISTORY = """
SELECT count(*) FILTER (WHERE a.taken_at - a.before < interval '21 days'),
       count(*) FILTER (WHERE a.taken_at - a.two_before < interval '90 days'),
       count(*) FILTER (WHERE a.is_reference AND p.reference_gap_days > 0
         AND a.taken_at - a.last_reference < make_interval(days => p.reference_gap_days)),
       count(*) FILTER (WHERE a.effort <> 'low' AND a.taken_at - a.last_high < interval '45 days'),
       count(*)
  FROM (SELECT advocate_id, taken_at, is_reference, effort,
               lag(taken_at) OVER own AS before, lag(taken_at, 2) OVER own AS two_before,
               max(completed_at) FILTER (WHERE is_reference) OVER earlier AS last_reference,
               max(completed_at) FILTER (WHERE effort = 'high') OVER earlier AS last_high
          FROM advocates_participation
         WHERE origin = 'asked' AND release_reason <> 'unsent'
        WINDOW own AS (PARTITION BY advocate_id ORDER BY taken_at),
               earlier AS (PARTITION BY advocate_id ORDER BY taken_at
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) a
  JOIN advocates_capacity p ON p.advocate_id = a.advocate_id
"""


def make(slug: str = "scale", people: int = PEOPLE, seed: int = 1) -> Tenant:
    return make_scaled_tenant(people=people, slug=slug, name="Proseware", seed=seed).tenant


def own_rows(tenant: Tenant) -> dict[str, str]:
    """What the tenant's own tables hold; users and tenants are everybody's."""
    shared = global_tables()
    return {
        table: all_of_it for table, all_of_it in fingerprint(tenant).items() if table not in shared
    }


def rows(statement: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: tuple[Any, ...] = cursor.fetchone()
        return found


@pytest.mark.django_db(databases=BOTH)
def test_a_program_of_three_hundred_people_lives() -> None:
    """CAP-1, CAP-2, CAP-3, CAP-7, TIER-2, TIER-7, MAT-2, AUD-2, UI-2: what is made in bulk is
    what the services would have allowed, and every page finds something to show.
    """
    tenant = make()
    with tenant_scope(tenant):
        assert Advocate.objects.count() == PEOPLE
        enrolled = Advocate.objects.filter(status__in=ENROLLED)
        assert 0.4 * PEOPLE < enrolled.count() < 0.8 * PEOPLE
        assert len(set(Advocate.objects.values_list("status", flat=True))) >= 7

        # Everybody has the rows that a take needs, and stands on a tier if enrolled.
        assert Capacity.objects.count() == PEOPLE
        assert TierStanding.objects.count() == enrolled.count()
        assert set(TierStanding.objects.values_list("tier__code", flat=True)) >= {
            "platinum",
            "gold",
            "silver",
            "community",
        }

        # The history keeps what the guard keeps.
        *faults, asks = rows(_HISTORY)
        assert faults == [0, 0, 0, 0]
        assert asks > PEOPLE / 2
        kind = ActivityType.objects.get(code="reference_call")
        for pk, status in guard_status(activity_type=kind).items():
            if status.over:
                outside = Participation.objects.filter(
                    advocate=pk, origin__in=[Origin.OUTSIDE, Origin.IMPORTED]
                )
                assert outside.exists(), "over the allowance without a fact from outside"
        assert Participation.objects.filter(state=UnitState.OPEN).count() >= 3
        assert set(Participation.objects.values_list("origin", flat=True)) >= {
            Origin.ASKED,
            Origin.OUTSIDE,
            Origin.VOLUNTEERED,
        }

        # Asks, requests, activities and thanks tell the same story as the ledger.
        units = Participation.objects
        # What was reserved for an owner's say and taken again as it went out counts once.
        sent = units.filter(origin=Origin.ASKED).exclude(release_reason="unsent")
        assert Ask.objects.count() == sent.count()
        done = Activity.objects.filter(state="completed")
        assert done.count() == units.filter(state=UnitState.COMPLETED).count()
        assert not done.exclude(participation__state=UnitState.COMPLETED).exists()
        accepted = Ask.objects.filter(state=AskState.ACCEPTED)
        assert not accepted.filter(activity=None).exists()
        assert not accepted.exclude(
            request__state__in=[
                RequestState.CLOSED,
                RequestState.COMPLETED,
                RequestState.CONFIRMED,
                RequestState.SCHEDULED,
            ]
        ).exists()
        numbers = sorted(Request.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert ThankYou.objects.filter(state="open").exists()

        # Tiers are the recalculation's, so another one finds nothing to change.
        before = list(TierStanding.objects.order_by("pk").values())
        assert recalculate_tiers(reason="test").changed == 0
        assert list(TierStanding.objects.order_by("pk").values()) == before
        assert not TierChange.objects.filter(why=TierChange.Why.EARNED, at__gt=tenant.created_at)

        waiting = Request.objects.filter(state=RequestState.SUBMITTED)[0]
        found = match(waiting)
        totals = found.totals
        assert totals.enrolled == enrolled.count()
        assert totals.can_be_asked + totals.must_not + totals.poor_fit == totals.enrolled
        assert found.ranked
        assert len(found.excluded) >= 5

        for metric in (ASK_ACCEPTANCE, ENGAGEMENT, THANKED_IN_TIME):
            reading = metric.now(tenant)
            assert reading.value is not None
            assert 0.2 < reading.value < 1

        # The log is whole, and says that what is older has none.
        assert Event.objects.filter(verb="demo.scaled").count() == 1
        assert list(verify_chain()) == []


@pytest.mark.django_db(databases=BOTH)
def test_every_list_opens() -> None:
    """UI-1, UI-2: Today and the lists of a scaled tenant, for the program manager."""
    made = make_scaled_tenant(people=40, slug="scale", name="Proseware", seed=1)
    (manager,) = [each for each in made.sign_ins if each.role == Role.PROGRAM_MANAGER]
    client = Client()
    client.force_login(manager.user, backend=BACKEND)
    with tenant_scope(made.tenant):
        profile = Participation.objects.filter(state="completed")[0].advocate
    pages = ["", "advocates/", "accounts/", "requests/", "activities/", "thanks/", "tiers/"]
    pages.append(f"advocates/{profile.pk}/")
    for page in pages:
        response = client.get(f"/t/scale/{page}", follow=True)
        assert response.status_code == 200, page
    assert "Find an advocate" in client.get("/t/scale/").content.decode()


@pytest.mark.django_db(databases=BOTH)
def test_the_same_seed_makes_the_same_people() -> None:
    """Chance follows from the seed alone; ids differ, because they carry the address."""
    facts = {}
    for slug, seed in (("one", 1), ("two", 1), ("three", 2)):
        with tenant_scope(make(slug, people=24, seed=seed)):
            facts[slug] = (
                list(
                    Advocate.objects.order_by("identifiers__external_id").values_list(
                        "first_name", "last_name", "status", "account__name", "account__health"
                    )
                ),
                sorted(
                    Participation.objects.values_list(
                        "advocate__email", "activity_type__code", "state", "release_reason"
                    )
                ),
            )
            ids = set(Advocate.objects.values_list("pk", flat=True))
            assert not ids & facts.setdefault("ids", set())
            facts["ids"] |= ids
    assert facts["one"] == facts["two"]
    assert facts["one"] != facts["three"]


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_it_replaces_only_what_it_made_and_only_when_told() -> None:
    """TEN-1: a second run refuses; with --remake it removes its own tenant and nobody else's."""

    def run(*arguments: str) -> str:
        said = io.StringIO()
        call_command("seed_demo", "--scale", "20", *arguments, stdout=said, stderr=io.StringIO())
        return said.getvalue()

    neighbour = make("neighbour", people=20)
    untouched = own_rows(neighbour)
    assert "every password" in run()
    first = Tenant.objects.get(slug="scale")

    with pytest.raises(CommandError, match="exists already; --remake replaces it"):
        run()
    assert "Program manager" in run("--remake")
    assert Tenant.objects.get(slug="scale").pk != first.pk
    with tenant_scope(Tenant.objects.get(slug="scale")):
        assert Advocate.objects.count() == 20
    with tenant_scope(first):
        assert not Advocate.objects.exists()
        assert not Event.objects.exists()

    assert own_rows(neighbour) == untouched
    # What keeps every row does so again, even from the owner.
    for table in ("events_event", "advocates_participation"):
        with pytest.raises(DatabaseError), connections["owner"].cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


@pytest.mark.django_db(transaction=True, databases=BOTH)
def test_a_tenant_made_otherwise_is_left_alone(tenant: Tenant) -> None:
    """TEN-1: --remake refuses what it did not make."""
    before = fingerprint(tenant)
    with pytest.raises(CommandError, match="was not made by seed_demo --scale"):
        call_command("seed_demo", "--scale", "40", "--slug", tenant.slug, "--remake")
    assert fingerprint(tenant) == before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--scale", "many"], "no number from 20"),
        (["--scale", "5"], "no number from 20"),
        (["--scale", "30", "--if-empty"], "--scale has --remake"),
        (["--remake"], "belong to --scale"),
        (["--scale", "30", "--slug", "Not an address"], "lower-case letters"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], problem: str, db: None) -> None:
    """BAD-1.a: the message says what is accepted."""
    with pytest.raises(CommandError, match=problem):
        call_command("seed_demo", *arguments)


def test_it_needs_postgresql_itself(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """TEN-3.b: its temporary tables do not join with tables on other machines."""
    monkeypatch.setattr("advocacy.tenancy.citus.settings.is_installed", lambda cursor: True)
    with pytest.raises(CommandError, match="make it on PostgreSQL itself"):
        call_command("seed_demo", "--scale", "30")
