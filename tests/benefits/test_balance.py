"""What somebody gave beside what came back, and who came off badly (BEN-6)."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.models import ActivityType, Advocate, Participation
from advocates.people.preferences import save_preferences
from benefits.balance.models import ValueBalance
from benefits.balance.resource import VALUE_BALANCES
from benefits.balance.services import evaluate_balances
from benefits.balance.words import figures_of as figures_shown
from benefits.catalogue.services import seed_benefits
from benefits.grants import services as grants
from benefits.models import Grant
from benefits.settings import APPRECIATION
from reporting.queue import everything, rows_of
from tests.factories.advocates import AdvocateFactory, ParticipationFactory, set_up
from tests.factories.balance import ValueBalanceFactory
from tests.factories.giving import BenefitFactory, GrantFactory
from tests.kit.resource import ResourceCase
from tests.support.breadth import FULL
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

CENT = Decimal("0.01")
#: The usual numbers, written down a second time.
HOUR, WORTH, LINE, DAYS = 60, {"low": 10, "moderate": 100, "high": 300}, 25, 365


class TestBalances(ResourceCase):
    """BEN-6.a: listed for who runs the program, in the browser and over REST."""

    resource, factory = VALUE_BALANCES, ValueBalanceFactory
    viewers = editors = "program_manager admin executive"
    moves: ClassVar[Mapping[str, Any]] = {}


def figures_of(person: Advocate) -> dict[str, Any]:
    """The balance as the clause says it, in plain Python."""
    since = clock.now() - timedelta(days=DAYS)
    done = [
        row
        for row in Participation.objects.filter(advocate=person).select_related("activity_type")
        if row.state == "completed" and row.completed_at and row.completed_at >= since
    ]
    minutes = assumed = fair_minutes = worth = 0
    for row in done:
        kind = row.activity_type
        took = row.minutes
        if took is None:
            took = (kind.minutes_low + kind.minutes_high) // 2
            assumed += took
        minutes += took
        if kind.rewards != "never":
            level = {"testimonial": "moderate", "case_study": "high"}.get(kind.code, row.effort)
            fair_minutes += took
            worth += WORTH[level]
    got = [
        row
        for row in Grant.objects.filter(advocate=person)
        if row.state in ("delivered", "confirmed")
        and row.delivered_at
        and row.delivered_at >= since
    ]

    def money(took: int) -> Decimal:
        return (Decimal(took) * HOUR / 60).quantize(CENT, ROUND_HALF_UP) + worth

    fair, back = money(fair_minutes), sum((row.value for row in got), Decimal(0))
    percent = (back * 100 / fair).to_integral_value(ROUND_FLOOR) if fair else Decimal(100)
    return {
        "contributions": len(done),
        "minutes": minutes,
        "assumed_minutes": assumed,
        "given": money(minutes),
        "fair": fair,
        "benefits": len(got),
        "got": back,
        "percent": int(percent),
        "is_under": bool(fair) and back * 100 < fair * LINE,
    }


@pytest.mark.parametrize("seed", range(12 if FULL else 3))
def test_agrees_with_plain_python(scope: Any, clock: Clock, seed: int) -> None:
    """BEN-6.a: random histories, summed another way; a second run changes nothing."""
    set_up()
    dice = Random(seed)
    codes = ("reference_call", "survey", "review", "testimonial", "case_study", "social_share")
    kinds = list(ActivityType.objects.filter(code__in=codes))
    people = [AdvocateFactory(), AdvocateFactory(), AdvocateFactory(status="alumni")]
    hoodie = BenefitFactory()
    for person in people:
        for _each in range(dice.randrange(7)):
            kind = dice.choice(kinds)
            ParticipationFactory(
                advocate=person,
                activity_type=kind,
                origin="volunteered",
                units=0,
                counts_for_tier=False,
                detail=f"On {dice.random()}",
                minutes=dice.choice([None, dice.randrange(1, 400)]),
                completed=True,
                completed_at=clock.now - timedelta(days=dice.randrange(500), minutes=1),
            )
        for _each in range(dice.randrange(5)):
            state = dice.choice(["planned", "approved", "delivered", "confirmed", "returned"])
            at = clock.now - timedelta(days=dice.randrange(500), minutes=1)
            with_them = state in ("delivered", "confirmed", "returned")
            GrantFactory(
                advocate=person,
                benefit=hoodie,
                state=state,
                value=Decimal(dice.randrange(0, 20_000)) / 100,
                delivered_at=at if with_them else None,
            )
    evaluate_balances()
    rows = {row.advocate_id: row for row in ValueBalance.objects.all()}
    for person in people:
        wanted = figures_of(person)
        if person.status == "alumni" and not (wanted["contributions"] or wanted["benefits"]):
            assert person.pk not in rows
            continue
        row = rows[person.pk]
        assert {name: getattr(row, name) for name in wanted} == wanted
        assert (row.under_since is not None) is wanted["is_under"]
    before = {row.pk: row.changed_at for row in rows.values()}
    clock.advance(minutes=1)
    evaluate_balances()
    assert {row.pk: row.changed_at for row in ValueBalance.objects.all()} == before


def balance(program: Program) -> ValueBalance:
    """The advocate's, as it stands."""
    return ValueBalance.objects.get(advocate=program.advocate)


