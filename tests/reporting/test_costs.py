"""Costs, budgets of them, and what the program is worth for them (COST-1, MET-5, REP-1)."""

import csv
import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from statistics import median
from typing import Any, ClassVar
from zipfile import ZipFile

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from activities.models import Asset
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Holiday, Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocacy.web.spreadsheets import workbook
from advocacy.web.views import exports
from reporting.cost_budgets.resource import COST_BUDGETS
from reporting.costs.resource import COSTS
from reporting.metrics.frame import Frame, day_length
from reporting.metrics.registry import METRICS
from reporting.models import Cost
from reporting.settings import MEASUREMENT
from tests.factories.activities import ActivityFactory
from tests.factories.assets import AssetFactory
from tests.factories.giving import GrantFactory
from tests.factories.measuring import CostBudgetFactory, CostFactory, ExchangeRateFactory
from tests.factories.requests import OpportunityFactory, RequestFactory, TouchpointFactory
from tests.factories.tenancy import MembershipFactory
from tests.kit.resource import ResourceCase
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock

Clients = Callable[[Membership | None], Client]


class TestCosts(ResourceCase):
    """COST-1.a: what for, when, how much."""

    resource, factory = COSTS, CostFactory
    viewers = "program_manager admin executive"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {
        "kind": "people",
        "name": "A manager, half their time",
        "starts_on": "2026-01-01",
        "ends_on": "2026-03-31",
        "hours": "100.00",
        "hourly_rate": "60.50",
        "segment": "smb",
    }
    changed: ClassVar[dict[str, Any]] = {"amount": "120.00"}
    wrong: ClassVar[dict[str, Any]] = {"ends_on": "2001-01-01"}
    moves: ClassVar[dict[str, Any]] = {"remove": ("program_manager admin", {}, "removed")}

    def test_every_move_is_tried(self) -> None:
        """Putting back begins elsewhere than the factory's row; below."""
        assert {*self.moves, "put_back"} == set(self.resource.services)

    def test_taken_out_and_put_back(self) -> None:
        """COST-1.a: what was taken out is in no number, and can be put back."""
        person, frame = self.member("admin"), Frame(self.tenant, *YEAR)
        with tenant_scope(self.tenant):
            assert METRICS["costs_written"].read(frame).value == 100
        assert api_for(person).post(f"costs/{self.row.pk}/remove/").status_code == 200
        with tenant_scope(self.tenant):
            assert METRICS["costs_written"].read(frame).value is None
        assert api_for(person).post(f"costs/{self.row.pk}/put-back/").status_code == 200
        assert self.verbs() == ["cost.put_back", "cost.removed"]


class TestCostBudgets(ResourceCase):
    """COST-1.c: which kind, how long, how much."""

    resource, factory = COST_BUDGETS, CostBudgetFactory
    viewers = "program_manager admin executive"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {
        "kind": "events",
        "starts_on": "2026-01-01",
        "ends_on": "2026-06-30",
        "amount": "5000.00",
    }
    changed: ClassVar[dict[str, Any]] = {"amount": "1200.00"}
    wrong: ClassVar[dict[str, Any]] = {"ends_on": "2001-01-01"}

    def body(self, values: Any) -> dict[str, Any]:
        """Of another kind than the form's: a kind has one budget at a time."""
        return {**super().body(values), "kind": "people"}


pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_hours_spread_and_currencies(scope: Tenant, alice: Membership, clock: Clock) -> None:
    """COST-1.a, MET-6.b: hours × rate say the amount; a cost of a period is spread over its days;
    in another currency it counts at the rate of its first day, or is left out, and said; segment.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    api = api_for(alice)
    body = {"kind": "people", "name": "A manager", "starts_on": "2026-01-01", "segment": "smb"}
    made = api.post(
        "costs/", body | {"ends_on": "2026-04-10", "hours": "100", "hourly_rate": "60.50"}
    )
    assert (made.status_code, made.json()["amount"]) == (201, "6050.00")
    first = Frame(scope, date(2026, 1, 1), date(2026, 1, 10))
    written = METRICS["costs_written"]
    assert written.read(first).value == 605  # ten days of a hundred
    assert written.read(Frame(scope, *YEAR)).value == 6050
    ExchangeRateFactory(currency="USD", on=date(2026, 1, 1), rate=Decimal("0.9"))
    CostFactory(kind="events", starts_on=date(2026, 1, 5), currency="USD")
    CostFactory(kind="events", starts_on=date(2026, 1, 5), currency="GBP")
    reading = written.read(first)
    assert reading.value == 695
    assert [(each.lacks, each.currency, each.of) for each in reading.left_out] == [
        ("rate", "GBP", "cost")
    ]
    assert written.read(Frame(scope, *YEAR, segment="smb")).value == 6050
    # A cost of one day stays one when the day is corrected.
    day = api.post("costs/", body | {"kind": "tools", "amount": "5"}).json()
    moved = api.patch(f"costs/{day['id']}/", {"starts_on": "2025-12-01"}).json()
    assert (moved["starts_on"], moved["ends_on"]) == ("2025-12-01", "2025-12-01")
    assert api.post("costs/", body | {"hours": "5"}).json()["errors"].keys() == {"hourly_rate"}
    for wrong, field in (
        ({}, "amount"),
        ({"amount": "1", "lead_source": "Fair"}, "lead_source"),
        ({"amount": "1", "kind": "acquisition"}, "lead_source"),
        ({"amount": "7", "hours": "1", "hourly_rate": "8"}, "amount"),
        ({"amount": "1", "starts_on": "1900-01-01"}, "starts_on"),
        ({"amount": "1", "ends_on": "2039-01-01"}, "ends_on"),
        ({"amount": "1", "currency": "Euro"}, "currency"),
        ({"amount": "-1"}, "amount"),
    ):
        refused = api.post("costs/", body | wrong)
        assert field in refused.json()["errors"], wrong
        assert refused.status_code in (400, 422), wrong


def test_acquisition_by_lead_source(
    tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """COST-1.a, REP-1.b: taken apart by kind and by lead source; each bar leads to rows that add up
    to it.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        CostFactory(kind="acquisition", lead_source="Fair", amount=300)
        CostFactory(kind="acquisition", lead_source="Adverts", amount=200)
        CostFactory(kind="acquisition", lead_source="Fair", amount=100)
        CostFactory(kind="tools", amount=50)
    client = client_for(alice)
    page = unescape(client.get("/t/acme/impact/?board=worth").text)
    links = set(re.findall(r'href="(/t/acme/metrics/costs_written/[^"]*of=[^"]*)"', page))
    found = {}
    for link in links:
        answer: Any = client.get(f"{link}&export=csv")
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]
        found[link.split("of=")[1]] = sum(float(row[-1]) for row in rows)
    assert found["acquisition%3AFair"] == 400
    assert found["acquisition%3AAdverts"] == 200
    assert (found["acquisition"], found["tools"], found["people"]) == (600, 50, 0)


