"""Goals and exchange rates (GOAL-1, MET-6.b)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import TierStanding
from reporting.goals.choices import GoalMetric
from reporting.goals.headcount import headcount_plan
from reporting.goals.progress import progress_of
from reporting.goals.resource import GOALS
from reporting.goals.services import set_starting_ambitions
from reporting.metrics.registry import METRICS
from reporting.models import ExchangeRate, Goal
from reporting.rates.resource import RATES
from tests.factories.activities import ActivityFactory
from tests.factories.measuring import ExchangeRateFactory, GoalFactory
from tests.factories.requests import OpportunityFactory, TouchpointFactory
from tests.kit.resource import ResourceCase
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock


class TestGoals(ResourceCase):
    """GOAL-1.a: a number, a target, a period."""

    resource, factory = GOALS, GoalFactory
    viewers = "program_manager admin csm marketing executive sales"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {
        "metric": "engagement",
        "target": "60",
        "starts_on": "2026-01-01",
        "ends_on": "2026-06-30",
        "segment": "smb",
        "region": "",
    }
    changed: ClassVar[dict[str, Any]] = {"target": "55.00"}
    wrong: ClassVar[dict[str, Any]] = {"ends_on": "2001-01-01"}
    moves: ClassVar[dict[str, Any]] = {
        "drop": ("program_manager admin", {}, "given_up"),
    }

    def body(self, values: Any) -> dict[str, Any]:
        """For another part than the form's: a number has one goal for each part and period."""
        return {**super().body(values), "segment": "enterprise"}

    def test_every_move_is_tried(self) -> None:
        """Taking up begins elsewhere than the factory's row; below."""
        assert {*self.moves, "take_up"} == set(self.resource.services)

    def test_take_up(self) -> None:
        """GOAL-1.a: what was dropped is taken up again, unless another took its place."""
        person = self.member("admin")
        with tenant_scope(self.tenant):
            old, other = GoalFactory(state="given_up"), GoalFactory(state="given_up")
            GoalFactory(starts_on=other.starts_on)
        assert api_for(person).post(f"goals/{old.pk}/take-up/").status_code == 200
        assert self.verbs(old.pk) == ["goal.taken_up"]
        refused = api_for(person).post(f"goals/{other.pk}/take-up/")
        assert (refused.status_code, refused.json()["code"]) == (422, "taken")


class TestRates(ResourceCase):
    """MET-6.b: what one unit was worth, from a day on."""

    resource, factory = RATES, ExchangeRateFactory
    viewers = "program_manager admin executive"
    editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {"currency": "GBP", "on": "2026-01-05", "rate": "1.150000000"}
    changed: ClassVar[dict[str, Any]] = {"rate": "1.200000000"}
    wrong: ClassVar[dict[str, Any]] = {"currency": "EUR"}

    def body(self, values: Any) -> dict[str, Any]:
        """Of another day than the form's, since a day has one rate."""
        return {**super().body(values), "on": "2026-01-06"}


pytestmark = pytest.mark.django_db


def references(days: list[date]) -> None:
    """A completed reference of a qualified deal on each day."""
    then = datetime(2025, 1, 1, tzinfo=UTC)
    call = ActivityFactory(state="completed", happened_at=then, completed_at=then)
    for day in days:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        TouchpointFactory(opportunity=OpportunityFactory(), activity=call, kind="reference", at=at)


