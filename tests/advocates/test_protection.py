"""What protects an advocate, in plain words: to colleagues and to themselves (CAP-5)."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.messaging.links import create_link, link_url
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate, ProgramPolicy
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.services import CapacityRefused, release_unit, take_unit
from advocates.program.protection import own_numbers, own_protections, protections
from tests.factories.advocates import EnrolledFactory, catalogued
from tests.factories.tenancy import MembershipFactory
from tests.support.policy import change_policy
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def test_in_plain_words_with_the_tenants_numbers(
    clock: Clock, scope: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """CAP-5.a: every colleague reads each rule, and whether there is a way past it; an advocate
    reads only what nobody can pass, and where they stand.
    """
    person: Advocate = EnrolledFactory.create()
    kind = catalogued("reference_call")
    change_policy(days_between_asks=33, recovery_mode="warn")
    policy = ProgramPolicy.objects.get()
    firm = {rule.title: rule.blocks for rule in protections(policy)}
    assert list(firm.values()).count(False) == 2  # recovery now, and the ladder
    page = client_for(MembershipFactory.create(role="sales")).get("/t/acme/protection/").text
    assert "33 days between two" in page
    assert "may be passed with a reason" in page
    assert "Change the numbers" not in page
    assert "Change the numbers" in client_for(alice).get("/t/acme/protection/").text
    assert not any("something big" in text for text in own_protections(policy))

    numbers = own_numbers(person, policy)
    assert numbers is not None
    assert (numbers.used, numbers.asked, numbers.may_now) == (0, 0, True)
    take_unit(advocate=person, activity_type=kind)
    numbers = own_numbers(person, policy)
    assert numbers is not None
    today = product_clock.now().date()
    assert (numbers.used, numbers.asked, numbers.may_now) == (1, 1, False)
    assert numbers.from_day == today + timedelta(days=33)
    link = create_link(
        purpose="portal",
        subject_id=person.pk,
        expires_at=product_clock.now() + timedelta(days=9),
    )
    own = urlsplit(link_url(link)).path.replace("/home/", "/protection/")
    said = client_for(None).get(own).text
    assert "1 of 6 things given or promised" in said
    assert "Asked once in the last twelve months; 12 times is the most" in said
    assert "33 days between two questions" in said


def test_whatever_it_is_asked_for_counts_alike(clock: Clock, scope: Tenant) -> None:
    """CAP-7.a: an invitation to an event, a survey and a reference call share one pace, also those
    that take no unit; so each keeps the others waiting.
    """
    kinds = [catalogued(code) for code in ("event_attendance", "survey", "reference_call")]
    assert ProgramPolicy.objects.get().days_between_asks == 21
    for first in kinds:
        person = EnrolledFactory.create()
        unit = take_unit(advocate=person, activity_type=first)
        release_unit(participation=unit, reason="later")
        for second in kinds:
            found = guard_status(activity_type=second, advocate_ids=[person.pk])[person.pk]
            assert "capacity_pacing" in [reason.code for reason in found.reasons]
        with pytest.raises(CapacityRefused):
            take_unit(advocate=person, activity_type=kinds[1])
