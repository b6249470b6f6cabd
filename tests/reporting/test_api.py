"""Metrics over REST (API-2, MET-1)."""

from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.tenancy.models import Membership
from reporting.metrics.registry import METRICS
from reporting.presentation import load_for, numbers_for
from tests.factories.advocates import AccountFactory, EnrolledFactory, open_wide
from tests.factories.requests import AskFactory
from tests.support.program import make_program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def test_page_and_interface_show_the_same_number(scope: object, alice: Membership) -> None:
    """API-2, MET-1.i, MET-6: one definition; name, formula, period and target come along."""
    program = make_program(manager=alice)
    program.completed(hours_ago=60)
    api = api_for(alice)
    found = {metric["code"]: metric for metric in api.get("metrics/").json()}
    assert found.keys() == METRICS.keys()
    thanked = found["thanked_in_time"]
    assert (thanked["value"], thanked["counted"]) == (0.0, 1)
    assert (thanked["unit"], thanked["days"], thanked["target"]) == ("share", 30, 0.95)
    assert "0 %" in [card.value for card in numbers_for(alice) if card.label == thanked["name"]]
    assert api.get("metrics/thanked_in_time/").json() == thanked
    assert found["time_to_fill"]["value"] is None
    assert api.get("metrics/nonsense/").status_code == 404


def test_what_is_engaged_and_what_is_accepted(scope: object, alice: Membership) -> None:
    """MET-1.c, MET-1.e: of all enrolled, and of all that were answered or expired."""
    program = make_program(manager=alice, status="active")
    people = [program.advocate, EnrolledFactory()]
    program.completed(hours_ago=24 * 300)
    open_wide()
    states = ("accepted", "declined", "later", "expired", "sent", "cancelled", "filled")
    for number, state in enumerate(states):
        AskFactory(state=state, advocate=people[number % 2])
    found = {metric["code"]: metric for metric in api_for(alice).get("metrics/").json()}
    assert (found["engagement"]["value"], found["engagement"]["days"]) == (0.5, 365)
    assert (found["ask_acceptance"]["value"], found["ask_acceptance"]["counted"]) == (0.25, 4)


def test_whether_asks_are_spread_fairly(
    scope: object, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """MAT-3.b, MAT-3.c: the share of the tenth asked most, against its target, and of each segment
    beside its share of the program; on Today and over REST.
    """
    open_wide()
    small = AccountFactory(segment="smb")
    people = [EnrolledFactory(account=small) for _number in range(9)]
    people += [
        EnrolledFactory(account=AccountFactory(segment="enterprise")) for _number in range(3)
    ]
    for number in (0, 0, 0, 0, 1, 2, 9, 9):
        AskFactory(advocate=people[number])
    found = {metric["code"]: metric for metric in api_for(alice).get("metrics/").json()}
    # Twelve people: a tenth is two of them, who had six of eight asks.
    busiest = found["busiest_tenth"]
    assert (busiest["value"], busiest["counted"], busiest["target"]) == (0.75, 8, 0.25)
    assert busiest["parts"] is None
    spread = found["asks_by_segment"]
    assert {
        part["key"]: (part["total"], part["parts"]["enrolled"]) for part in spread["parts"]
    } == {
        "enterprise": (2, 3),
        "mid_market": (0, 0),
        "smb": (6, 9),
    }
    assert spread["value"] == 0
    AskFactory(advocate=people[10])
    AskFactory(advocate=people[11])
    # Six of ten asks for nine of twelve people.
    again = api_for(alice).get("metrics/asks_by_segment/").json()
    assert again["value"] == pytest.approx(0.15)
    assert [card.tone for card in load_for(alice)][:1] == ["warning"]
    page = client_for(alice).get("/t/acme/").content.decode()
    table = page.split("segments-asked", 1)[1].split("</table>", 1)[0]
    shown = table.replace("\xa0", " ")
    for words in ("Enterprise", "40 %", "25 %", "60 %", "75 %"):
        assert words in shown
