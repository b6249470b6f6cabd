"""The numbers on Today: what they count, and that each leads to just those rows (UI-2)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account, Capacity, Tier, TierStanding
from reporting import metrics, overview, presentation
from reporting.metrics import months_back
from requests.asks.choices import AskState
from requests.requests.choices import RequestState
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]


@pytest.fixture
def program(clock: Clock, tenant: Tenant, alice: Membership) -> Program:
    """Outside a scope, as a browser is."""
    with tenant_scope(tenant):
        return make_program(manager=alice)


def total_of(page: str) -> int:
    """How many rows a list page shows."""
    return len(re.findall(r'<tr role="row" id="row-', page))


def test_requests_by_state_lead_to_their_rows(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-2.b: every open state with its count; the link lists exactly those."""
    with tenant_scope(tenant):
        for state, count in (("submitted", 3), ("outreach", 2), ("closed", 4)):
            for _number in range(count):
                RequestFactory(state=state, manager=alice)
        chart = presentation.requests_by_state(alice)
        sales = MembershipFactory(role="sales")
        assert presentation.requests_by_state(sales) is None
    assert chart is not None
    counts = {part.label: part.total for part in chart.slices}
    assert (counts["Submitted"], counts["Asking"], counts["Scheduled"]) == (3, 2, 0)
    assert (chart.total, chart.longest) == (5, 3)
    assert "Closed" not in counts
    client = client_for(alice)
    for part in chart.slices:
        assert total_of(client.get(part.url).content.decode()) == part.total


