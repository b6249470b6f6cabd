"""The way into the program and out of it (ENR-1)."""

from datetime import timedelta

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.joining import enrolment
from advocates.models import AccountCapacity, Capacity, Preference, TierChange
from advocates.people import preferences
from advocates.people.choices import AdvocateStatus
from advocates.people.lifecycle import ENROLMENT
from advocates.program import services as program
from tests.advocates.tiers import standing, tier_of
from tests.factories.advocates import (
    SYSTEM,
    AccountFactory,
    AdvocateFactory,
    EnrolledFactory,
    did,
)
from tests.factories.touches import TouchFactory
from tests.support.time import Clock


@pytest.mark.parametrize("status", AdvocateStatus.values)
def test_who_can_be_enrolled(scope: Tenant, clock: Clock, status: str) -> None:
    """ENR-1.a, ADV-1.b: from any state before it, nobody else; a refusal names the legal moves."""
    program.set_up_program()
    account = AccountFactory(capacity=None)
    ada = AdvocateFactory(account=account, status=status, enrolled_at=None, capacity=None)
    if status in ENROLMENT["enrol"].source:
        enrolment.enrol_advocate(actor=SYSTEM, advocate=ada, reason="The board met her")
        assert ada.reload().status == "active"
        assert ada.enrolled_at == clock.now
        assert tier_of(ada) == "community"
        assert TierChange.objects.get().why == "enrolled"
        assert Capacity.objects.get(advocate=ada).allowance == 6
        assert AccountCapacity.objects.filter(account=account).count() == 1
        assert Preference.objects.filter(advocate=ada).count() == 1
        event = Event.objects.get(verb="advocate.enrolled")
        assert event.payload["before"] == status
        assert "board" not in str(event.payload)
    else:
        with pytest.raises(Conflict) as caught:
            enrolment.enrol_advocate(actor=SYSTEM, advocate=ada, reason="x")
        legal = [move.label for move in ENROLMENT.manual if status in move.source]
        assert all(str(label) in caught.value.message for label in legal)
        assert not Preference.objects.exists()


def test_skipping_cultivation_needs_a_reason(scope: Tenant, clock: Clock) -> None:
    """ENR-1.b: at least one recorded touch, or a reason."""
    program.set_up_program()
    ada = AdvocateFactory(status="qualified", enrolled_at=None)
    with pytest.raises(DomainError) as caught:
        enrolment.enrol_advocate(actor=SYSTEM, advocate=ada)
    assert "reason" in caught.value.fields
    with pytest.raises(DomainError):
        enrolment.advance_advocate(actor=SYSTEM, advocate=ada, to="invited")
    enrolment.advance_advocate(actor=SYSTEM, advocate=ada, to="cultivating")
    with pytest.raises(DomainError):
        enrolment.advance_advocate(actor=SYSTEM, advocate=ada, to="invited")
    TouchFactory(advocate=ada, about_ask=True)
    TouchFactory(advocate=ada, kind="note")
    TouchFactory(advocate=ada, happened_on=clock.now.date() - timedelta(days=400))
    assert enrolment.skips_cultivation(ada)
    TouchFactory(advocate=ada)
    enrolment.advance_advocate(actor=SYSTEM, advocate=ada, to="invited")
    enrolment.enrol_advocate(actor=SYSTEM, advocate=ada)
    with pytest.raises(Conflict):
        enrolment.advance_advocate(actor=SYSTEM, advocate=ada, to="candidate")


def test_two_people_cannot_move_somebody_twice(scope: Tenant, clock: Clock) -> None:
    """ENR-1: the second is told that somebody else was first."""
    ada = EnrolledFactory()
    stale = type(ada).objects.get(pk=ada.pk)
    enrolment.pause_advocate(actor=SYSTEM, advocate=ada)
    with pytest.raises(Conflict):
        enrolment.retire_advocate(actor=SYSTEM, advocate=stale, reason="x")
    enrolment.resume_advocate(actor=SYSTEM, advocate=ada)
    with pytest.raises(Conflict):
        enrolment.resume_advocate(actor=SYSTEM, advocate=ada)
    assert ada.reload().status == "active"


def test_coming_back_keeps_history_and_wishes(scope: Tenant, clock: Clock) -> None:
    """ENR-1: an alumna is enrolled again with what she gave and what she said."""
    ada = EnrolledFactory()
    preferences.save_preferences(actor=SYSTEM, advocate=ada, yearly_cap=2)
    did(ada, "testimonial")
    with pytest.raises(DomainError):
        enrolment.retire_advocate(actor=SYSTEM, advocate=ada, reason=" ")
    enrolment.retire_advocate(actor=SYSTEM, advocate=ada, reason="Parental leave")
    clock.advance(days=30)
    enrolment.enrol_advocate(actor=SYSTEM, advocate=ada)
    assert tier_of(ada) == "silver"
    assert standing(ada).since == clock.now
    assert Capacity.objects.get(advocate=ada).allowance == 2


def test_only_the_program_enrols(
    scope: Tenant, clock: Clock, alice: Membership, bob: Membership
) -> None:
    """ENR-1, ID-2.a."""
    program.set_up_program()
    ada = AdvocateFactory(status="invited")
    for stranger in (Actor.member(bob), Actor.advocate(ada.pk)):
        with pytest.raises(NotAllowed):
            enrolment.enrol_advocate(actor=stranger, advocate=ada)
    enrolment.enrol_advocate(actor=Actor.member(alice), advocate=ada)
    assert TierChange.objects.get().actor == alice
