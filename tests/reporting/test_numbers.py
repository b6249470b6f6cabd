"""The numbers on Today: what they count, and that each leads to just those rows (UI-2)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import (
    Account,
    ActivityType,
    Capacity,
    Preference,
    Tier,
    TierStanding,
    TypePreference,
)
from reporting import first_pages, overview, pictures, presentation
from reporting.metrics import breakdowns
from reporting.metrics import program as metrics
from reporting.metrics.breakdowns import months_back
from reporting.metrics.frame import Frame
from reporting.metrics.registry import METRICS
from requests.asks.choices import AskState
from requests.requests.choices import RequestState
from tests.factories.advocates import AdvocateFactory, OutcomeFactory
from tests.factories.moments import MomentFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.signals import SignalFactory
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
        chart = pictures.requests_by_state(alice)
        sales = MembershipFactory(role="sales")
        assert pictures.requests_by_state(sales) is None
    assert chart is not None
    counts = {part.label: part.total for part in chart.points}
    assert (counts["Submitted"], counts["Asking"], counts["Scheduled"]) == (3, 2, 0)
    assert (chart.total, chart.longest) == (5, 3)
    assert "Closed" not in counts
    client = client_for(alice)
    for part in chart.points:
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
        chart = pictures.activities_by_month(program.manager)
    assert chart is not None
    assert [series.shade for series in chart.series] == [3, 2, 1]
    assert len(chart.points) == 12
    march, april = chart.points[-2:]
    assert (march.label, march.values) == ("Mar 2026", [0, 1, 1])
    assert (april.label, april.values) == ("Apr 2026", [1, 0, 0])
    assert sum(part.total for part in chart.points[:-2]) == 0


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
    headings = re.findall(
        r'<th scope="row"><a href="([^"]+)"', page.split("chart-activities_by")[1]
    )
    links = [unescape(each) for each in headings if "happened_after" in each]
    # A bar leads where its row's heading leads; a month without any leads nowhere new.
    bars = re.findall(r'<a class="chart-bar" href="([^"]+)" aria-label="(\w+ \d+: 1) ', page)
    assert {unescape(url) for url, _words in bars} <= set(links)
    links = [unescape(url) for url, _words in bars]
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
        picture = pictures.program_picture(alice)
        assert picture is not None
        rows = {row.tier.tier.code: row for row in picture.tiers}
        assert rows["silver"].task == "1 leaving"
        assert rows["platinum"].task == ""
        assert picture.judged is False
        TierStanding.objects.update(waiting_for=Tier.objects.get(code="silver"))
        picture = pictures.program_picture(alice)
        assert picture is not None
        assert {row.tier.tier.code: row.task for row in picture.tiers}["silver"] == "1 waits"


def test_every_metric_says_what_it_is(program: Program, tenant: Tenant) -> None:
    """UI-2.b, MET-6: name, formula, unit and period for each, and it can be read from nothing."""
    with tenant_scope(tenant):
        for metric in METRICS.values():
            assert metric.name and metric.formula and metric.days and metric.source and metric.dated
            assert metric.unit in {
                "share",
                "hours",
                "days",
                "count",
                "money",
                "difference",
                "return",
                "business_days",
            }
            metric.now(tenant)
        for breakdown in breakdowns.BREAKDOWNS.values():
            assert breakdown.name and breakdown.formula
            breakdown.read(Frame.of_last(tenant, breakdown.days))


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


def test_marketing_sees_whom_to_ask_for_what(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-2.b: who accepts which content, what may be quoted, what was said unasked; every number
    leads to just its rows.
    """
    with tenant_scope(tenant):
        kind = ActivityType.objects.get(code="testimonial")
        kinds = ActivityType.objects.filter(is_on=True, produces__in=first_pages.CONTENT)
        member = MembershipFactory(role="marketing")
        other = AdvocateFactory(status="active")
        for person in (program.advocate, other):
            Preference.objects.update_or_create(
                advocate=person, defaults={"comforts": ["written_quote"]}
            )
        TypePreference.objects.create(advocate=other, activity_type=kind, accepted=False)
        OutcomeFactory(advocate=program.advocate, metric="Hours a week", may_be_quoted=True)
        OutcomeFactory(advocate=other, metric="Kept to ourselves", may_be_quoted=False)
        SignalFactory(advocate=other, note="They saved our autumn.")
        voices = first_pages.voices_for(member)
        assert first_pages.voices_for(program.manager) is None
        names = set(kinds.values_list("name", flat=True))
    assert voices is not None and voices.willing is not None
    totals = {point.label: point.total for point in voices.willing.points}
    assert set(totals) == names
    assert totals[kind.name] == 1
    client = client_for(member)
    page = client.get("/t/acme/").text
    assert "Hours a week" in page
    assert "Kept to ourselves" not in page
    assert "They saved our autumn." in page
    for point in voices.willing.points:
        assert total_of(client.get(point.url).text) == point.total
    assert total_of(client.get(voices.quotable_url).text) == voices.quotable_count == 1