def test_activities_by_month_and_effort(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.b, MET-1: twelve months by the day in the tenant's zone; each month lists its rows."""
    with tenant_scope(tenant):
        tenant.time_zone = "Pacific/Auckland"
        tenant.save(update_fields=["time_zone"])
        clock.set(datetime(2026, 3, 31, 9, 0, tzinfo=UTC))
        program.completed("reference_call", hours_ago=1)
        program.completed("speaking", hours_ago=2)
        clock.set(datetime(2026, 3, 31, 12, 0, tzinfo=UTC))  # in Auckland the first of April
        program.completed("testimonial")
        program.manager.tenant.refresh_from_db()
        chart = presentation.activities_by_month(program.manager)
    assert chart is not None
    assert [key for key, _label in chart.series] == ["low", "moderate", "high"]
    assert len(chart.slices) == 12
    march, april = chart.slices[-2:]
    assert (march.label, march.parts) == ("Mar 2026", [0, 1, 1])
    assert (april.label, april.parts) == ("Apr 2026", [1, 0, 0])
    assert sum(part.total for part in chart.slices[:-2]) == 0


def test_a_month_lists_its_rows(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.b: the heading of a month in the table leads to what was counted."""
    with tenant_scope(tenant):
        program.completed("reference_call", hours_ago=1)
        program.completed("testimonial", hours_ago=24 * 20)
        program.scheduled()
    client = client_for(alice)
    page = client.get("/t/acme/").content.decode()
    links = [unescape(found) for found in re.findall(r'data-short="\w+"><a href="([^"]+)"', page)]
    assert len(links) == 2
    assert [total_of(client.get(link).content.decode()) for link in links] == [1, 1]


def test_months_cross_the_year() -> None:
    """UI-2.b: the first days, the oldest first."""
    days = months_back(datetime(2026, 2, 28).date(), 4)
    assert [day.isoformat() for day in days] == [
        "2025-11-01",
        "2025-12-01",
        "2026-01-01",
        "2026-02-01",
    ]


def test_at_their_yearly_limit(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-2.b: the count is the number of rows behind its link."""
    with tenant_scope(tenant):
        Capacity.objects.update(allowance=0)
        (busiest, limit) = presentation.load_for(alice)
    assert limit.value == "1"
    assert busiest.value == "–"
    assert total_of(client_for(alice).get(limit.url).content.decode()) == 1


def test_tiers_say_what_to_look_at(program: Program, tenant: Tenant, alice: Membership) -> None:
    """UI-2.b, TIER-8.b, TIER-8.c: who waits comes first, then who is about to leave; few are not
    judged.
    """
    with tenant_scope(tenant):
        program.completed(hours_ago=24 * 300)
        picture = presentation.program_picture(alice)
        assert picture is not None
        rows = {row.tier.tier.code: row for row in picture.tiers}
        assert rows["silver"].task == "1 leaving"
        assert rows["platinum"].task == ""
        assert picture.judged is False
        TierStanding.objects.update(waiting_for=Tier.objects.get(code="silver"))
        picture = presentation.program_picture(alice)
        assert picture is not None
        assert {row.tier.tier.code: row.task for row in picture.tiers}["silver"] == "1 waits"


def test_every_metric_says_what_it_is(program: Program, tenant: Tenant) -> None:
    """UI-2.b, MET-6: name, formula, unit and period for each, and it can be read from nothing."""
    with tenant_scope(tenant):
        for metric in metrics.METRICS.values():
            assert metric.name and metric.formula and metric.days
            assert metric.unit in {"share", "hours", "count"}
            metric.now(tenant)
        for breakdown in metrics.BREAKDOWNS.values():
            assert breakdown.name and breakdown.formula
            breakdown.read(tenant)


def test_sales_sees_where_own_requests_stand(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-2.a, REQ-2.e: state, next step and day; nobody else's, and nothing that is over."""
    with tenant_scope(tenant):
        sales = MembershipFactory(role="sales")
        RequestFactory(requester=sales, prospect="Isdom", state=RequestState.OUTREACH)
        RequestFactory(requester=sales, prospect="Cancity", state=RequestState.CLOSED)
        RequestFactory(prospect="Kanfase")
    page = client_for(sales).get("/t/acme/").content.decode()
    assert "Nothing needs you right now" in page
    assert "Isdom" in page
    assert "We ask the next." in page
    assert "Cancity" not in page
    assert "Kanfase" not in page


def test_a_csm_sees_who_is_asked_at_own_accounts(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-2: never to learn of an ask from the customer; and how the own accounts do."""
    with tenant_scope(tenant):
        AskFactory(advocate=program.advocate, state=AskState.SENT)
        AskFactory(state=AskState.SENT)
        Account.objects.filter(owner=program.csm).update(health=50)
        (asked,) = overview.asked_at_own_accounts(program.csm)
        assert asked.ask.advocate == program.advocate
        accounts = overview.own_accounts(program.csm)
        assert accounts is not None
        assert (accounts.total, [count for _l, count, _t, _u in accounts.figures]) == (1, [0, 1, 0])
        assert overview.own_accounts(program.manager) is None
    client = client_for(program.csm)
    page = client.get("/t/acme/").content.decode()
    assert "Being asked at your accounts" in page
    for _label, count, _tone, url in accounts.figures:
        assert total_of(client.get(url).content.decode()) == count


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("approver", "Nothing to approve"),
        ("executive", "Nothing to sign"),
        ("marketing", "nominated"),
    ],
)
def test_an_empty_queue_says_what_will_turn_up(
    program: Program, client_for: Clients, tenant: Tenant, role: str, said: str
) -> None:
    """UI-1, UI-2.a: honest for each role."""
    with tenant_scope(tenant):
        member = MembershipFactory(role=role)
    assert said in client_for(member).get("/t/acme/").content.decode()


def test_time_to_fill_leads_to_what_was_confirmed(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """UI-2.b, MET-1: the requests confirmed within the metric's period, and no others."""
    with tenant_scope(tenant):
        for days in (3, 40, 120):
            RequestFactory(
                state=RequestState.CLOSED,
                submitted_at=clock.now - timedelta(days=days, hours=20),
                confirmed_at=clock.now - timedelta(days=days),
            )
        number = presentation.number(metrics.TIME_TO_FILL, alice)
    assert (number.value, number.tone) == ("20 h", "success")
    assert total_of(client_for(alice).get(number.url).content.decode()) == 2


def test_numbers_below_the_queue_say_target_and_period(
    program: Program, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """UI-2.b: as a program manager reads them, after the queue."""
    with tenant_scope(tenant):
        program.completed(hours_ago=60)
    page = client_for(alice).get("/t/acme/").text
    card = page.split("Thanked in time", 1)[1]
    assert "target 95 % · 30 days" in unescape(card)
    assert page.index('id="queue"') < page.index("Thanked in time")
