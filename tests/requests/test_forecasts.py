"""How likely a yes is, from like asks, and whether it turned out so (TIMER-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocates.models import ActivityType
from requests.asks.choices import AskState
from requests.forecasts.accuracy import accuracy, latest_foretold
from requests.forecasts.choices import Likeness
from requests.forecasts.history import forecast
from requests.forecasts.words import said, which, within
from requests.models import Ask, Request
from requests.requests import services
from tests.factories.advocates import ActivityTypeFactory, AdvocateFactory, ParticipationFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db
NO = AskState.DECLINED


@pytest.fixture
def kind(scope: Tenant) -> ActivityType:
    return ActivityTypeFactory.create(
        code="short_call", name="Short call", effort="low", needs_comfort=["private_call"]
    )


@pytest.fixture
def answered(scope: Tenant, clock: Clock) -> Callable[..., None]:
    """Asks of one request that were answered, the yeses after so many hours."""
    advocate = AdvocateFactory.create()

    def make(
        kind: ActivityType,
        *,
        yes: tuple[float, ...] = (),
        no: int = 0,
        state: str = NO,
        ago: int = 30,
        **about: Any,
    ) -> None:
        sent = clock.now - timedelta(days=ago)
        rows = [*((AskState.ACCEPTED, hours) for hours in yes), *((state, 1.0) for _ in range(no))]
        for outcome, hours in rows:
            AskFactory.create(
                request=RequestFactory.create(activity_type=kind, **about),
                advocate=advocate,
                participation=ParticipationFactory.create(
                    advocate=advocate, activity_type=kind, origin="volunteered", units=0
                ),
                state=outcome,
                sent_at=sent,
                answered_at=sent + timedelta(hours=hours),
            )

    return make


def test_the_narrowest_group_that_is_large_enough(
    kind: ActivityType, answered: Callable[..., None]
) -> None:
    """TIMER-1.a, TIMER-1.b: share, median time and count of like asks; the group is widened where
    they are fewer than 20, and that is said.
    """
    trade = {"industry": "Health", "region": "emea"}
    answered(kind, yes=(1, 2, 3, 10, 30), no=14, **trade)
    found = forecast(kind, industry="health", region="emea")
    assert (found.likeness, found.asks, found.yes) == (Likeness.ALL, 19, None)
    assert "19 asks were answered so far, it takes 20" in said(found)
    assert which(found, kind) == ""

    answered(kind, no=1, industry="Health", region="apac")
    found = forecast(kind, industry="HEALTH ", region="emea")
    assert (found.likeness, found.asks, found.yes, found.minutes) == (
        Likeness.INDUSTRY,
        20,
        5,
        180,
    )
    assert said(found) == (
        "25 % of asks like this one were a yes (5 of 20); half of the yeses came within 3 h."
    )
    assert "Fewer than 20 for health in Europe, Middle East and Africa, so all" in which(
        found, kind, industry="health", region="emea"
    )
    answered(kind, no=1, **trade)
    assert forecast(kind, industry="Health", region="emea").likeness == Likeness.MARKET
    assert forecast(kind, industry="Mining", region="emea").likeness == Likeness.TYPE

    other = ActivityTypeFactory.create(effort="low")
    assert forecast(other).likeness == Likeness.EFFORT
    assert forecast(ActivityTypeFactory.create(effort="high")).likeness == Likeness.ALL


def test_only_answers_count(
    kind: ActivityType, answered: Callable[..., None], clock: Clock
) -> None:
    """TIMER-1.a: what was withdrawn, filled or still waits says nothing, nor what is too long ago;
    what expired was no yes, and a yes that fell through was one.
    """
    answered(kind, yes=(4,) * 10, no=5)
    answered(kind, no=5, state=AskState.EXPIRED)
    for state in (AskState.SENT, AskState.FILLED, AskState.CANCELLED):
        answered(kind, no=3, state=state)
    answered(kind, no=9, ago=800)
    found = forecast(kind)
    assert (found.asks, found.yes, found.percent, found.minutes) == (20, 10, 50, 240)


def test_nothing_is_made_up_of_a_time_nobody_needed(
    kind: ActivityType, answered: Callable[..., None]
) -> None:
    """TIMER-1.b: without a yes there is no time of one."""
    answered(kind, no=20)
    found = forecast(kind)
    assert (found.percent, found.minutes) == (0, None)
    assert said(found) == "None of 20 asks like this one was a yes."


def test_a_time_is_never_said_too_short() -> None:
    """TIMER-1.a: rounded up in the unit it is said in."""
    assert [within(minutes) for minutes in (1, 59, 61, 1439, 1441, 20161)] == [
        "1 min",
        "59 min",
        "2 h",
        "1 day",
        "2 days",
        "3 weeks",
    ]


def test_the_form_says_it_before_anything_is_submitted(
    kind: ActivityType,
    answered: Callable[..., None],
    membership: Callable[..., Membership],
    client_for: Callable[..., Any],
    tenant: Tenant,
) -> None:
    """TIMER-1.a: sales reads it on the form, and over REST."""
    answered(kind, yes=(2,) * 12, no=8)
    sales = membership(Role.SALES)
    page = f"/t/{tenant.slug}/requests/new/"
    told = client_for(sales).post(page, {"_look": "1", "activity_type": str(kind.pk)})
    assert "60 % of asks like this one were a yes (12 of 20)" in told.content.decode()
    told = client_for(sales).post(page, {"_look": "1", "activity_type": ""})
    assert "of asks like this one" not in told.content.decode()
    assert not Request.objects.exclude(asks__isnull=False).exists()

    api = api_for(sales)
    found = api.get("/api/v1/requests/forecast/short_call/").json()
    assert (found["percent"], found["asks"], found["minutes"]) == (60, 20, 120)
    refused = api.get("/api/v1/requests/forecast/short_call/?region=moon")
    assert refused.status_code == 400 and "region" in refused.json()["errors"]
    assert api.get("/api/v1/requests/forecast/nonsense/").status_code == 404
    for unknown in ("forecast/short_call/?foo=1", "?activity_type=nope"):
        assert api.get(f"/api/v1/requests/{unknown}").status_code == 400
    assert api.get("/api/v1/requests/?activity_type=short_call").status_code == 200


def test_what_was_said_is_held_against_what_happened(
    kind: ActivityType,
    answered: Callable[..., None],
    membership: Callable[..., Membership],
    client_for: Callable[..., Any],
    tenant: Tenant,
    clock: Clock,
) -> None:
    """TIMER-1.c: kept at submission, compared later, for who runs the program."""
    answered(kind, yes=(2,) * 15, no=5)
    sales, manager = membership(Role.SALES), membership(Role.PROGRAM_MANAGER)
    draft = RequestFactory.create(activity_type=kind, requester=sales, state="draft")
    request = services.submit_request(actor=Actor.member(sales), request=draft)
    kept = Request.objects.get(pk=request.pk)
    assert (kept.forecast_likeness, kept.forecast_asks, kept.forecast_yes) == ("type", 20, 15)
    assert kept.forecast_minutes == 120
    assert accuracy().asks == 0

    advocate = AdvocateFactory.create()
    for hours in (1, 3, None):
        unit = ParticipationFactory.create(
            advocate=advocate, activity_type=kind, origin="volunteered", units=0
        )
        AskFactory.create(
            request=request,
            advocate=AdvocateFactory.create(),
            participation=unit,
            state=NO if hours is None else AskState.ACCEPTED,
            sent_at=clock.now,
            answered_at=clock.now + timedelta(hours=hours or 1),
        )
    found = accuracy()
    assert (found.asks, found.timed, found.in_time, found.in_time_percent) == (3, 2, 1, None)
    band = found.bands[3]
    assert (band.low, band.high, band.asks, band.predicted, band.actual) == (60, 80, 3, 75, None)
    (row,) = latest_foretold()
    assert (row.request, row.asks, row.yes, row.first) == (request, 3, 2, timedelta(hours=1))

    page = f"/t/{tenant.slug}/requests/forecasts/"
    text = client_for(manager).get(page).content.decode()
    assert "too few to tell" in text and request.reference in text and "2 of 3" in text
    assert client_for(sales).get(page).status_code == 403
    address = "/api/v1/requests/forecast-accuracy/"
    assert api_for(manager).get(address).json()["bands"][3]["predicted"] == 75
    assert api_for(sales).get(address).status_code == 403
    shown = client_for(sales).get(f"/t/{tenant.slug}/requests/{request.pk}/").content.decode()
    assert "75 % of asks like this one were a yes" in shown


def test_as_many_yeses_in_time_as_foreseen(
    kind: ActivityType, answered: Callable[..., None]
) -> None:
    """TIMER-1.c: from 20 answers on the shares are told."""
    foretold = {"forecast_likeness": "type", "forecast_asks": 20, "forecast_minutes": 120}
    answered(kind, yes=(1,) * 15 + (3,) * 5, no=5, forecast_yes=20, **foretold)
    found = accuracy()
    assert found.bands[4].actual == 80 and found.bands[4].predicted == 100
    assert found.in_time_percent == 75
    assert Ask.objects.count() == 25
