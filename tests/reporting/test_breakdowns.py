"""What numbers are taken apart by, beside a quarter before and targets (MET-1.a, MET-2.a)."""

import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocates.joining.enrolment import (
    enrol_advocate,
    pause_advocate,
    resume_advocate,
    retire_advocate,
)
from advocates.joining.history import statuses_at
from advocates.joining.services import (
    accept_nomination,
    nominate_advocate,
    return_nomination,
    withdraw_nomination,
)
from advocates.joining.steps import cultivate_advocate, record_decline, set_back_advocate
from advocates.models import Advocate, Nomination
from advocates.people.privacy import erase_advocate
from tests.factories.advocates import AccountFactory, AdvocateFactory, open_wide
from tests.factories.assets import AssetFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

WHY = "Nobody knows the product better than they do."


def parts_of(member: Membership, code: str, query: str = "") -> dict[str, Any]:
    """The bars of a breakdown over REST."""
    found = {
        each["code"]: each for each in api_for(member).get(f"metrics/breakdowns/{query}").json()
    }
    return {part["key"]: part for part in found[code]["parts"]}


def candidate(**values: Any) -> Advocate:
    """A customer's person who is not in the program."""
    if "account" not in values:
        values["account__lifecycle"] = "customer"
    made: Advocate = AdvocateFactory(status="candidate", **values)
    return made


def move(actor: Actor, person: Advocate, dice: random.Random) -> None:
    """One move of somebody that a colleague could make, legal or refused."""
    nomination = Nomination.objects.filter(advocate=person, state="submitted").first()
    moves = [
        lambda: nominate_advocate(actor=actor, advocate=person, reasons=WHY),
        lambda: enrol_advocate(actor=actor, advocate=person, reason="They asked us."),
        lambda: pause_advocate(actor=actor, advocate=person),
        lambda: resume_advocate(actor=actor, advocate=person),
        lambda: retire_advocate(actor=actor, advocate=person, reason="They wished to."),
        lambda: cultivate_advocate(actor=actor, advocate=person, touch="call"),
        lambda: set_back_advocate(actor=actor, advocate=person, reason="Not yet."),
        lambda: record_decline(actor=actor, advocate=person),
        lambda: erase_advocate(
            actor=actor, advocate=person, name=person.name, reason="Asked by letter."
        ),
    ]
    if nomination is not None:
        moves += 2 * [
            lambda: accept_nomination(actor=actor, nomination=nomination, override_reason=WHY),
            lambda: return_nomination(actor=actor, nomination=nomination, reason="Not yet."),
            lambda: withdraw_nomination(actor=actor, nomination=nomination),
        ]
    with suppress(DomainError):
        dice.choice(moves)()


@pytest.mark.parametrize("seed", range(3))
def test_where_people_stood_is_what_was_seen_then(
    scope: Tenant, alice: Membership, clock: Clock, seed: int
) -> None:
    """MET-1.a: after any moves, the log tells how many stood where at each earlier moment."""
    open_wide()
    dice, actor = random.Random(seed), Actor.member(alice)
    people, seen = [], dict[datetime, Counter[str]]()
    account = AccountFactory(lifecycle="customer")
    for _step in range(60):
        clock.advance(timedelta(hours=dice.randrange(1, 200)))
        seen[clock.now] = Counter(Advocate.objects.values_list("status", flat=True))
        clock.advance(timedelta(seconds=1))
        if dice.random() < 0.15 or not people:
            people.append(candidate(account=account, created_at=clock.now))
        person = dice.choice(people).reload()
        if person.erased_at is None:
            move(actor, person, dice)
    assert len({status for each in seen.values() for status in each}) > 3
    for moment, counted in seen.items():
        assert +statuses_at(Advocate.objects.all(), moment) == counted


def test_statuses_of_a_quarter_ago(
    scope: Tenant, alice: Membership, clock: Clock, client_for: Any
) -> None:
    """MET-1.a: beside where people stand now; over REST, and in words on the page."""
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    open_wide()
    person, other = candidate(created_at=clock.now), candidate(created_at=clock.now)
    clock.advance(timedelta(days=100))
    enrol_advocate(actor=Actor.member(alice), advocate=person, reason="They asked us.")
    candidate(created_at=clock.now)
    found = parts_of(alice, "advocates_by_status")
    assert (found["active"]["total"], found["active"]["parts"]) == (1, {"before": 0})
    assert (found["candidate"]["total"], found["candidate"]["parts"]) == (2, {"before": 2})
    page = client_for(alice).get(f"/t/{scope.slug}/impact/?board=program").text
    assert "2, a quarter ago 2" in page
    assert "1, a quarter ago 0" in page
    region = parts_of(alice, "advocates_by_status", f"?region={other.account.region}")
    assert region["candidate"]["parts"]["before"] >= 1


def test_published_content_by_kind_beside_its_target(
    scope: Tenant, alice: Membership, clock: Clock, client_for: Any
) -> None:
    """MET-2.a: pieces of the period by kind, with the period before and the tenant's own target
    for as many days; the target is a number of the settings, by browser and REST.
    """
    clock.set(datetime(2026, 3, 2, 12, tzinfo=UTC))
    for days, kind in ((5, "quote"), (50, "quote"), (120, "quote"), (10, "case_study")):
        AssetFactory(kind=kind, published=True, published_at=clock.now - timedelta(days=days))
    api = api_for(alice)
    found = parts_of(alice, "content_by_kind", "?since=2025-12-03")
    assert (found["quote"]["total"], found["quote"]["parts"]) == (2, {"before": 1, "target": 9})
    assert found["video"]["parts"] == {"before": 0, "target": 3}
    assert "logo" not in found
    assert api.patch("settings/measurement/", {"publish_quote": 4}).status_code == 200
    year = parts_of(alice, "content_by_kind", "?since=2025-09-04")
    assert (year["quote"]["total"], year["quote"]["parts"]["target"]) == (3, 8)
    wrong = api.patch("settings/measurement/", {"publish_quote": -1})
    assert wrong.status_code == 422
    assert "publish_quote" in wrong.text
    rows = api.get("metrics/assets_published/rows/?since=2025-12-03&of=case_study").json()
    assert len(rows["results"]) == 1
    page = client_for(alice).get(f"/t/{scope.slug}/impact/?board=marketing&since=2025-12-03").text
    assert "2 of 4 aimed at, before 1" in " ".join(page.split())