def test_an_executive_sees_whom_they_sponsor(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-2.b: the program's few numbers, own people, open moments; nobody else's people."""
    with tenant_scope(tenant):
        member = MembershipFactory(role="executive")
        mine = AdvocateFactory(status="active", executive_sponsor=member, last_name="Sponsored")
        AdvocateFactory(status="active", last_name="Elsewhere")
        moment = MomentFactory(account=mine.account, note="Renewed for three years.")
        MomentFactory(account=mine.account, note="Long over.", state="dismissed", reason="No.")
        assert [number.label for number in presentation.numbers_for(member)] == [
            *("Thanked in time", "Time to fill", "Asks accepted", "Engaged advocates")
        ]
    client = client_for(member)
    page = client.get("/t/acme/").text
    assert "Sponsored" in page
    assert "Elsewhere" not in page
    assert f"/moments/{moment.pk}/" in page
    assert "Long over." not in page


def test_an_approver_learns_whom_to_turn_to(
    program: Program, tenant: Tenant, client_for: Clients
) -> None:
    """UI-1.g: no promise of a list that does not exist; who runs the program, one press away."""
    with tenant_scope(tenant):
        member = MembershipFactory(role="approver")
    page = client_for(member).get("/t/acme/").text
    assert f'href="mailto:{program.manager.user.email}"' in page
    assert page.count("btn-primary") == 2  # the page's, and the one of the dialog that confirms
    assert program.advocate.name not in page


def test_a_new_program_begins_with_steps(client_for: Clients, tenant: Tenant) -> None:
    """UI-1.g: an empty tenant shows what to do first, and no empty pictures; steps that are done
    are ticked, and all done are gone.
    """
    with tenant_scope(tenant):
        admin = MembershipFactory(role="admin")
        Membership.objects.exclude(pk=admin.pk).update(is_active=False)
        steps = first_pages.first_steps(admin)
        assert not any(step.done for step in steps)
    client = client_for(admin)
    page = client.get("/t/acme/").text
    assert "Bring in accounts and people" in page
    assert "chart-picture" not in page
    assert "tiers-now" not in page
    with tenant_scope(tenant):
        program = make_program(manager=admin)
        assert {s.code for s in first_pages.first_steps(admin) if s.done} == {
            "import",
            "colleagues",
        }
        RequestFactory(manager=program.manager)
        assert first_pages.first_steps(admin) == []
        assert first_pages.first_steps(program.csm) == []


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


def test_a_number_leads_nowhere_for_whom_its_rows_are_not(program: Program, clock: Clock) -> None:
    """UI-2: sales read how long it takes on their first page, and not whose requests those were."""
    with tenant_scope(program.manager.tenant):
        RequestFactory(
            state=RequestState.CLOSED,
            submitted_at=clock.now - timedelta(days=4),
            confirmed_at=clock.now - timedelta(days=3),
        )
        seller = MembershipFactory(role="sales")
        assert presentation.number(METRICS["time_to_fill"], seller).url == ""
        assert presentation.number(METRICS["time_to_fill"], program.manager).url


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
