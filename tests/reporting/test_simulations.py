"""What the simulator says of a past made by hand (SIM-1): asks, deals, requests, load, people."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType, Advocate, Preference, ProgramPolicy, TierStanding
from advocates.people import preferences
from advocates.program.catalogue.services import update_activity_type
from advocates.program.ledger.capacity.past import Limits, Rules, Unit
from reporting.metrics.frame import Frame
from reporting.simulator import history as history_module
from reporting.simulator import ledger as ledger_module
from reporting.simulator import sentences
from reporting.simulator import simulate as simulate_module
from reporting.simulator.history import History
from reporting.simulator.outcome import Outcome
from reporting.simulator.replay import replay
from reporting.simulator.rows import Somebody
from reporting.simulator.scenario import ScenarioForm
from reporting.simulator.simulate import simulate
from requests.models import Ask, Opportunity, Request
from tests.factories.advocates import (
    AccountFactory,
    ActivityTypeFactory,
    EnrolledFactory,
    TierFactory,
    open_wide,
)
from tests.factories.giving import GrantFactory
from tests.factories.measuring import CostFactory
from tests.factories.requests import AskFactory, OpportunityFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.breadth import examples
from tests.support.policy import change_policy
from tests.support.rest import api_for
from tests.support.time import START, Clock

Clients = Callable[[Membership | None], Client]


@pytest.fixture
def kind(scope: Tenant, clock: Clock) -> ActivityType:
    """A small activity; all limits but the yearly cap are far."""
    open_wide(asks_per_year=99, asks_per_90_days=99, days_between_asks=0, account_open=99)
    change_policy(asked_per_year=99, account_units_per_year=99, recovery_days=0)
    kind: ActivityType = ActivityTypeFactory(units=1, effort="low", code="chat", name="Chat")
    return kind


def _enrolled(**values: Any) -> Advocate:
    advocate: Advocate = EnrolledFactory(reference_gap=0, **values)
    Advocate.objects.filter(pk=advocate.pk).update(enrolled_at=START - timedelta(days=900))
    return advocate


def _asked(
    who: Advocate,
    kind: ActivityType,
    *,
    days_ago: int,
    deal: Opportunity | None = None,
    said_yes: bool = True,
    **request: Any,
) -> Ask:
    """Asked and answered so many days ago; of a yes the activity is done the next day."""
    at = START - timedelta(days=days_ago)
    done = at + timedelta(days=1)
    wanted = RequestFactory(
        activity_type=kind,
        opportunity=deal,
        state="completed" if said_yes else "unfilled",
        submitted_at=at - timedelta(hours=1),
        confirmed_at=done if said_yes else None,
        **request,
    )
    yes = {"state": "completed", "completed_at": done}
    no = {"state": "released", "released_at": done, "release_reason": "later"}
    ask: Ask = AskFactory(
        request=wanted,
        advocate=who,
        sent_at=at,
        answered_at=done,
        state="accepted" if said_yes else "later",
        **{
            f"participation__{name}": value
            for name, value in {"taken_at": at, **(yes if said_yes else no)}.items()
        },
    )
    return ask


def _unfilled(kind: ActivityType, *, days_ago: int, **values: Any) -> Request:
    at = START - timedelta(days=days_ago)
    values = {"industry": "Healthcare", **values}
    request: Request = RequestFactory(
        activity_type=kind, state="unfilled", submitted_at=at, ended_at=at, **values
    )
    return request


def _outcome(tenant: Tenant, **asked: Any) -> Outcome:
    form = ScenarioForm({name: str(value) for name, value in asked.items()})
    return simulate(tenant, form.scenario())


@pytest.fixture
def past(kind: ActivityType) -> list[Ask]:
    """Six asks of one person, the fifth for a deal that was won, the sixth for one that was lost;
    and one of somebody else at a company of another size.
    """
    fiona = _enrolled(account=AccountFactory(segment="smb"))
    won = OpportunityFactory(stage="won", amount=100_000, currency="EUR", closes_on=START.date())
    lost = OpportunityFactory(stage="lost", amount=40_000, currency="EUR")
    deals = [None, None, None, None, won, lost]
    days = [300, 250, 200, 150, 100, 50]
    asks = [
        _asked(fiona, kind, days_ago=days_ago, deal=deal)
        for days_ago, deal in zip(days, deals, strict=True)
    ]
    greg = _enrolled(account=AccountFactory(segment="enterprise"))
    return [*asks, _asked(greg, kind, days_ago=40)]


def test_a_cap_of_four(scope: Tenant, past: list[Ask]) -> None:
    """SIM-1.a: which asks a lower cap refuses, by which rule, and the deals behind them."""
    found = _outcome(scope, yearly_cap=4)
    assert len(found.verdicts) == 7
    assert [each.unit.id for each in found.refused] == [ask.participation_id for ask in past[4:6]]
    assert found.rules == {"capacity_yearly": 2}
    assert not found.unexplained
    assert [found.asks_of(found.refused, stage) for stage in ("won", "lost", "open")] == [1, 1, 0]
    won = found.deals_of(found.refused, "won")
    assert (won.count, won.amount, won.unknown) == (1, Decimal(100_000), 0)
    assert sentences.headline(found) == (
        "With a cap of 4 a year, 2 of 7 asks would have been refused, 1 of them for a deal that was"
        " won"
    )
    # Seven requests were filled; two would lack their only advocate, and for both somebody else
    # who fits had room.
    assert (found.fill.all, found.fill.filled) == (7, 7)
    assert (found.then.all, found.then.filled) == (7, 5)
    assert set(found.lost) == {ask.request_id for ask in past[4:6]}
    assert found.stand_ins == 2
    assert (found.load.people, found.load.units, found.load.typical, found.load.busiest) == (
        *(2, 7, 3.5, 6),
    )
    assert (found.load_then.units, found.load_then.typical, found.load_then.busiest) == (5, 2.5, 4)
    columns = ("segment", "asks", "refused", "now", "then")
    assert [tuple(getattr(line, name) for name in columns) for line in found.segments] == [
        ("smb", 6, 2, 6, 4),
        ("enterprise", 1, 0, 1, 1),
    ]


def test_what_was_refused_takes_no_room(scope: Tenant, kind: ActivityType) -> None:
    """SIM-1.a: the third is refused, so that the fourth, a year after the first, finds room."""
    fiona = _enrolled()
    asks = [_asked(fiona, kind, days_ago=days) for days in (700, 650, 600, 300)]
    found = _outcome(scope, yearly_cap=2, days=730)
    assert [each.unit.id for each in found.refused] == [asks[2].participation_id]


def test_todays_settings_are_what_happened(scope: Tenant, past: list[Ask]) -> None:
    """SIM-1.a: with nothing changed nothing is refused, and now is then."""
    found = _outcome(scope)
    assert found.scenario.is_today
    assert not found.refused
    assert found.load == found.load_then
    assert (found.fill, found.lost, found.newly_free) == (found.then, (), ())
    assert sentences.headline(found) == "With today's settings, all 7 asks would have gone out"
    assert sentences.reproduced(found) == (
        "Checked: today's settings let through all 7 asks that were sent."
    )
    assert "7 asks" in sentences.too_little(found)


def test_what_was_changed_since_is_named(
    scope: Tenant, past: list[Ask], kind: ActivityType, alice: Membership, clock: Clock
) -> None:
    """SIM-1.a: asks that today's settings refuse say which change they lie before."""
    change_policy(yearly_cap=5)
    assert _outcome(scope).causes == {"guardrails": 1}
    assert _outcome(scope, yearly_cap=6).refused == []
    assert sentences.headline(_outcome(scope)) == "Today's settings let 6 of 7 asks through"
    assert sentences.also(_outcome(scope, yearly_cap=4)) == (
        "1 of them today's settings would refuse as well"
    )
    # Raising the cap again explains nothing of what it refuses.
    update_activity_type(actor=Actor.system("tests"), activity_type=kind, per_year=3)
    found = _outcome(scope)
    assert found.rules == {"capacity_type_year": 3}
    assert found.causes == {"type": 3}
    update_activity_type(actor=Actor.system("tests"), activity_type=kind, per_year=None)
    change_policy(yearly_cap=6)
    fiona = past[0].advocate
    preferences.save_preferences(actor=Actor.system("tests"), advocate=fiona, yearly_cap=2)
    found = _outcome(scope)
    assert found.causes == {"guardrails": 4}, "the cap was changed as well, and is named first"
    assert not found.lost, "what today's settings refuse anyway is not lost by the scenario"
    assert _outcome(scope, yearly_cap=1).lost != ()


