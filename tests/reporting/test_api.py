"""Metrics over REST (API-2, MET-1)."""

import pytest

from advocacy.tenancy.models import Membership
from reporting.metrics import METRICS
from reporting.presentation import numbers_for
from tests.factories.advocates import EnrolledFactory, open_wide
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
