"""Metrics against a second computation in plain Python, and their rows (MET-1, MET-3, MET-6)."""

import csv
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from math import exp, log, sqrt
from statistics import mean, stdev
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from scipy import stats

from activities.activities.models import Activity
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from reporting.metrics import breakdowns, deals
from reporting.metrics.attribution import MODELS, split
from reporting.metrics.frame import Frame
from reporting.metrics.intervals import Lengths, ratio_of_lengths, ratio_of_rates, wilson
from reporting.metrics.registry import METRICS
from reporting.rates.services import import_rates
from requests.models import Opportunity, Touchpoint
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AccountFactory
from tests.factories.measuring import ExchangeRateFactory
from tests.factories.requests import OpportunityFactory, TouchpointFactory
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def history(dice: random.Random, count: int) -> None:
    """Deals of a year and a half, some touched, in two currencies, some with something missing."""
    accounts = [AccountFactory(segment=each) for each in ("enterprise", "smb", "")]
    then = {"happened_at": datetime(2025, 1, 1, tzinfo=UTC)}
    then["completed_at"] = then["happened_at"]
    calls = [ActivityFactory(state="completed", **then) for _n in range(4)]
    rows, points = [], []
    for number in range(count):
        opened = date(2024, 7, 1) + timedelta(days=dice.randrange(500))
        closes = opened + timedelta(days=dice.randrange(0, 200))
        rows.append(
            OpportunityFactory.build(
                account=dice.choice([*accounts, None]),
                stage=dice.choice(["open", "qualified", "won", "won", "lost"]),
                opened_on=dice.choice([opened, opened, opened, None]),
                closes_on=dice.choice([closes] * 6 + [None]),
                amount=dice.choice([None, *(Decimal(dice.randrange(1, 9**7)) / 100,) * 9]),
                currency=dice.choice(["EUR", "EUR", "USD", "GBP", ""]),
                external_id=f"R-{number}",
            )
        )
    Opportunity.objects.bulk_create(rows)
    for row in rows:
        for call in dice.sample(calls, dice.choice([0, 0, 1, 1, 2, 3])):
            near = row.opened_on or date(2025, 5, 1)
            noon = datetime(near.year, near.month, near.day, 12, tzinfo=UTC)
            at = noon + timedelta(hours=dice.randrange(-24 * 30, 24 * 150))
            kind = dice.choice(["reference", "reference", "event"])
            points.append(Touchpoint(opportunity=row, activity=call, kind=kind, at=at))
        if dice.random() < 0.2:
            points.append(TouchpointFactory.build(opportunity=row, activity=None, at=at_noon(row)))
    Touchpoint.objects.bulk_create(points)
    for day, worth in ((date(2024, 12, 20), "0.9"), (date(2025, 6, 1), "0.95")):
        ExchangeRateFactory(currency="USD", on=day, rate=Decimal(worth))


def at_noon(row: Any) -> datetime:
    """On the day it closes, or a fixed one."""
    day = row.closes_on or date(2025, 5, 5)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def worth(row: Any) -> Decimal | None:
    """The amount in euro, by hand."""
    if row.amount is None:
        return None
    if row.currency in ("EUR", ""):
        return Decimal(row.amount)
    rates = {date(2024, 12, 20): Decimal("0.9"), date(2025, 6, 1): Decimal("0.95")}
    held = [day for day in rates if day <= row.closes_on < day + timedelta(days=92)]
    if row.currency != "USD" or not held:
        return None
    return (row.amount * rates[max(held)]).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def is_won(deal: Any) -> bool:
    """How it ended."""
    return bool(deal.stage == "won")