def test_own_wishes_stay(scope: Tenant, past: list[Ask], clock: Clock) -> None:
    """SIM-1.a: a higher cap does not ask more of who wants less."""
    fiona = past[0].advocate
    wishes = Preference.objects.filter(advocate=fiona)
    assert wishes.update(yearly_cap=3)
    # Another cap than today's: the lower of the two counts, as the guard's row would hold.
    found = _outcome(scope, yearly_cap=9)
    assert len(found.refused) == 3


def test_pacing_and_recovery(scope: Tenant, kind: ActivityType) -> None:
    """SIM-1.a: other guardrails than the cap, each by its own rule."""
    fiona = _enrolled()
    for days in (100, 80, 60):
        _asked(fiona, kind, days_ago=days)
    assert _outcome(scope, pacing_mode="block", days_between_asks=21).rules == {
        "capacity_pacing": 1
    }
    assert _outcome(scope, pacing_mode="block", account_units_per_year=2).rules == {
        "capacity_account": 1
    }
    big = ActivityTypeFactory(units=1, effort="high", code="talk")
    greg = _enrolled()
    _asked(greg, big, days_ago=40)
    _asked(greg, kind, days_ago=30)
    assert _outcome(scope, recovery_mode="block", recovery_days=14).rules == {
        "capacity_recovery": 1
    }
    # What only warns takes a reason, and goes out.
    found = _outcome(scope, recovery_mode="warn", recovery_days=14)
    assert not found.refused
    assert "capacity_recovery" in found.warned[-1].judgement.warns