def test_grants_and_expenses_flow_in(
    tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """COST-1.b: a benefit costs from its delivery on without anybody writing it; an expense that a
    system sends twice is there once; both are terms of one number, with rows of their own.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        make_program(manager=alice, status="active")
        GrantFactory(state="delivered", delivered_at=clock.now, cost=40)
        GrantFactory(state="returned", delivered_at=clock.now, cost=10)
        GrantFactory(state="approved", cost=1000)
    api = api_for(alice)
    expense = {"kind": "events", "name": "Dinner", "starts_on": "2026-02-03", "amount": "250.00"}
    expense["external_id"] = "EXP-7"
    assert api.post("costs/", expense).status_code == 201
    again = api.post("costs/", expense)
    assert (again.status_code, again.json()["code"]) == (422, "taken")
    found = api.get("metrics/program_costs/").json()
    assert (found["value"], found["unit"]) == (300, "money")
    terms = {each["code"]: each["amount"] for each in found["terms"]}
    assert terms == {"costs_written": 250, "costs_of_benefits": 50}
    rows = api.get("metrics/costs_of_benefits/rows/").json()["results"]
    assert sorted(row["part"] for row in rows) == [10, 40]
    page = unescape(client_for(alice).get("/t/acme/metrics/program_costs/").text)
    for link in re.findall(r'href="(/t/acme/metrics/costs_[^"]*)"', page):
        assert client_for(alice).get(link).status_code == 200
    assert "Costs of benefits" in page


def test_budget_against_committed_and_spent(
    tenant: Tenant, alice: Membership, client_for: Clients, clock: Clock
) -> None:
    """COST-1.c: of each kind what is spent up to today and what is written for days to come;
    incentives have the budgets of benefits; two budgets of a kind do not overlap.
    """
    clock.set(datetime(2026, 1, 10, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        CostBudgetFactory(kind="tools", starts_on=YEAR[0], ends_on=YEAR[1], amount=1000)
        CostFactory(kind="tools", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 20), amount=200)
        CostFactory(kind="tools", starts_on=date(2026, 6, 1), amount=950)
        CostFactory(kind="tools", starts_on=date(2025, 6, 1), amount=7)
        CostFactory(kind="tools", starts_on=date(2026, 1, 2), amount=7, currency="GBP")
        CostFactory(kind="people", starts_on=date(2026, 1, 1), amount=9)
        # Of a budget to come nothing is spent, of one that is over nothing is to come.
        CostBudgetFactory(
            kind="events", starts_on=date(2025, 1, 1), ends_on=date(2025, 3, 31), amount=500
        )
        CostFactory(
            kind="events", starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31), amount=730
        )
    rows = api_for(alice).get("cost-budgets/").json()["results"]
    (over,) = (each for each in rows if each["kind"] == "events")
    assert (over["spent"], over["committed"], over["left"]) == ("90.00", "0.00", "410.00")
    (row,) = (each for each in rows if each["kind"] == "tools")
    assert (row["spent"], row["committed"], row["left"]) == ("100.00", "1050.00", "-150.00")
    assert row["unrated"] == 1
    page = client_for(alice).get("/t/acme/cost-budgets/").text
    assert "Incentives" in page
    body = {"kind": "tools", "starts_on": "2026-12-31", "ends_on": "2027-01-31", "amount": "1"}
    refused = api_for(alice).post("cost-budgets/", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "taken")
    body["kind"] = "incentives"
    assert api_for(alice).post("cost-budgets/", body).status_code == 422


@pytest.fixture
def told(tenant: Tenant, alice: Membership, clock: Clock) -> None:
    """Two touched deals, one of a referral; costs of a thousand; two pieces of content."""
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tenant_scope(tenant):
        make_program(manager=alice, status="active")
        for amount, source in ((100_000, "Fair"), (70_000, "Customer Referral")):
            deal = OpportunityFactory(
                stage="won",
                opened_on=date(2026, 1, 1),
                closes_on=date(2026, 2, 20),
                amount=amount,
                currency="EUR",
                lead_source=source,
            )
            for day, kind in ((5, "event"), (6, "event"), (7, "share")):
                at = datetime(2026, 2, day, 12, tzinfo=UTC)
                done = ActivityFactory(completed=True) if kind == "event" else None
                TouchpointFactory(opportunity=deal, at=at, activity=done, kind=kind)
        CostFactory(kind="production", amount=600)
        CostFactory(kind="tools", amount=400)
        for _n in range(2):
            piece = AssetFactory()
            Asset.objects.filter(pk=piece.pk).update(published_at=clock.now)


def test_return_with_every_term(
    told: None, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """MET-5.a, MET-5.b: cost per advocate and per piece; ROI with each term shown, its factor of
    the tenant, and the way to its rows; referrals are not counted as influenced.
    """
    api = api_for(alice)
    with tenant_scope(tenant):
        enrolled = METRICS["enrolled"].read(Frame(tenant, *YEAR)).value
    found = {each["code"]: each for each in api.get("metrics/").json()}
    assert found["cost_per_advocate"]["value"] == pytest.approx(1000 / enrolled)
    assert found["cost_per_asset"]["value"] == 300
    gain = found["return_on_investment"]
    assert gain["value"] == pytest.approx((100_000 * 0.1 - 1000) / 1000)
    terms = {each["code"]: (each["side"], each["factor"], each["amount"]) for each in gain["terms"]}
    assert terms == {
        "revenue_without_referrals": ("value", 0.1, 10_000),
        "assets_published": ("value", 0, None),
        "costs_written": ("cost", None, 1000),
        "costs_of_benefits": ("cost", None, None),
    }
    with tenant_scope(tenant):
        values = {"content_value": 500, "attribution_percent": 20}
        change_settings(actor=Actor.member(alice), family=MEASUREMENT, values=values)
    gain = api.get("metrics/return_on_investment/").json()
    assert gain["value"] == pytest.approx((20_000 + 2 * 500 - 1000) / 1000)
    # What not every term can be narrowed by narrows none of them.
    narrowed = api.get("metrics/return_on_investment/?region=apac").json()
    assert narrowed["value"] == gain["value"]
    client = client_for(alice)
    page = unescape(client.get("/t/acme/metrics/return_on_investment/").text)
    assert "× 20" in page and "What referrals bring is not measured yet" in page
    for code in terms:
        link = re.findall(rf'href="(/t/acme/metrics/{code}/[^"]*)"', page)[0]
        assert client.get(link).status_code == 200
        assert "since=2025-03-03&until=2026-03-02" in link, "the days of the number itself"
    answer: Any = client.get("/t/acme/metrics/return_on_investment/?export=csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert float(rows[-1]["Amount"]) == pytest.approx(gain["value"])
    book = CalamineWorkbook.from_filelike(
        BytesIO(
            b"".join(
                client.get("/t/acme/metrics/return_on_investment/?export=xlsx").streaming_content
            )  # type: ignore[attr-defined]
        )
    )
    assert book.get_sheet_by_index(0).to_python()[-1][5] == pytest.approx(gain["value"])


def test_nothing_is_divided_by_nothing(
    told: None, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """MET-5.a, MET-5.b: without costs it says so; sales see none of it."""
    with tenant_scope(tenant):
        Cost.objects.update(state="removed")
        sam = MembershipFactory(role="sales")
    page = client_for(alice).get("/t/acme/metrics/return_on_investment/").text
    assert "no costs are written in this period" in page
    assert api_for(alice).get("metrics/cost_per_asset/").json()["lacks"] == "costs"
    assert client_for(sam).get("/t/acme/metrics/program_costs/").status_code == 404
    assert client_for(sam).get("/t/acme/costs/").status_code == 403


def test_each_bar_leads_to_its_rows(
    told: None, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """REP-1.b: highest effort and revenue by touchpoint: the rows behind a bar add up to it, to the
    cent.
    """
    client = client_for(alice)
    parts = {
        each["code"]: each["parts"] for each in api_for(alice).get("metrics/breakdowns/").json()
    }
    for board, breakdown, code, nothing in (
        ("program", "advocates_by_effort", "enrolled", "nothing"),
        ("executive", "revenue_by_type", "revenue_shares", ""),
    ):
        page = unescape(client.get(f"/t/acme/impact/?board={board}").text)
        bars = parts[breakdown]
        assert bars
        for bar in bars:
            key = bar["key"] or nothing
            links = re.findall(rf'href="(/t/acme/metrics/{code}/[^"]*of={key}[^"]*)"', page)
            assert links, (board, key)
            answer: Any = client.get(f"{links[0]}&export=csv")
            rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]
            assert sum(Decimal(row[-1]) for row in rows) == Decimal(str(bar["total"]))


def test_people_of_a_part_are_listed(
    told: None, tenant: Tenant, alice: Membership, client_for: Clients
) -> None:
    """REP-1.b: by tier and by status also for a segment and for a period that is over."""
    client, asked = client_for(alice), "?board=program&since=2026-01-01&until=2026-03-01"
    parts = {
        each["code"]: each["parts"]
        for each in api_for(alice)
        .get("metrics/breakdowns/?since=2026-01-01&until=2026-03-01")
        .json()
    }
    page = unescape(client.get(f"/t/acme/impact/{asked}").text)
    seen = 0
    for what, breakdown in (("tier", "advocates_by_tier"), ("status", "advocates_by_status")):
        for bar in parts[breakdown]:
            key = f"of={what}%3A{bar['key']}"
            links = [
                link
                for link in re.findall(r'href="(/t/acme/metrics/everybody/[^"]*)"', page)
                if link.endswith(key)
            ]
            if not links:
                assert not bar["total"], bar
                continue
            answer: Any = client.get(f"{links[0]}&export=csv")
            rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]
            assert len(rows) == bar["total"], bar
            seen += len(rows)
    assert seen


def test_a_workbook_holds_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    """REP-1.d: text that looks like a formula or an address is text, as it was; numbers and days
    are numbers and days; what no cell holds is kept as text or cut, never an error.
    """
    texts = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2", "http://a.example", "\x01\ud800<b>"]
    raw = '<r></r></is></c><c r="Z2"><f>1+1</f></c><c t="inlineStr"><is><r></r>'
    moment = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
    row = [*texts, "x" * 40_000, 10**20, Decimal("1.25"), float("nan"), date(1800, 1, 1), moment]
    data = workbook([("A/B:*[x]" * 9, ["=head"], [row, [raw]]), ("a/b", [], [])]).read()
    with ZipFile(BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "hyperlink" not in sheet
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    head, cells, last = book.get_sheet_by_index(0).to_python()[:3]
    assert last[0].strip() == raw
    assert head[0] == "=head"
    assert cells[:5] == texts[:5]
    assert (len(cells[6]), cells[7], cells[8]) == (32_767, str(10**20), 1.25)
    assert cells[9:11] == ["nan", "1800-01-01"]


def test_too_long_a_workbook_is_refused(
    told: None, alice: Membership, client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REP-1.d, BAD-1: it says what takes them all; lists and dashboards have both files."""
    client = client_for(alice)
    url = "/t/acme/metrics/influenced_revenue/"
    assert "export=xlsx" in client.get(url).text
    monkeypatch.setattr(exports, "MOST_XLSX", 1)
    answer = client.get(f"{url}?export=xlsx")
    assert answer.status_code == 422
    assert "Take the CSV file" in answer.content.decode()
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get("/t/acme/impact/?board=worth&export=xlsx").streaming_content))  # type: ignore[attr-defined]
    )
    assert len(book.sheet_names) == 3
    lines = {row[0]: row[2] for row in book.get_sheet_by_index(0).to_python()[1:]}
    same = api_for(alice).get("metrics/program_costs/?period=365").json()["value"]
    assert lines["program_costs"] == same == 1000