def test_pace_forecast_and_baseline(scope: Tenant, clock: Clock, alice: Membership) -> None:
    """GOAL-1.a: twenty in the first hundred days of a year; the rest as a Poisson process goes on,
    the own last ninety days beside it.
    """
    clock.set(datetime(2026, 4, 10, 12, tzinfo=UTC))
    first = date(2026, 1, 1)
    references([first + timedelta(days=5 * number) for number in range(20)])
    goal = GoalFactory(starts_on=first, ends_on=date(2026, 12, 31), target=Decimal(50))
    found = progress_of(goal, scope)
    assert (found.phase, found.reading.value, found.on_pace) == ("running", 20, True)
    assert found.expected == pytest.approx(50 * 100 / 365)
    # 20 + 20 * 2.65 to come; deviation of what comes: sqrt(20 * 2.65 * 3.65).
    assert found.forecast is not None
    assert found.forecast.value == pytest.approx(73)
    assert found.forecast.high == pytest.approx(73 + 1.959964 * (20 * 2.65 * 3.65) ** 0.5)
    # In the ninety days up to today eighteen of them.
    assert found.baseline == pytest.approx(18 * 365 / 90)
    body = api_for(alice).get(f"goals/{goal.pk}/progress/").json()
    assert (body["value"], body["on_pace"], body["forecast"]) == (20, True, pytest.approx(73))
    clock.set(datetime(2027, 1, 1, 12, tzinfo=UTC))
    assert (progress_of(goal, scope).phase, progress_of(goal, scope).on_pace) == ("over", False)
    later = GoalFactory(starts_on=date(2027, 2, 1), ends_on=date(2027, 12, 31))
    assert progress_of(later, scope).phase == "ahead"


def test_ambitions_orientation_and_headcount(
    tenant: Tenant, alice: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """GOAL-1.b, GOAL-1.c, GOAL-1.d: set by one press, once; what others report is marked as theirs;
    the plan follows the size of the company and the deals it has.
    """
    client = client_for(alice)
    with tenant_scope(tenant):
        make_program(manager=alice, status="active")
        assert {code for code in GoalMetric.values if code in METRICS} == set(GoalMetric.values)
        for code, label in GoalMetric.choices:
            assert label == METRICS[code].name
    client.post("/t/acme/goals/starting-ambitions/")
    with tenant_scope(tenant):
        targets = dict(Goal.objects.values_list("metric", "target"))
        assert targets == {
            "qualified_references": 50,
            "reference_close_rate": 90,
            "deals_supported": 80,
            "win_rate_difference": 15,
            "cycle_difference": -20,
            "thanked_in_time": 95,
        }
        assert set_starting_ambitions(actor=Actor.member(alice)) == 0
        for number in range(400):
            OpportunityFactory(opened_on=clock.now.date() - timedelta(days=number % 300))
        plan = headcount_plan(tenant)
        assert (plan.scale, plan.deals) == (1, 400)
        assert [(tier.plan, tier.most) for tier in plan.tiers] == [
            (50, 100),
            (150, 300),
            (300, 500),
            (1000, None),
        ]
        assert sum(tier.now for tier in plan.tiers) == TierStanding.objects.count()
    page = client.get("/t/acme/goals/").text
    for words in ("Reported by other programs", "+15 to +25 %", "no target of yours", "1000"):
        assert words in page
    assert api_for(alice).get("goals/headcount/").json()["tiers"][0]["plan"] == 50


def test_rates_come_in_files(
    tenant: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """MET-6.b, BAD-1: imported all or nothing; a wrong line is named, twice changes nothing."""
    client = client_for(alice)

    def send(text: str) -> Any:
        file = SimpleUploadedFile("rates.csv", text.encode())
        return client.post("/t/acme/rates/import/", {"file": file})

    good = "on,currency,rate\n2026-01-02,USD,0.91\n2026-01-03,usd,0.92\n"
    bad = send(good + "2026-01-04,USD,lots\n")
    assert bad.status_code == 422
    assert "Line 4" in bad.content.decode()
    assert "“rate” is missing" in send("on,currency\n").content.decode()
    with tenant_scope(tenant):
        assert not ExchangeRate.objects.exists()
    for _again in range(2):
        assert send(good).status_code == 302
    with tenant_scope(tenant):
        assert list(ExchangeRate.objects.values_list("rate", flat=True)) == [
            Decimal("0.92"),
            Decimal("0.91"),
        ]