def test_limits_of_one_activity(scope: Tenant, past: list[Ask], kind: ActivityType) -> None:
    """SIM-1.a: its own limits, which the guard reads as well."""
    found = _outcome(scope, activity="chat", activity_per_year=4)
    assert found.rules == {"capacity_type_year": 2}
    assert sentences.compared(found) == ["Chat, at most a year: 4 instead of none"]
    assert sentences.headline(found).startswith("With these guardrails, 2 of 7 asks")
    assert _outcome(scope, activity="chat", activity_gap_days=60).rules == {"capacity_type_gap": 3}
    assert _outcome(scope, activity="chat").scenario.is_today


def test_room_for_who_was_full(scope: Tenant, kind: ActivityType) -> None:
    """SIM-1.a: a higher cap finds room for what found nobody, where nobody who fits had any."""
    change_policy(yearly_cap=1)
    fiona = _enrolled(account=AccountFactory(industry="Healthcare"))
    _asked(fiona, kind, days_ago=200)
    wanted = _unfilled(kind, days_ago=100)
    _unfilled(kind, days_ago=90, industry="Retail")
    _unfilled(kind, days_ago=80, region="emea", segment="smb")
    assert _outcome(scope).newly_free == ()
    found = _outcome(scope, yearly_cap=2)
    assert wanted.pk in found.newly_free
    assert (found.fill.filled, found.then.filled) == (1, 1 + len(found.newly_free))
    assert all(Request.objects.get(pk=pk).industry == "Healthcare" for pk in found.newly_free)


