"""The life of a unit in the ledger (CAP-1, CAP-8, TIER-7)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Tenant
from advocates.models import Participation
from advocates.program.ledger import facts
from advocates.program.ledger import services as ledger
from advocates.program.ledger.choices import Origin
from tests.factories.advocates import EnrolledFactory, catalogued, did, open_wide
from tests.support.time import Clock


@pytest.fixture
def unit(scope: Tenant, clock: Clock) -> Participation:
    """A testimonial somebody was asked for."""
    open_wide()
    return ledger.take_unit(
        advocate=EnrolledFactory(), activity_type=catalogued("testimonial"), detail="speed"
    )


def test_a_unit_says_what_the_type_was(unit: Participation, clock: Clock) -> None:
    """CAP-1: editing the catalogue never rewrites history."""
    catalogued("testimonial", units=3, effort="high", tier_credit="no")
    row = unit.reload()
    assert (row.units, row.effort, row.counts_for_tier, row.origin) == (1, "low", True, "asked")
    assert row.advocate.reload().last_asked_at == clock.now


def test_completing_keeps_the_same_unit(unit: Participation, clock: Clock) -> None:
    """CAP-1.b: never counted twice."""
    clock.advance(days=2)
    ledger.complete_unit(participation=unit, at=clock.now, minutes=25)
    row = unit.reload()
    assert (row.state, row.minutes, row.completed_at) == ("completed", 25, clock.now)
    assert Participation.objects.count() == 1


def test_a_settled_unit_stays_settled(unit: Participation, clock: Clock) -> None:
    """CAP-1.b: whoever comes second is told so."""
    ledger.release_unit(participation=unit, reason="declined")
    for again in (
        lambda: ledger.release_unit(participation=unit, reason="expired"),
        lambda: ledger.complete_unit(participation=unit, at=clock.now),
        lambda: ledger.void_unit(participation=unit, reason="x"),
    ):
        with pytest.raises(Conflict):
            again()
    assert unit.reload().release_reason == "declined"


def test_nothing_is_completed_before_it_was_asked_or_in_the_future(
    unit: Participation, clock: Clock
) -> None:
    """CAP-1: a date mistyped is a sentence, not an error of the database."""
    for moment in (clock.now - timedelta(days=1), clock.now + timedelta(days=1)):
        with pytest.raises(DomainError) as caught:
            ledger.complete_unit(participation=unit, at=moment)
        assert "at" in caught.value.fields
    with pytest.raises(DomainError):
        did(unit.advocate, "testimonial", days_ago=-1)


def test_voiding_needs_a_reason_and_ends_the_count(unit: Participation, clock: Clock) -> None:
    """TIER-7.b: the row stays, with its reason; the unit is free again."""
    ledger.complete_unit(participation=unit, at=clock.now)
    with pytest.raises(DomainError):
        ledger.void_unit(participation=unit, reason="  ")
    ledger.void_unit(participation=unit, reason="It was Bob's")
    row = unit.reload()
    assert (row.state, row.void_reason) == ("voided", "It was Bob's")
    ledger.take_unit(
        advocate=unit.advocate, activity_type=catalogued("testimonial"), detail="speed"
    )


def test_the_database_keeps_every_row_as_it_was(unit: Participation, clock: Clock) -> None:
    """CAP-1.d, CAP-1.e: no way around the services: no DELETE, no other advocate, no more units."""
    for attempt in (
        lambda: Participation.objects.filter(pk=unit.pk).delete(),
        lambda: Participation.objects.filter(pk=unit.pk).update(units=0),
        lambda: Participation.objects.filter(pk=unit.pk).update(advocate=EnrolledFactory()),
        lambda: Participation.objects.filter(pk=unit.pk).update(taken_at=clock.now),
    ):
        clock.advance(minutes=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    ledger.complete_unit(participation=unit, at=clock.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.filter(pk=unit.pk).update(state="open", completed_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.filter(pk=unit.pk).update(units=5)


def test_a_refused_take_leaves_the_transaction_usable(unit: Participation, clock: Clock) -> None:
    """CAP-1: a batch goes on with the next person."""
    with transaction.atomic():
        with pytest.raises(ledger.CapacityRefused):
            ledger.take_unit(
                advocate=unit.advocate, activity_type=unit.activity_type, detail="speed"
            )
        other = ledger.take_unit(advocate=EnrolledFactory(), activity_type=unit.activity_type)
    assert other.reload().state == "open"


def test_a_place_on_a_reference_list_takes_its_unit_when_called(
    scope: Tenant, clock: Clock
) -> None:
    """CAP-1: section 5, "1 when called"; being called is a fact, so it is never refused."""
    open_wide()
    ada = EnrolledFactory(cap=1)
    kind = catalogued("reference_list")
    places = [ledger.take_unit(advocate=ada, activity_type=kind) for _ in range(3)]
    assert [place.units for place in places] == [0, 0, 0]
    with pytest.raises(ledger.CapacityRefused) as refused:
        ledger.take_unit(advocate=ada, activity_type=kind)
    assert refused.value.code == "capacity_type_at_once"
    for place in places[:2]:
        assert not place.counts_for_tier
        ledger.complete_unit(participation=place, at=clock.now)
        row = place.reload()
        assert (row.units, row.counts_for_tier) == (1, True)


def test_what_happened_outside_the_program_is_marked_so(scope: Tenant, clock: Clock) -> None:
    """CAP-8.a: recorded, counted, marked; imports too."""
    ada = EnrolledFactory(cap=0)
    unit = did(ada, "reference_call", days_ago=3)
    assert (unit.origin, unit.units, unit.state) == (Origin.OUTSIDE, 1, "completed")
    imported = facts.record_outside(
        advocate=ada,
        activity_type=catalogued("referral"),
        happened_at=clock.now - timedelta(days=900),
        imported=True,
    )
    assert (imported.origin, imported.counts_for_tier) == (Origin.IMPORTED, False)


def test_tier_credit_comes_late_only_where_it_can(scope: Tenant, clock: Clock) -> None:
    """TIER-1: a referral when qualified; a survey never."""
    ada = EnrolledFactory()
    referral, survey = did(ada, "referral"), did(ada, "survey")
    for _ in range(2):
        ledger.grant_tier_credit(participation=referral)
        ledger.grant_tier_credit(participation=survey)
    assert (referral.counts_for_tier, survey.counts_for_tier) == (True, False)