def test_business_time_to_fill(scope: Tenant, alice: Membership, clock: Clock) -> None:
    """MET-1.g: the median in business days of the tenant's calendar, as the calendar itself counts
    it row by row: weekends, holidays, nights and a change of the clock.
    """
    clock.set(datetime(2026, 4, 20, 12, tzinfo=UTC))
    dice = random.Random(5)
    Holiday.objects.create(day=date(2026, 4, 3), name="Good Friday")
    for _n in range(25):
        asked = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=dice.randrange(60 * 24 * 40))
        took = timedelta(minutes=dice.randrange(60 * 24 * 6))
        RequestFactory(submitted_at=asked, confirmed_at=asked + took)
    metric = METRICS["business_time_to_fill"]
    frame = Frame(scope, date(2026, 3, 1), date(2026, 4, 30))
    calendar = calendar_of(Tenant.objects.get(pk=scope.pk))
    hours = []
    for row in metric.behind(frame):
        by_hand = calendar.hours_between(row.submitted_at, row.confirmed_at)
        assert row.part / timedelta(hours=1) == pytest.approx(by_hand)
        hours.append(by_hand)
    assert len(hours) == 25
    length = day_length(scope) / timedelta(hours=1)
    assert metric.read(frame).value == pytest.approx(median(hours) / length)
    body = api_for(alice).get("metrics/business_time_to_fill/").json()
    assert (body["target"], body["unit"]) == (2, "business_days")
    days = f"since={frame.first}&until={frame.last}&page_size=50"
    rows = api_for(alice).get(f"metrics/business_time_to_fill/rows/?{days}").json()["results"]
    assert median(row["part"] for row in rows) == pytest.approx(median(hours) / length)