def test_content_that_answered_lost_nobody(
    scope: Tenant, kind: ActivityType, client_for: Clients, alice: Membership
) -> None:
    """SIM-1.a, REQ-4.c: what content answered is in no fill rate, and nobody can win it back; page
    and REST say how many these are.
    """
    change_policy(yearly_cap=1)
    _asked(_enrolled(), kind, days_ago=200)
    found_nobody = _unfilled(kind, days_ago=100)
    answered = _unfilled(kind, days_ago=90)
    Request.objects.filter(pk=answered.pk).update(state="closed")
    found = _outcome(scope, yearly_cap=3, recruits=2)
    assert (found.fill.all, found.fill.filled) == (2, 1)
    assert found.newly_free == (found_nobody.pk,)
    assert found.helped.unfilled == ()
    assert found.by_content == (answered.pk,)
    assert _outcome(scope, recruits=2).helped.unfilled == (found_nobody.pk,)
    text = client_for(alice).get("/t/acme/simulator/").text
    assert "Answered by content, so nobody was asked" in text
    assert "not counted in the share of requests filled" in text
    listed = client_for(alice).get("/t/acme/simulator/requests/?show=content").text
    assert answered.reference in listed
    assert found_nobody.reference not in listed
    assert api_for(alice).get("simulations/").json()["by_content"] == 1
    rows = api_for(alice).get("simulations/requests/?show=content").json()
    assert rows["results"] == [str(answered.pk)]


def test_who_was_lost_again_fills_nothing(scope: Tenant, kind: ActivityType) -> None:
    """SIM-1.a, REQ-2: a request that lost its advocate after the yes counts by where it stands now:
    unfilled it found nobody, sought anew it has not ended, and neither is late.
    """
    states = ["unfilled", "outreach", "in_review", "scheduled", "cancelled"]
    overdue = START - timedelta(days=300)
    for days, state in enumerate(states, start=100):
        row = _asked(_enrolled(), kind, days_ago=days, confirm_due_at=overdue).request
        Request.objects.filter(pk=row.pk).update(state=state)
    found = _outcome(scope, recruits=9)
    assert (found.fill.all, found.fill.filled) == (3, 2)
    assert [found.history.requests[pk].state for pk in found.helped.unfilled] == ["unfilled"]
    late = {found.history.requests[pk].state for pk in found.helped.late}
    assert late == {"scheduled", "cancelled"}


def test_more_people(scope: Tenant, kind: ActivityType) -> None:
    """SIM-1.a: people won take what found nobody in their segment, under the same rules, and cost
    what is typed or what one's own people cost.
    """
    change_policy(pacing_mode="block", days_between_asks=21)
    first = _unfilled(kind, days_ago=100)
    second = _unfilled(kind, days_ago=95)
    third = _unfilled(kind, days_ago=50, industry="healthcare")
    _unfilled(kind, days_ago=40, industry="Retail")
    late = _asked(
        _enrolled(), kind, days_ago=10, confirm_due_at=START - timedelta(days=10), industry=""
    ).request
    one = _outcome(scope, recruits=1, industry="Healthcare", recruit_cost=500, reward_cost=365)
    assert set(one.helped.unfilled) == {first.pk, third.pk}
    assert one.helped.late == (late.pk,)
    assert one.helped.load == (3,)
    assert one.price is not None
    assert (one.price.winning, one.price.rewards, one.price.total) == (500, 365, 865)
    # Too few were asked to tell how many say yes: all are counted.
    assert one.chance is None
    assert (one.fill.all, one.fill.filled, one.projected.filled) == (5, 1, 3)
    two = _outcome(scope, recruits=2, industry="Healthcare")
    assert set(two.helped.unfilled) == {first.pk, second.pk, third.pk}
    assert _outcome(scope, recruits=2, industry="Banking").helped.unfilled == ()
    assert _outcome(scope, recruits=2).helped.gained == 4
    # A cap of nothing helps nobody.
    assert _outcome(scope, recruits=2, yearly_cap=0).helped.gained == 0
    assert two.price is not None
    assert two.price.winning is None
    assert "2 more people (Healthcare)" in sentences.headline(two)


