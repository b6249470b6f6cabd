"""What may be asked, in the advocate's own hands (ADV-2)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.links import create_link, secret_of
from advocates.models import (
    ActivityType,
    AdvocateTag,
    Blackout,
    BlockedCompany,
    Capacity,
    Preference,
    TypePreference,
)
from tests.factories.requests import AskFactory
from tests.support.program import Program


@pytest.fixture
def preferences(home: str) -> str:
    return home.replace("/home/", "/preferences/")


def everything(**changes: Any) -> dict[str, Any]:
    """A filled-in form."""
    kinds = ActivityType.objects.filter(is_on=True).exclude(code="case_study")
    return {
        "accepted_types": [str(kind.pk) for kind in kinds],
        "comforts": ["private_call", "logo"],
        "topics": "Rollout, Payroll",
        "reference_frequency": "twice_a_year",
        "yearly_cap": "3",
        "snoozed_until": "2026-05-01",
        "away_0_from": "2026-07-01",
        "away_0_until": "2026-07-21",
        "away_1_from": "",
        "away_1_until": "",
        "channel": "phone",
        "language": "de",
        "appreciation": ["charity", "influence"],
        "disclosure": "never",
        "blocked_companies": "Initech\nHooli",
        **changes,
    }


def test_everything_can_be_set(program: Program, browser: Client, preferences: str) -> None:
    """ADV-2.a, ADV-2.b, ADV-2.c, ADV-2.d, ADV-2.g, VIS-1.d: all of it, by the advocate alone, and
    the guard reads it at once.
    """
    saved = browser.post(preferences, everything())
    assert saved["Location"] == preferences.replace("/preferences/", "/home/")
    advocate = program.advocate.reload()
    wishes = Preference.objects.get(advocate=advocate)
    assert (wishes.comforts, wishes.reference_frequency, wishes.yearly_cap) == (
        ["logo", "private_call"],
        "twice_a_year",
        3,
    )
    assert (wishes.snoozed_until, wishes.channel) == (date(2026, 5, 1), "phone")
    assert wishes.appreciation == ["charity", "influence"]
    assert (advocate.disclosure, advocate.language) == ("never", "de")
    refused = TypePreference.objects.filter(advocate=advocate, accepted=False)
    assert {row.activity_type.code for row in refused} == {
        kind.code for kind in ActivityType.objects.filter(is_on=True, code="case_study")
    }
    assert Blackout.objects.get(advocate=advocate).ends_on == date(2026, 7, 21)
    assert {row.name for row in BlockedCompany.objects.all()} == {"Initech", "Hooli"}
    assert {row.tag.name for row in AdvocateTag.objects.filter(advocate=advocate)} == {
        "Rollout",
        "Payroll",
    }
    capacity = Capacity.objects.get(advocate=advocate)
    assert (capacity.allowance, capacity.reference_gap_days) == (3, 182)
    event = Event.objects.get(verb="preferences.saved")
    assert (event.actor_kind, event.actor_ref) == ("advocate", advocate.pk)
    assert "Saved." in browser.get(saved["Location"]).text


def test_what_is_regional_says_so(program: Program, browser: Client, preferences: str) -> None:
    """SEG-1.d: where people say what they would do, an event is one in their region."""
    ActivityType.objects.filter(code="event_attendance").update(is_on=True)
    page = browser.get(preferences).content.decode()
    assert page.count("in your region") == 1


def test_the_form_shows_what_holds(program: Program, browser: Client, preferences: str) -> None:
    """ADV-2.b: saving what is shown changes nothing; the page says that the yearly cap holds."""
    shown = browser.get(preferences).text
    assert "the limit for the year below still holds" in shown
    browser.post(preferences, everything(language="en"))
    events = Event.objects.filter(verb="preferences.saved").count()
    browser.post(preferences, everything(language="en"))
    assert Event.objects.filter(verb="preferences.saved").count() == events
    assert "Initech" in browser.get(preferences).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("yearly_cap", "7"),
        ("yearly_cap", "-1"),
        ("yearly_cap", "many"),
        ("reference_frequency", "hourly"),
        ("away_0_until", "2026-06-01"),
        ("away_0_from", ""),
        ("snoozed_until", "soon"),
        ("language", "xx"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    program: Program, browser: Client, preferences: str, field: str, value: str
) -> None:
    """ADV-2.c, BAD-1.a, BAD-1.b: never above the program's cap; everything typed is kept, nothing
    saved.
    """
    answer = browser.post(preferences, everything(**{field: value}))
    assert answer.status_code == 422
    assert "Initech" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not BlockedCompany.objects.exists()


def test_the_link_of_a_question_opens_the_preferences_only(
    program: Program, browser: Client
) -> None:
    """ADV-2, ID-3.a: "change what we may ask" is one tap from the question; the page with
    everything else needs a link of its own.
    """
    ask = AskFactory.create(advocate=program.advocate)
    link = create_link(
        purpose="ask", subject_id=ask.pk, expires_at=product_clock.now() + timedelta(days=1)
    )
    base = f"/p/{secret_of(link)}"
    assert "Back to the question" in browser.get(f"{base}/preferences/").text
    assert browser.get(f"{base}/home/").status_code == 404
    saved = browser.post(f"{base}/preferences/", everything())
    assert saved["Location"] == f"{base}/preferences/"
    assert Preference.objects.get(advocate=program.advocate).yearly_cap == 3