class ByHand:
    """The same numbers, from rows in memory."""

    def __init__(self, tenant: Tenant, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.deals = list(Opportunity.objects.all())
        self.points: dict[Any, list[Any]] = {deal.pk: [] for deal in self.deals}
        for point in Touchpoint.objects.order_by("at", "pk"):
            point.day = point.at.astimezone(tenant.zone).date()
            self.points[point.opportunity_id].append(point)

    def inside(self, day: date | None) -> bool:
        """Whether a day lies in the period."""
        return day is not None and self.first <= day <= self.last

    def touched(self, deal: Any, kinds: tuple[str, ...] = ("reference", "event", "share")) -> bool:
        """Whether something touched it in time."""
        begin = deal.opened_on or date.min
        over = deal.stage in ("won", "lost") and deal.closes_on
        end = deal.closes_on if over else date.max
        return any(p.kind in kinds and begin <= p.day <= end for p in self.points[deal.pk])

    def influenced(self) -> tuple[Decimal, int, int]:
        """Sum, deals counted, deals left out."""
        won = [
            worth(deal)
            for deal in self.deals
            if deal.stage == "won" and self.inside(deal.closes_on) and self.touched(deal)
        ]
        counted = [each for each in won if each is not None]
        return sum(counted, Decimal(0)), len(counted), len(won) - len(counted)

    def share(self, chosen: list[Any], good: Callable[[Any], bool]) -> tuple[int, int]:
        """How many of some."""
        return sum(good(deal) for deal in chosen), len(chosen)


@pytest.mark.parametrize("seed", [1])
def test_a_second_computation_agrees(scope: Tenant, seed: int) -> None:
    """MET-3.a, MET-3.b, MET-3.c, MET-3.d, MET-3.h, MET-3.i, MET-6.b, MET-6.c: in plain Python,
    on random histories; numbers are sums of their rows, the models of attribution share a total.
    """
    history(random.Random(seed), 400)
    frame, hand = Frame(scope, *YEAR), ByHand(scope, *YEAR)
    qualified = ("qualified", "won", "lost")

    total, counted, lost = hand.influenced()
    revenue = deals.INFLUENCED_REVENUE.read(frame)
    assert (revenue.value, revenue.counted) == (pytest.approx(float(total)), counted)
    assert sum(each.count for each in revenue.left_out if each.lacks != "day") == lost > 0
    assert {each.currency for each in revenue.left_out if each.lacks == "rate"} >= {"GBP"}
    rows = deals.INFLUENCED_REVENUE.behind(frame)
    assert sum(row.part or 0 for row in rows) == total

    by_type = breakdowns.REVENUE_BY_TYPE.read(frame)
    for model in MODELS:
        assert sum(bar.parts[model] for bar in by_type) == pytest.approx(float(total))
    by_month = breakdowns.REVENUE_BY_MONTH.read(frame)
    assert len(by_month) == 12
    assert sum(bar.total for bar in by_month) == pytest.approx(float(total))

    opened = [deal for deal in hand.deals if hand.inside(deal.opened_on)]
    good, all_ = hand.share([deal for deal in opened if deal.stage in qualified], hand.touched)
    supported = deals.DEALS_SUPPORTED.read(frame)
    assert (supported.numerator, supported.denominator) == (good, all_)
    assert supported.left_out[0].count == sum(
        deal.opened_on is None and deal.stage in qualified for deal in hand.deals
    )

    by_key = {deal.pk: deal for deal in hand.deals}
    references = [
        point
        for points in hand.points.values()
        for point in points
        if point.kind == "reference" and hand.inside(point.day)
    ]
    counts = sum(by_key[point.opportunity_id].stage in qualified for point in references)
    assert deals.QUALIFIED_REFERENCES.read(frame).value == counts

    first = {
        pk: min(days)
        for pk, points in hand.points.items()
        if (days := [point.day for point in points if point.kind == "reference"])
    }
    closed = [
        deal
        for deal in hand.deals
        if deal.stage in ("won", "lost") and hand.inside(first.get(deal.pk))
    ]
    rate = deals.REFERENCE_CLOSE_RATE.read(frame)
    wanted = hand.share(closed, is_won)
    assert (rate.numerator, rate.denominator) == wanted

    decided = [deal for deal in opened if deal.stage in ("won", "lost")]
    sides = {
        side: hand.share(
            [d for d in decided if hand.touched(d) is side], lambda d: d.stage == "won"
        )
        for side in (True, False)
    }
    wins = deals.WIN_RATE_DIFFERENCE.read(frame)
    assert [(group.counted, group.value) for group in wins.groups] == [
        (all_, pytest.approx(good / all_)) for good, all_ in sides.values()
    ]
    expected = (sides[True][0] / sides[True][1]) / (sides[False][0] / sides[False][1]) - 1
    assert wins.value == pytest.approx(expected)

    cycles = deals.CYCLE_DIFFERENCE.read(frame)
    lengths: dict[bool, list[float]] = {True: [], False: []}
    for deal in opened:
        if deal.stage == "won" and deal.closes_on and deal.closes_on >= deal.opened_on:
            days = max(1, (deal.closes_on - deal.opened_on).days)
            lengths[hand.touched(deal, ("reference",))].append(days)
    assert [group.counted for group in cycles.groups] == [len(each) for each in lengths.values()]
    one, other = ([log(day) for day in each] for each in lengths.values())
    assert cycles.value == pytest.approx(exp(mean(one) - mean(other)) - 1)
    welch = stats.ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    assert (cycles.low, cycles.high) == (
        pytest.approx(exp(welch.low) - 1),
        pytest.approx(exp(welch.high) - 1),
    )

    narrow = Frame(scope, *YEAR, segment="smb")
    names = {deal.pk for deal in hand.deals if deal.account and deal.account.segment == "smb"}
    found = {row.pk for row in deals.DEALS_SUPPORTED.behind(narrow)}
    assert found and found == {row.pk for row in deals.DEALS_SUPPORTED.behind(frame)} & names


def test_intervals_are_those_of_the_books() -> None:
    """MET-3.k: Wilson's against scipy's, Katz's against its formula by hand, Welch's t."""
    for good, count in ((0, 10), (3, 10), (34, 38), (10, 10)):
        reference = stats.binomtest(good, count).proportion_ci(method="wilson")
        assert wilson(good, count) == pytest.approx((reference.low, reference.high))
    # 15 of 30 against 20 of 80: twice as often; 1/15 - 1/30 + 1/20 - 1/80 = 0.0708.
    spread = 1.959964 * sqrt(0.0708333)
    assert ratio_of_rates(15, 30, 20, 80) == pytest.approx(
        (2 * exp(-spread), 2 * exp(spread)), rel=1e-4
    )
    one, other = [log(x) for x in (50, 70, 65, 90)], [log(x) for x in (80, 120, 60, 100, 95)]
    ratio, low, high = ratio_of_lengths(
        Lengths(4, mean(one), stdev(one)), Lengths(5, mean(other), stdev(other))
    )
    welch = stats.ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    assert (low, high) == pytest.approx((exp(welch.low), exp(welch.high)))
    assert ratio == pytest.approx(exp(mean(one) - mean(other)))


def test_cents_are_not_lost_when_a_deal_is_split() -> None:
    """MET-3.d: a hundred to three touchpoints of two kinds, whatever the model."""
    found = split([("a", Decimal("100.00"), k) for k in ("call", "event", "call")])
    assert found == {
        "call": {"first": 100, "last": 100, "linear": Decimal("66.67")},
        "event": {"first": 0, "last": 0, "linear": Decimal("33.33")},
    }


def test_too_few_deals_tell_nothing(scope: Tenant, clock: Clock, alice: Membership) -> None:
    """MET-3.k: below ten on a side no difference is said, but the counts are."""
    for number in range(12):
        OpportunityFactory(
            stage=["won", "lost"][number % 2],
            opened_on=date(2025, 12, 1),
            closes_on=date(2025, 12, 20),
        )
    reading = deals.WIN_RATE_DIFFERENCE.now(scope)
    assert (reading.value, reading.too_few) == (None, True)
    assert [group.counted for group in reading.groups] == [0, 12]
    body = api_for(alice).get("metrics/win_rate_difference/").json()
    assert (body["value"], body["too_few"], body["groups"][1]["counted"]) == (None, True, 12)


def test_a_rate_holds_until_the_next(scope: Tenant, alice: Membership) -> None:
    """MET-6.b: the rate of the day it closed; an old one, or of a former base, is none."""
    import_rates(
        actor=Actor.member(alice),
        text="on,currency,rate\n2025-03-01,usd,0.90\n2025-04-01,USD,0.80\n",
    )
    ExchangeRateFactory(currency="USD", on=date(2025, 9, 1), base="CHF", rate=2)
    days = (date(2025, 2, 28), date(2025, 3, 1), date(2025, 4, 30), date(2025, 9, 2))
    for day in days:
        deal = OpportunityFactory(stage="won", closes_on=day, amount=100, currency="USD")
        TouchpointFactory(opportunity=deal, at=datetime(2025, 1, 5, tzinfo=UTC))
    frame = Frame(scope, *YEAR)
    parts = {row.closes_on: row.part for row in deals.INFLUENCED_REVENUE.behind(frame)}
    assert [parts[day] for day in days] == [None, 90, 80, None]
    reading = deals.INFLUENCED_REVENUE.read(frame)
    assert reading.value == 170
    assert [(lost.lacks, lost.count, lost.currency) for lost in reading.left_out] == [
        ("rate", 2, "USD")
    ]


def test_every_number_is_the_sum_of_the_rows_it_leads_to(
    tenant: Tenant, alice: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """REP-1.b, REP-1.d, MET-6.a: each number of the program clicked; page, REST and file agree, and
    the rows of the file add up to it.
    """
    with tenant_scope(tenant):
        program = make_program(manager=alice, status="active")
        program.completed(hours_ago=60)
        program.completed("testimonial", hours_ago=24 * 20)
        program.scheduled()
        clock.set(datetime(2026, 3, 2, tzinfo=UTC))
        history(random.Random(3), 60)
        Activity.objects.filter(accepted_at=None).update(accepted_at=clock.now)
    client, api = client_for(alice), api_for(alice)
    asked = "?since=2025-01-01&until=2026-03-02"
    numbers = api.get(f"metrics/{asked}").json()
    assert {number["code"] for number in numbers} == set(METRICS)
    for number in numbers:
        url = f"/t/acme/metrics/{number['code']}/{asked}"
        assert number["name"] in client.get(url).text
        if number["terms"]:
            assert api.get(f"metrics/{number['code']}/rows/{asked}").status_code == 400
            continue
        answer: Any = client.get(f"{url}&export=csv")
        text = answer.getvalue().decode("utf-8-sig")
        parts = [row[-1] for row in csv.reader(StringIO(text))][1:]
        said = [float(part) for part in parts if part]
        if number["unit"] == "money":
            assert sum(said) == pytest.approx(number["value"] or 0)
        elif number["unit"] == "share" and number["code"] != "asks_by_segment":
            assert (sum(said), len(parts)) == (number["numerator"], number["denominator"] or 0)
        elif number["unit"] == "count":
            assert len(parts) == number["value"]
        elif number["unit"] == "difference":
            assert len(parts) == sum(group["counted"] for group in number["groups"])
        else:
            assert len(said) == number["counted"] or number["code"] == "asks_by_segment"
        if number["code"] in ("influenced_revenue", "ask_acceptance"):
            found = api.get(f"metrics/{number['code']}/rows/{asked}").json()["results"]
            assert len(found) == min(50, len(parts))
        book = CalamineWorkbook.from_filelike(BytesIO(got(client, f"{url}&export=xlsx")))
        cells = book.get_sheet_by_index(0).to_python()
        assert len(cells) - 1 == len(parts), number["code"]
        read = [row[-1] for row in cells[1:] if isinstance(row[-1], float | int)]
        assert sum(read) == pytest.approx(sum(said))


def got(client: Client, url: str) -> bytes:
    """A file, whole."""
    answer: Any = client.get(url)
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats"), url
    return bytes(b"".join(answer.streaming_content))


def test_what_makes_no_sense_is_said(scope: Tenant, alice: Membership) -> None:
    """REP-1.c: over REST each wrong parameter is named."""
    api = api_for(alice)
    for query, name in (
        ("since=2026-02-30", "since"),
        ("since=2025-02-01&until=2025-01-01", "since"),
        ("until=0001-01-01", "until"),
        ("segment=huge", "segment"),
        ("type=nothing", "type"),
        ("colour=red", "colour"),
    ):
        answer = api.get(f"metrics/influenced_revenue/?{query}")
        assert answer.status_code == 400
        assert name in str(answer.json()), query