def test_own_costs(
    scope: Tenant, kind: ActivityType, client_for: Clients, alice: Membership
) -> None:
    """SIM-1.a, MET-5.a: what is not typed is what the tenant's own people cost, by tier: winning
    one by costs of acquisition alone, a year, however far one looks back.
    """
    gold = TierFactory(code="gold-x", name="Gold")
    people = [_enrolled() for _n in range(4)]
    TierStanding.objects.filter(advocate=people[0]).update(tier=gold)
    day = START.date() - timedelta(days=10)
    CostFactory(kind="acquisition", amount=1000, starts_on=day)
    CostFactory(kind="production", amount=5000, starts_on=day)
    for who, cost in ((people[0], 60), (people[1], 20)):
        GrantFactory(
            advocate=who, cost=cost, state="delivered", delivered_at=START - timedelta(days=5)
        )
    found = _outcome(scope, recruits=30, tier="gold-x").price
    assert found is not None
    assert (found.winning_each, found.winning) == (Decimal(250), Decimal(7500))
    assert (found.rewards_each, found.rewards) == (Decimal(60), Decimal(1800))
    # As much again in the year before: looking back twice as far says the same of one.
    CostFactory(kind="acquisition", amount=1000, starts_on=day - timedelta(days=400))
    twice = _outcome(scope, recruits=30, days=730).price
    assert twice is not None
    assert twice.winning_each == Decimal(250)
    text = client_for(alice).get("/t/acme/simulator/?recruits=30&tier=gold-x").text
    assert "costs of acquisition in this time, scaled to a year, per advocate enrolled" in text
    assert "scaled to a year, per advocate on that tier now" in text
    everybody = _outcome(scope, recruits=30).price
    assert everybody is not None
    assert everybody.rewards_each == Decimal(20)


@given(
    days=st.lists(st.integers(1, 700), min_size=1, max_size=30),
    caps=st.tuples(st.integers(0, 8), st.integers(0, 8)),
)
@settings(max_examples=examples(60), deadline=None)
def test_a_lower_cap_refuses_no_fewer(days: list[int], caps: tuple[int, int]) -> None:
    """SIM-1.a: under the yearly rule alone."""
    tenant = Tenant(time_zone="Europe/Berlin")
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    who, kind = uuid4(), uuid4()
    units = sorted(
        (_done(who, kind, now - timedelta(days=ago)) for ago in days),
        key=lambda unit: (unit.known_at, unit.id),
    )
    open_rules = {
        **dict.fromkeys(("asks_per_year", "asks_per_90_days", "asked_per_year"), 999),
        **dict.fromkeys(("account_units_per_year", "account_open"), 999),
        **dict.fromkeys(("days_between_asks", "cooling_days", "recovery_days"), 0),
        **{name: "warn" for name in Rules.__dataclass_fields__ if name.endswith("_mode")},
    }
    policy: Any = {**open_rules, "recovery_low_days": 0, "counts_free_types": True}
    counts = []
    for cap in sorted(caps):
        rules = Rules(yearly_cap=cap, **policy)
        history = History(
            frame=Frame(tenant, now.date() - timedelta(days=720), now.date()),
            now=now,
            rules=Rules(yearly_cap=99, **policy),
            units=units,
            limits={kind: Limits()},
            people={who: Somebody(who, 99, None, 0, "", "", "", now, True)},
            asks={},
            requests={},
            deals={},
            kinds={},
            unwilling=set(),
        )
        counts.append(len(replay(history, rules).refused))
    assert counts[0] >= counts[1]


