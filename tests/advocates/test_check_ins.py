"""Check-ins by tier on the owner's Today (MSG-3)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.models import Advocate, Tier, TierStanding
from advocates.people.choices import AdvocateStatus, Readiness
from advocates.program.tiers.settings import TIERS_FAMILY
from advocates.sponsors.sheet import sheet_of
from advocates.touches.services import record_touch
from advocates.touches.work import to_check_in as to_check_in_rows
from reporting.queue import everything, rows_of
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    BlackoutFactory,
    PreferenceFactory,
    set_up,
    today,
)
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def in_tier(code: str, days: int, **values: Any) -> Advocate:
    """Somebody in a tier since so many days ago."""
    person: Advocate = AdvocateFactory(**values)
    since = product_clock.now() - timedelta(days=days)
    TierStanding.objects.update_or_create(
        advocate=person, defaults={"tier": Tier.objects.get(code=code), "since": since}
    )
    return person


def to_check_in(member: Membership) -> list[str]:
    """Whom a member's Today wants a check-in with."""
    items = [item for item in everything(member) if item.work.code == "check_in"]
    return [
        row.title.split(",")[0].removeprefix("Check in with ") for row in rows_of(member, items)
    ]


def test_each_tier_has_its_cadence(clock: Clock, scope: Any, membership: Any) -> None:
    """MSG-3.a: platinum monthly, gold quarterly, silver twice a year; the community never. On the
    Today of who looks after the account, and of nobody else.
    """
    set_up()
    owner, colleague = membership("csm"), membership("csm")
    account = AccountFactory(owner=owner)
    for code, days in (("platinum", 30), ("gold", 91), ("silver", 182)):
        in_tier(code, days - 8, account=account, first_name="Not", last_name=f"yet {code}")
        in_tier(code, days, account=account, first_name="Due", last_name=code)
    in_tier("community", 700, account=account)
    assert sorted(to_check_in(owner)) == ["Due gold", "Due platinum", "Due silver"]
    assert to_check_in(colleague) == []


def test_a_touch_in_place_does_it(
    clock: Clock, scope: Any, membership: Any, client_for: Any
) -> None:
    """MSG-3.a: the row's button opens the touch, filled in; saved, the row is gone until the next
    is due. What was about an ask, and a thank-you, are no check-ins.
    """
    set_up()
    owner = membership("csm")
    person = in_tier("platinum", 60, account=AccountFactory(owner=owner))
    actor = Actor.member(owner)
    record_touch(actor=actor, advocate=person, kind="check_in", happened_on=today(), about_ask=True)
    record_touch(actor=actor, advocate=person, kind="note", happened_on=today())
    (row,) = rows_of(owner, [i for i in everything(owner) if i.work.code == "check_in"])
    client: Client = client_for(owner)
    form = client.get(row.action[1]).context["form"]
    assert str(form["advocate"].value()) == str(person.pk)
    typed = {name: form[name].value() or "" for name in form.fields}
    assert client.post(row.action[1].split("?")[0], typed).status_code == 302
    assert to_check_in(owner) == []
    clock.advance(timedelta(days=23))
    assert to_check_in(owner) == [person.name]


def test_who_is_left_in_peace(clock: Clock, scope: Any, membership: Any) -> None:
    """MSG-3.a: nobody is reminded of somebody who asked for quiet, is away, rests, is never to be
    asked, or whose company is no customer any more.
    """
    set_up()
    owner = membership("csm")
    account = AccountFactory(owner=owner)
    quiet = in_tier("gold", 200, account=account)
    PreferenceFactory(advocate=quiet, snoozed_until=today() + timedelta(days=1))
    BlackoutFactory(advocate=in_tier("gold", 200, account=account))
    in_tier("gold", 200, account=account, status=AdvocateStatus.PAUSED)
    in_tier("gold", 200, account=account, readiness=Readiness.NOT_A_FIT)
    in_tier("gold", 200, account=AccountFactory(owner=owner, lifecycle="former"))
    assert to_check_in(owner) == []
    clock.advance(timedelta(days=1))
    assert to_check_in(owner) == [quiet.name]


def test_who_rises_is_not_overdue_at_once(clock: Clock, scope: Any, membership: Any) -> None:
    """MSG-3.a: the cadence of a tier counts from the day they got it."""
    set_up()
    owner = membership("csm")
    person = in_tier("platinum", 1, account=AccountFactory(owner=owner))
    record_touch(
        actor=Actor.member(owner),
        advocate=person,
        kind="check_in",
        happened_on=today() - timedelta(days=150),
    )
    assert to_check_in(owner) == []


def test_numbers_are_the_tenants(
    clock: Clock, scope: Any, membership: Any, alice: Membership
) -> None:
    """MSG-3.a, SET-1.a: another cadence counts at once; an account nobody looks after is the
    program's; over REST the list narrows to who is overdue.
    """
    set_up()
    person = in_tier("gold", 50, account=AccountFactory(owner=None))
    assert to_check_in(alice) == []
    admin = Actor.member(membership("admin"))
    change_settings(actor=admin, family=TIERS_FAMILY, values={"gold_touch_days": 45})
    assert to_check_in(alice) == [person.name]
    api = api_for(alice)
    found = api.get("advocates/?check_in=overdue").json()["results"]
    assert [row["id"] for row in found] == [str(person.pk)]
    change_settings(actor=admin, family=TIERS_FAMILY, values={"gold_touch_days": None})
    assert api.get("advocates/?check_in=due").json()["results"] == []


def test_by_size_of_company(clock: Clock, scope: Any, membership: Any, alice: Membership) -> None:
    """SEG-1.c: how we keep in touch differs by tier × segment: high touch, structured, scaled in
    words from the first day; as often as the tier says, unless a size has days of its own.
    """
    set_up()
    people = {
        segment: in_tier("gold", 60, account=AccountFactory(owner=None, segment=segment))
        for segment in ("enterprise", "mid_market", "smb")
    }
    assert to_check_in(alice) == []
    admin = Actor.member(membership("admin"))
    values = {"gold_enterprise_touch_days": 30, "gold_mid_market_touch_model": "A call a quarter"}
    change_settings(actor=admin, family=TIERS_FAMILY, values=values)
    assert to_check_in(alice) == [people["enterprise"].name]
    (row,) = to_check_in_rows(alice, [people["enterprise"].pk])
    assert "Gold: every 30 days" in row.why
    assert "High touch, premium" in row.why
    said = {
        segment: dict(sheet_of(person, alice).facts)["Touch model"]
        for segment, person in people.items()
    }
    assert said == {
        "enterprise": "High touch, premium",
        "mid_market": "A call a quarter",
        "smb": "Scaled, community first",
    }
    api = api_for(membership("admin"))
    kept = api.get("settings/tiers/").json()
    assert kept["gold_enterprise_touch_days"] == 30
    assert kept["silver_smb_touch_model"] == "Scaled, community first"
    back = api.post("settings/tiers/put-back/", {"keys": ["gold_enterprise_touch_days"]})
    assert back.json()["gold_enterprise_touch_days"] is None
    assert to_check_in(alice) == []
