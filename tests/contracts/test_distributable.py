"""Statements of hot pages and services on several machines: one task each, none refused (TEN-3.c).

What fails here names the statement and what to write instead. The rules are those of
``advocacy.tenancy.citus.statements``; the definer rule is seen over a whole transaction.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.activities.completion import complete_activity
from advocacy import clock as product_clock
from advocacy.messaging.links import link_url
from advocacy.messaging.models import PersonalLink
from advocacy.rest.middleware import _tenant_of
from advocacy.rest.models import ApiToken
from advocacy.rest.services import create_token
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.citus.statements import findings
from advocacy.tenancy.keys import tenant_ending
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role, allowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep, sweeps
from advocates.models import Advocate
from advocates.people.preferences import save_preferences
from benefits.thanks.models import ThankYou
from benefits.thanks.services import send_thank_you
from requests.models import Ask
from requests.scheduling.services import pick_slot
from tests.contracts.endpoints import ENDPOINTS
from tests.contracts.test_queries import COUNTED
from tests.contracts.urls import MEMBER, PAGES
from tests.factories.advocates import catalogued
from tests.factories.requests import OpportunityFactory, ReadyFactory, RequestFactory
from tests.factories.tenancy import HolidayFactory, MembershipFactory
from tests.imports.test_import import ACCOUNTS, CONTACTS, load
from tests.support.rest import Api, api_for
from tests.support.statements import Watch
from tests.support.time import Clock
from tests.support.urls import address_of
from tests.support.walk import walked

TABLES = {"events_event", "tenancy_membership", "tenancy_holiday"}


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ('SELECT 1 FROM "events_event" WHERE "events_event"."id" = %s', "shards"),
        ("DELETE FROM events_event WHERE id IN (%s)", "shards"),
        (
            (
                "SELECT 1 FROM events_event e JOIN tenancy_membership m ON m.id = e.actor_id"
                " WHERE e.tenant_id = %s"
            ),
            "shards",
        ),
        (
            (
                "SELECT 1 FROM events_event e WHERE e.tenant_id = %s AND EXISTS"
                " (SELECT FROM tenancy_membership m WHERE m.id = e.actor_id)"
            ),
            "shards",
        ),
        (
            (
                "SELECT 1 FROM events_event"
                " WHERE tenant_id = current_setting('app.tenant_id')::uuid FOR SHARE"
            ),
            "setting",
        ),
        (
            (
                "UPDATE events_event SET at = CASE WHEN at IS NULL THEN clock() ELSE at END"
                " WHERE tenant_id = %s"
            ),
            "changing",
        ),
        (
            "UPDATE events_event SET at = COALESCE(at, now()) WHERE tenant_id = %s",
            "changing",
        ),
        (
            "INSERT INTO events_event (id, tenant_id) SELECT id, %s FROM unnest(%s) g(id)",
            "copy",
        ),
        (
            (
                "WITH a AS (INSERT INTO events_event (id, tenant_id)"
                " SELECT id, %s FROM unnest(%s) g(id))"
                " SELECT 1 RETURNING"
            ),
            "copy",
        ),
        ("SET LOCAL app.tenant_id = ''; SELECT 1", "forwarded"),
    ],
)
def test_a_rule_finds_what_it_is_about(sql: str, rule: str) -> None:
    """TEN-3.c: what a real Citus refused, or ran on every shard."""
    assert rule in {each.rule for each in findings(sql, tables=TABLES, changing={"clock"})}


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT 1 FROM "events_event" WHERE "events_event"."tenant_id" = %s FOR UPDATE',
        (
            "SELECT 1 FROM events_event e JOIN tenancy_membership m ON m.tenant_id = e.tenant_id"
            " AND m.id = e.actor_id WHERE e.tenant_id = %s AND e.payload = ' FROM tenancy_holiday '"
        ),
        "SELECT CASE WHEN e.at < clock() THEN 1 END FROM events_event e WHERE e.tenant_id = $1",
        "INSERT INTO events_event (id, tenant_id) VALUES (%s, DEFAULT)",
        "INSERT INTO events_event (id, tenant_id) SELECT id, %s FROM unnest(%s) g(id) RETURNING id",
        "SELECT 1 FROM tenancy_user u WHERE u.id = %s",
        "SET LOCAL app.tenant_id = ''; SET LOCAL join_collapse_limit = 1",
    ],
)
def test_a_rule_leaves_the_rest_alone(sql: str) -> None:
    """TEN-3.c: what ran there as one task."""
    assert list(findings(sql, tables=TABLES, changing={"clock"})) == []


@pytest.fixture
def watch(db: None) -> Watch:
    return Watch()


def test_a_function_of_the_owner_is_never_called_after_a_write(watch: Watch) -> None:
    """TEN-3.c: nor does anybody read after it wrote, in the same transaction."""
    begin, end = 'SAVEPOINT "a"', 'RELEASE SAVEPOINT "a"'
    write = "UPDATE tenancy_holiday SET name = '' WHERE tenant_id = ''"
    look, lock = "SELECT * FROM workplaces_of('')", "SELECT id FROM lock_chain()"
    read = "SELECT 1 FROM tenancy_holiday WHERE tenant_id = ''"
    watch.look("well", [look, begin, write, end, begin, look, read, lock, end, begin, read, end])
    assert watch.found == {}
    watch.look("badly", [begin, write, look, end])
    watch.look("badly", [begin, lock, read, end])
    assert len(watch.found) == 2


def test_pages_and_lists(
    small: Tenant, client_for: Callable[[Membership | None], Client], watch: Watch
) -> None:
    """TEN-3.c: pages whose queries are counted (of those that are alike some, all with ``FULL``),
    and every list of the interface.
    """
    people: dict[str, tuple[Client, Api]] = {}
    for role in Role:
        with tenant_scope(small):
            member = MembershipFactory(role=role)
        people[role] = client_for(member), api_for(member)
    order = (Role.PROGRAM_MANAGER, Role.ADMIN, *Role)
    pages = set(walked())
    for name in filter(pages.__contains__, COUNTED):
        access = PAGES[name].access
        role = next(r for r in order if access in {MEMBER, "signed-in"} or allowed(r, access))
        path = address_of(name, PAGES[name], small, in_tenant=access != "signed-in")
        with watch(f"GET {name}"):
            assert people[role][0].get(path).status_code in {200, 302}, path
    for name, declared in ENDPOINTS.items():
        if "get" in declared.methods and name.endswith("-list"):
            role = next(r for r in order if allowed(r, declared.methods["get"]))
            path = address_of(name, declared, small, in_tenant=False)
            with watch(f"GET {path}"):
                assert people[role][1].get(path).status_code in {200, 400}, path
    assert len(watch.seen) > 200
    assert not watch.found, watch.told()


def test_the_main_job(
    tenant: Tenant,
    alice: Membership,
    bob: Membership,
    clock: Clock,
    client_for: Callable[[Membership | None], Client],
    watch: Watch,
) -> None:
    """TEN-3.c: from the ask to the thank-you, with refusals, sweeps, preferences and deletions."""
    with tenant_scope(tenant):
        kind, advocate = catalogued("reference_call"), ReadyFactory()
        wanted, refused = (
            RequestFactory(activity_type=kind, requester=bob, opportunity=OpportunityFactory())
            for _number in range(2)
        )
        holiday = HolidayFactory()
    api, page = api_for(alice), client_for(alice)
    with watch("asking"):
        assert ask_over_rest(api, wanted.pk, advocate).status_code == 201
    with watch("a refused ask"):
        assert ask_over_rest(api, refused.pk, advocate).status_code == 422
    with watch("a refused form"):
        assert page.post(f"/t/{tenant.slug}/accounts/new/", {"name": ""}).status_code == 422
    with tenant_scope(tenant):
        ask = Ask.objects.get()
        slot = ask.slots.order_by("starts_at").first()
        address = urlsplit(link_url(PersonalLink.objects.get(subject_id=ask.pk))).path
    browser = client_for(None)
    with watch("the advocate's page"):
        assert browser.get(address).status_code == 200
    with watch("the advocate's answer"):
        answer = browser.post(address, {"say": "yes", "slots": [str(slot.pk)]})
        assert answer.status_code == 302, answer.content.decode()
    with watch("picking a time"), tenant_scope(tenant):
        activity = pick_slot(actor=Actor.member(bob), request=wanted.reload(), slot=slot.reload())
    clock.set(slot.ends_at + timedelta(hours=1))
    with watch("completing"), tenant_scope(tenant):
        complete_activity(
            actor=Actor.member(alice),
            activity=activity.reload(),
            happened_at=product_clock.now(),
        )
    with watch("thanking"), tenant_scope(tenant):
        send_thank_you(
            actor=Actor.member(alice),
            thank_you=ThankYou.objects.get(kind="personal"),
            personal_line="You were great.",
        )
    with watch("preferences"), tenant_scope(tenant):
        save_preferences(
            actor=Actor.member(alice),
            advocate=advocate.reload(),
            topics=["Security"],
            blackouts=[(product_clock.now().date(), product_clock.now().date())],
        )
        save_preferences(
            actor=Actor.member(alice), advocate=advocate.reload(), topics=[], blackouts=[]
        )
    with watch("deleting"), tenant_scope(tenant):
        holiday.delete()
    for _day in range(2):
        clock.advance(timedelta(days=1))
        for sweep in sweeps():
            with watch(f"sweep {sweep.name}"):
                assert run_sweep(sweep.name) == 0, sweep.name
    assert len(watch.seen) > 100
    assert not watch.found, watch.told()


def test_an_import(scope: Tenant, clock: Clock, watch: Watch) -> None:
    """TEN-3.c: whole columns at once, and again with what is there already."""
    for what in ("a first import", "the same once more"):
        with watch(what):
            load(("firms.csv", ACCOUNTS), ("people.csv", CONTACTS))
    assert not watch.found, watch.told()
    assert any("unnest(" in text for text in watch.seen)


def test_other_workplaces_are_asked_for_before_the_scope_opens(
    tenant: Tenant, alice: Membership, client_for: Callable[[Membership | None], Client]
) -> None:
    """TEN-3.b: of a request that may write, since the page of its refusal shows them."""
    page, path = client_for(alice), f"/t/{tenant.slug}/accounts/new/"
    with CaptureQueriesContext(connection) as captured:
        assert page.post(path, {"name": ""}).status_code == 422
    heads = [query["sql"][:24] for query in captured]
    asked = [place for place, head in enumerate(heads) if head == "SELECT * FROM workplaces"]
    assert len(asked) == 1
    assert asked[0] < heads.index("SET LOCAL app.tenant_id ")


def ask_over_rest(api: Api, request_id: Any, advocate: Advocate) -> Any:
    draft = {
        "advocate": str(advocate.pk),
        "subject": "Half an hour?",
        "message": "Would you talk to them?",
        "slots": [{"starts_at": "2026-03-05T09:00:00Z", "ends_at": "2026-03-05T09:30:00Z"}],
        "override_reason": "Agreed by phone",
    }
    return api.post(f"requests/{request_id}/asks/", {"asks": [draft]})


def test_a_secret_is_looked_for_in_its_tenant_only(
    tenant: Tenant, alice: Membership, charlie: Membership
) -> None:
    """ID-3.b, API-3, TEN-3.b: a new one says whose it is and proves it; old ones work."""
    _tenant_of.cache_clear()
    with tenant_scope(tenant):
        token, secret = create_token(
            actor=Actor.system("test"), name="New", owner=alice, scopes=["accounts:read"], days=1
        )
    assert secret.startswith(token.prefix)
    assert Api(secret).get("accounts/").status_code == 200
    # The same secret with another tenant at its end is unknown, there as well as here.
    moved = secret[:-22] + tenant_ending(charlie.tenant_id)
    assert Api(moved).get("accounts/").status_code == 401
    with tenant_scope(tenant):
        other = ApiToken.objects.get(pk=token.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenant_of('token', %s, %s)", [other.digest, charlie.tenant_id])
        assert cursor.fetchone() == (None,)
        cursor.execute("SELECT tenant_of('token', %s, %s)", [other.digest, tenant.pk])
        assert cursor.fetchone() == (tenant.pk,)
        cursor.execute("SELECT tenant_of('token', %s)", [other.digest])
        assert cursor.fetchone() == (tenant.pk,)
    # Made before secrets said their tenant.
    assert api_for(alice).get("accounts/").status_code == 200