def _done(who: UUID, kind: UUID, at: datetime) -> Unit:
    return Unit(
        id=uuid4(),
        advocate=who,
        account=who,
        kind=kind,
        origin="asked",
        units=1,
        reserved=1,
        effort="low",
        is_reference=False,
        detail="",
        taken_at=at,
        known_at=at,
        settled_at=at,
        completed_at=at,
    )


# -- the page, the lists and REST ------------------------------------------------------------------


def test_the_page(scope: Tenant, past: list[Ask], client_for: Clients, alice: Membership) -> None:
    """SIM-1.a: the question is the address; each number leads to the rows behind it."""
    page = client_for(alice).get("/t/acme/simulator/?yearly_cap=4&recruits=3&industry=Healthcare")
    text = page.content.decode()
    assert page.status_code == 200
    assert "With a cap of 4 a year and 3 more people (Healthcare), 2 of 7 asks" in text
    assert "There were 7 asks in this time." in text
    assert 'name="yearly_cap" value="4"' in text
    assert "€100,000" in text
    address = "simulator/asks/?recruits=3&amp;industry=Healthcare&amp;yearly_cap=4&amp;show=refused"
    assert address in text
    rows = client_for(alice).get("/t/acme/simulator/asks/?yearly_cap=4&show=refused&stage=won")
    listed = rows.content.decode()
    assert past[4].request.reference in listed
    assert past[5].request.reference not in listed
    assert f"/advocates/{past[4].advocate_id}/" in listed
    assert f"/requests/{past[4].request_id}/" in listed
    assert "At the yearly limit" in listed
    assert "yearly_cap=4&amp;of_size=enterprise" in text
    large = client_for(alice).get("/t/acme/simulator/asks/?yearly_cap=4&of_size=enterprise")
    assert past[6].request.reference in large.content.decode()
    assert past[0].request.reference not in large.content.decode()
    lost = client_for(alice).get("/t/acme/simulator/requests/?yearly_cap=4&show=lost")
    assert past[5].request.reference in lost.content.decode()
    file = client_for(alice).get("/t/acme/simulator/asks/?yearly_cap=4&show=refused&export=csv")
    assert len(file.content.decode().splitlines()) == 3


def test_linked_from_where_guardrails_are_set(
    scope: Tenant, past: list[Ask], client_for: Clients, alice: Membership
) -> None:
    """SIM-1.a: from Impact and from the guardrails."""
    for address in ("impact/", "settings/numbers/capacity/"):
        assert "/t/acme/simulator/" in client_for(alice).get(f"/t/acme/{address}").content.decode()


def test_who_may(scope: Tenant, past: list[Ask], client_for: Clients) -> None:
    """SIM-1.a, VIS-1: who answers for the program; an executive is led to no request."""
    for role, status in {
        "program_manager": 200, "admin": 200, "executive": 200,
        "sales": 403, "csm": 403, "marketing": 403,
    }.items():  # fmt: skip
        member = MembershipFactory(role=role)
        for address in ("", "asks/", "requests/"):
            found = client_for(member).get(f"/t/acme/simulator/{address}?yearly_cap=4")
            assert found.status_code == status, (role, address)
            assert role != "executive" or f"/requests/{past[4].request_id}/" not in str(
                found.content
            )
            rest = api_for(member).get(f"simulations/{address}?yearly_cap=4")
            assert rest.status_code == status, (role, address)


