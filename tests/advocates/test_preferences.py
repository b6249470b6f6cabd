"""What an advocate allows (ADV-2)."""

from datetime import date
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import (
    ActivityType,
    Advocate,
    Blackout,
    BlockedCompany,
    Capacity,
    Preference,
    TypePreference,
)
from advocates.people.preferences import save_preferences
from tests.factories.advocates import SYSTEM, EnrolledFactory, catalogued
from tests.support.time import Clock


@pytest.fixture
def ada(scope: Tenant, clock: Clock) -> Advocate:
    advocate: Advocate = EnrolledFactory()
    return advocate


def fields_of_last_event() -> Any:
    event = Event.objects.filter(verb="preferences.saved").order_by("at", "pk").last()
    return event.payload if event else None


def test_everything_can_be_said_and_said_again(ada: Advocate) -> None:
    """ADV-2.a, ADV-2.d, ADV-2.g: the event names the fields and nothing of what they say; saying it
    twice is silent.
    """
    said: dict[str, Any] = {
        "comforts": ["private_call", "logo"],
        "reference_frequency": "monthly",
        "yearly_cap": 4,
        "snoozed_until": date(2026, 5, 1),
        "appreciation": ["charity"],
        "channel": "phone",
        "disclosure": "never",
        "accepted_types": list(ActivityType.objects.exclude(code="speaking")),
        "blackouts": [(date(2026, 7, 1), date(2026, 7, 31))],
        "blocked_companies": ["Initech", " initech ", "Hooli"],
    }
    save_preferences(actor=SYSTEM, advocate=ada, **said)
    assert fields_of_last_event() == {"fields": sorted(said)}
    row = Preference.objects.get(advocate=ada)
    assert (set(row.comforts), row.channel, row.snoozed_until) == (
        {"private_call", "logo"},
        "phone",
        date(2026, 5, 1),
    )
    assert ada.reload().disclosure == "never"
    refused = TypePreference.objects.filter(advocate=ada, accepted=False)
    assert [row.activity_type.code for row in refused] == ["speaking"]
    assert Blackout.objects.filter(advocate=ada).count() == 1
    assert sorted(BlockedCompany.objects.values_list("name", flat=True)) == ["Hooli", "initech"]

    save_preferences(actor=SYSTEM, advocate=ada, **said)
    assert Event.objects.filter(verb="preferences.saved").count() == 1

    save_preferences(
        actor=SYSTEM,
        advocate=ada,
        blackouts=[],
        accepted_types=ActivityType.objects.all(),
        blocked_companies=["Hooli"],
    )
    assert not Blackout.objects.exists()
    assert not TypePreference.objects.filter(accepted=False).exists()
    assert BlockedCompany.objects.get().name == "Hooli"


@pytest.mark.parametrize(
    ("frequency", "days"),
    [("monthly", 30), ("quarterly", 91), ("twice_a_year", 182), ("none", 0)],
)
def test_the_guard_follows_the_stated_frequency(ada: Advocate, frequency: str, days: int) -> None:
    """ADV-2.b, CAP-2.a: days between two reference calls."""
    save_preferences(actor=SYSTEM, advocate=ada, reference_frequency=frequency)
    assert Capacity.objects.get(advocate=ada).reference_gap_days == days


def test_the_own_cap_lowers_the_allowance_and_never_raises_it(ada: Advocate) -> None:
    """ADV-2.c, CAP-1.a: never above the tenant's."""
    save_preferences(actor=SYSTEM, advocate=ada, yearly_cap=2)
    assert Capacity.objects.get(advocate=ada).allowance == 2
    with pytest.raises(DomainError) as caught:
        save_preferences(actor=SYSTEM, advocate=ada, yearly_cap=7)
    assert "6" in caught.value.fields["yearly_cap"]
    save_preferences(actor=SYSTEM, advocate=ada, yearly_cap=None)
    assert Capacity.objects.get(advocate=ada).allowance == 6


@pytest.mark.parametrize(
    "changes",
    [
        {"comforts": ["skydiving"]},
        {"appreciation": ["money"]},
        {"reference_frequency": "hourly"},
        {"channel": "pigeon"},
        {"disclosure": "sometimes"},
        {"yearly_cap": -1},
        {"blackouts": [(date(2026, 7, 2), date(2026, 7, 1))]},
        {"blocked_companies": ["x" * 201]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_nonsense_is_refused_by_the_field(ada: Advocate, changes: dict[str, Any]) -> None:
    """ADV-2, BAD-1.a: nothing half-saved."""
    with pytest.raises(DomainError) as caught:
        save_preferences(actor=SYSTEM, advocate=ada, snoozed_until=date(2026, 5, 1), **changes)
    assert set(caught.value.fields) == set(changes)
    assert Preference.objects.get(advocate=ada).snoozed_until is None


def test_the_advocate_owns_them(ada: Advocate, bob: Membership, alice: Membership) -> None:
    """ADV-2, ID-2.a: the person, and who may edit advocates; neither sales nor another advocate."""
    save_preferences(actor=Actor.advocate(ada.pk), advocate=ada, channel="csm")
    save_preferences(actor=Actor.member(alice), advocate=ada, channel="email")
    for stranger in (Actor.member(bob), Actor.advocate(EnrolledFactory().pk)):
        with pytest.raises(NotAllowed):
            save_preferences(actor=stranger, advocate=ada, channel="phone")
    with pytest.raises(TypeError):
        save_preferences(actor=SYSTEM, advocate=ada, salary=1)


def test_types_that_are_off_are_left_alone(ada: Advocate) -> None:
    """ADV-2.a: a form only asks about what is on."""
    kind = catalogued("survey")
    assert not kind.is_on
    save_preferences(actor=SYSTEM, advocate=ada, accepted_types=[])
    assert not TypePreference.objects.filter(activity_type=kind).exists()