def queue(member: Membership) -> list[Any]:
    """Who was given too little back, on a member's Today."""
    return rows_of(member, [item for item in everything(member) if item.work.code == "balance"])


def test_too_little_came_back(program: Program, clock: Clock, client_for: Any) -> None:
    """BEN-6.a: flagged at once, on the owner's Today after two weeks of thanks, in lists; gone
    while something is on its way, and for good once enough came back.
    """
    program.advocate.account.gifts_allowed = True
    program.advocate.account.save()
    gift = BenefitFactory(name="Hamper", category="gift", value=120, cost=0)
    save_preferences(actor=program.actor, advocate=program.advocate, appreciation=["gifts"])
    program.completed("reference_call", minutes=60)
    assert (balance(program).given, balance(program).is_under) == (160, True)
    assert not queue(program.csm)
    clock.advance(days=14)
    (row,) = queue(program.csm)
    assert "Gave €160, got €0 back: 0 %" in row.why
    assert "Hamper would fit: Prefers gifts" in row.why
    assert f"benefit={gift.pk}" in row.action[1]
    assert not queue(program.manager)
    client = client_for(program.csm)
    home = f"/t/{program.csm.tenant.slug}"
    listed = client.get(f"{home}/advocates/?appreciated=under").content.decode()
    assert program.advocate.name in listed
    page = client.get(f"{home}/advocates/{program.advocate.pk}/").content.decode()
    for words in ("What we gave each other, in figures", "Gave €160, got €0 back"):
        assert words in page
    for way in ("activities", "grants"):
        assert f"/{way}/?advocate={program.advocate.pk}" in page
    given = grants.give_benefit(
        actor=program.actor,
        advocate=program.advocate,
        benefit=gift,
        occasion="For everything",
        due_on=clock.now.date(),
    )
    assert not queue(program.csm)
    grants.deliver_grant(actor=program.actor, grant=given)
    found = balance(program)
    assert (found.got, found.percent, found.is_under) == (120, 75, False)
    api = api_for(program.manager)
    assert api.get("value-balances/?is_under=true").json()["results"] == []
    one = api.get(f"value-balances/?advocate={program.advocate.pk}").json()["results"][0]
    assert (one["given"], one["got"], one["percent"]) == ("160.00", "120.00", 75)
    grants.return_grant(actor=program.actor, grant=given, reason="Moved away")
    assert balance(program).is_under
    # Long ago is no debt any more.
    clock.advance(days=400)
    evaluate_balances()
    assert (balance(program).given, balance(program).is_under) == (0, False)


def test_who_may_not_open_the_rows_gets_no_link(program: Program, membership: Any) -> None:
    """BEN-6, ID-2: an executive reads the figures; lists of activities are not theirs to open."""
    balance = ValueBalanceFactory(advocate=program.advocate)
    gave, got, _thanked = figures_shown(balance, membership("executive"))
    assert (gave.url, "advocate=" in got.url) == ("", True)
    gave, *_rest = figures_shown(balance, program.manager)
    assert f"?advocate={program.advocate.pk}" in gave.url


def test_a_review_makes_nobody_owed(program: Program) -> None:
    """BEN-6.a, BEN-4.a: its hours are theirs, and nothing is found wanting because of it."""
    program.completed("review", detail="G2", minutes=90)
    found = balance(program)
    assert (found.minutes, found.given, found.fair) == (90, 90, 0)
    assert not found.is_under


def test_by_other_numbers(program: Program, clock: Clock) -> None:
    """BEN-6.a, SET-1.g: the hour's value and the line are the tenant's, and count at once; where
    nobody looks after the account it is the program manager's.
    """
    program.completed("survey", minutes=60)
    assert balance(program).given == 70
    change_settings(actor=program.actor, family=APPRECIATION, values={"hourly_value": 200})
    assert balance(program).given == 210
    account = program.advocate.account
    account.owner = None
    account.save()
    clock.advance(days=14)
    assert len(queue(program.manager)) == 1
    change_settings(actor=program.actor, family=APPRECIATION, values={"under_percent": 0})
    assert not queue(program.manager)


def test_one_statement_whatever_the_number(scope: Any, alice: Membership) -> None:
    """BEN-6.a: everybody's balance, and what stands on Today, in as many statements as one's."""
    set_up()
    seed_benefits()

    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as evaluating:
            evaluate_balances()
        ValueBalance.objects.update(under_since=clock.now() - timedelta(days=15))
        with CaptureQueriesContext(connection) as reading:
            found = queue(alice)
        assert all("would fit" in row.why for row in found)
        assert len(found) == ValueBalance.objects.count()
        return len(evaluating), len(reading)

    def somebody() -> None:
        person = AdvocateFactory(account__owner=alice)
        ParticipationFactory(advocate=person, origin="volunteered", units=0, completed=True)

    somebody()
    statements()
    one = statements()
    for _each in range(4):
        somebody()
    assert statements() == one