def test_what_makes_no_sense(
    scope: Tenant, past: list[Ask], client_for: Clients, alice: Membership
) -> None:
    """SIM-1.a: the page keeps what was typed and says what is accepted; REST names the field."""
    wrong = {
        "yearly_cap": "many",
        "days": "7",
        "recruits": "5000",
        "tier": "none-such",
        "segment": "huge",
        "recruit_cost": "-1",
        "pacing_mode": "perhaps",
        "recovery_low_days": "1&recovery_days=30",
        "activity": "none-such",
        "activity_per_year": "-4&activity=chat",
    }
    chosen = ("days", "tier", "segment", "pacing_mode", "activity")
    for name, value in wrong.items():
        address = f"?{name}={value}&industry=Steel"
        page = client_for(alice).get(f"/t/acme/simulator/{address}")
        text = page.content.decode()
        assert page.status_code == 422, name
        assert 'value="Steel"' in text
        assert f'id="id_{name}_error"' in text, name
        assert name in chosen or f'value="{value.partition("&")[0]}"' in text
        answer = api_for(alice).get(f"simulations/{address}")
        assert answer.status_code == 400, name
        assert list(answer.json()["errors"]) == [name], answer.json()
    lonely = api_for(alice).get("simulations/?activity_per_year=4").json()
    assert list(lonely["errors"]) == ["activity"]
    assert api_for(alice).get("simulations/?cap=4").status_code == 400
    assert api_for(alice).get("simulations/asks/?show=nothing").status_code == 400
    assert api_for(alice).get("simulations/asks/?offset=-1").status_code == 400
    assert client_for(alice).get("/t/acme/simulator/asks/?yearly_cap=many").status_code == 422


def test_over_rest(scope: Tenant, past: list[Ask], alice: Membership) -> None:
    """SIM-1.a: the same numbers, and the rows behind them."""
    said = api_for(alice).get("simulations/?yearly_cap=4").json()
    assert (said["asks"], said["refused"], said["refused_anew"]) == (7, 2, 2)
    assert said["rules"] == {"capacity_yearly": 2}
    assert said["deals"][0] == {
        "stage": "won",
        "asks": 1,
        "deals": 1,
        "amount": "100000.00",
        "unknown": 0,
    }
    assert said["fill_now"] == {"all": 7, "filled": 7, "rate": 1.0}
    assert said["fill_then"]["filled"] == 5
    assert said["load_then"] == {"people": 2, "units": 5, "typical": 2.5, "busiest": 4.0}
    assert said["too_little"] is True
    assert said["recruits"] is None
    rows = api_for(alice).get("simulations/asks/?yearly_cap=4&show=refused&stage=lost").json()
    assert rows["count"] == 1
    assert rows["results"][0]["id"] == str(past[5].pk)
    assert rows["results"][0]["refused_by"] == "capacity_yearly"
    lost = api_for(alice).get("simulations/requests/?yearly_cap=4&show=lost").json()
    assert set(lost["results"]) == {str(ask.request_id) for ask in past[4:6]}
    more = api_for(alice).get("simulations/?recruits=2&recruit_cost=10.50").json()
    assert more["recruits"]["winning"] == "21.00"


def test_nobody_was_asked(
    scope: Tenant, kind: ActivityType, client_for: Clients, alice: Any
) -> None:
    """SIM-1.a: an empty past says what to do next."""
    text = client_for(alice).get("/t/acme/simulator/").content.decode()
    assert "Nobody was asked in this time" in text
    assert "Look back further" in text


def test_only_ones_own_past(scope: Tenant, past: list[Ask]) -> None:
    """SIM-1.a: another tenant's asks, deals and people are in no number."""
    other = TenantsFactory(slug="rival")
    with tenant_scope(other):
        open_wide()
        theirs = ActivityTypeFactory(units=1, effort="low")
        who = _enrolled()
        for days in (90, 60, 30):
            _asked(who, theirs, days_ago=days)
    assert len(_outcome(scope, yearly_cap=0).refused) == 7
    with tenant_scope(other):
        assert len(_outcome(other, yearly_cap=0).verdicts) == 3


def test_as_many_statements_for_any_past(
    scope: Tenant, past: list[Ask], kind: ActivityType
) -> None:
    """SIM-1.a: a constant number of statements."""

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            _outcome(scope, yearly_cap=2, recruits=3)
        return len(caught)

    count()  # what a tenant set once is remembered from here on
    few = count()
    for _n in range(3):
        who = _enrolled()
        for days in (90, 60, 30):
            _asked(who, kind, days_ago=days, deal=OpportunityFactory())
            _unfilled(kind, days_ago=days)
    assert count() == few


def test_as_many_statements_for_any_list_of_requests(
    scope: Tenant, kind: ActivityType, client_for: Clients, alice: Membership
) -> None:
    """SIM-1.a: the requests behind a number, however many they are."""
    client = client_for(alice)

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/t/acme/simulator/requests/")
        return len(caught)

    _unfilled(kind, days_ago=90)
    count()  # what a tenant set once is remembered from here on
    few = count()
    for days in (60, 50, 40, 30):
        _unfilled(kind, days_ago=days, opportunity=OpportunityFactory())
    assert count() == few


def test_policy_is_not_touched(scope: Tenant, past: list[Ask]) -> None:
    """SIM-1.a: a question changes nothing."""
    _outcome(scope, yearly_cap=1, recruits=3, pacing_mode="block")
    policy = ProgramPolicy.objects.get()
    assert (policy.yearly_cap, policy.pacing_mode) == (6, "warn")
    assert Advocate.objects.count() == 2


def test_too_long_a_past(
    scope: Tenant, past: list[Ask], client_for: Clients, alice: Membership, monkeypatch: Any
) -> None:
    """SIM-1.a: what is too much for a page is said rather than left to time out."""
    monkeypatch.setattr(history_module, "MOST", 3)
    page = client_for(alice).get("/t/acme/simulator/")
    assert page.status_code == 422
    assert "more than 3 rows" in page.content.decode()
    assert list(api_for(alice).get("simulations/").json()["errors"]) == ["days"]


def test_too_many_people_for_what_found_nobody(
    scope: Tenant,
    past: list[Ask],
    kind: ActivityType,
    client_for: Clients,
    alice: Membership,
    monkeypatch: Any,
) -> None:
    """SIM-1.a: people who fit times requests that found nobody are counted before anything is
    replayed; more people won likewise.
    """
    for days in (90, 60, 30):
        _unfilled(kind, days_ago=days)
    monkeypatch.setattr(ledger_module, "MOST_JUDGED", 6)
    assert _outcome(scope).fill.all == 10, "two people and three requests are six"
    with pytest.raises(DomainError, match="So many more people for 10 requests"):
        _outcome(scope, yearly_cap=0, recruits=2, industry="Healthcare")
    monkeypatch.setattr(ledger_module, "MOST_JUDGED", 5)
    monkeypatch.setattr(simulate_module, "replay", None)
    page = client_for(alice).get("/t/acme/simulator/")
    assert page.status_code == 422
    assert "3 requests found nobody, and so many people fit them" in page.text
    assert "Choose a shorter time." in page.text
    assert list(api_for(alice).get("simulations/").json()["errors"]) == ["days"]


def test_new_people_are_alike(scope: Tenant, kind: ActivityType, monkeypatch: Any) -> None:
    """SIM-1.a: what refuses one of those who were not asked yet is not tried on the others."""
    talk = ActivityTypeFactory(units=1, effort="high", code="talk")
    for days in (90, 60, 30):
        _unfilled(talk, days_ago=days)
    easy = _unfilled(kind, days_ago=80)
    judged: list[Unit] = []
    judge = ledger_module.Ledger.judge
    monkeypatch.setattr(
        ledger_module.Ledger,
        "judge",
        lambda self, take, *more: (judged.append(take), judge(self, take, *more))[1],
    )
    found = _outcome(scope, recruits=1000, ladder_mode="block")
    assert found.helped.unfilled == (easy.pk,)
    # One fresh for each, and who took the easy one for the two after it.
    assert len(judged) == 6
