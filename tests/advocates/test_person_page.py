"""The three answers at the top of a person's page, and what is done from there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as time
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web import formatting as words
from advocates.models import ActivityType, Advocate, Participation, Preference, ProgramPolicy
from advocates.people.asking import Answer, TypeAnswer, can_ask
from advocates.people.writing import write_to_person
from tests.factories.advocates import (
    AccountHoldFactory,
    ConsentFactory,
    EnrolledFactory,
    set_up,
)

ClientFor = Callable[[Membership | None], Client]


@pytest.fixture
def ana(tenant: Tenant) -> Advocate:
    """Somebody in a program that is set up."""
    with tenant_scope(tenant):
        set_up()
        return EnrolledFactory(  # type: ignore[no-any-return]
            first_name="Ana", last_name="Lima", email="ana@example.com", account__health=95
        )


def page_of(client: Client, advocate: Advocate) -> str:
    return client.get(f"/t/acme/advocates/{advocate.pk}/").text


def gave(advocate: Advocate, code: str, *, days_ago: int) -> None:
    kind = ActivityType.objects.get(code=code)
    at = time.now() - timedelta(days=days_ago)
    Participation.objects.create(
        advocate=advocate,
        account=advocate.account,
        activity_type=kind,
        origin="asked",
        state="completed",
        units=kind.units,
        effort=kind.effort,
        counts_for_tier=True,
        is_reference=kind.is_reference,
        minutes=40,
        taken_at=at,
        completed_at=at,
    )


def test_the_page_answers_may_i_ask(
    ana: Advocate, tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """MAT-2, CAP-5: yes or no in words, until when, and what a guardrail only warns of."""
    with tenant_scope(tenant):
        ProgramPolicy.objects.update(ladder_mode="warn")
        answer = can_ask(ana)
        assert any("step before this" in said.text for said in answer.cautions)
        assert any("Referral" in said.names for said in answer.cautions)
    page = page_of(client_for(alice), ana)
    assert "May I ask Ana, and for what?" in page
    assert "step before this" in page
    assert "Ask Ana…" in page
    with tenant_scope(tenant):
        today = time.today(tenant.zone)
        AccountHoldFactory(account=ana.account, reason="Merger", ends_on=today)
        tomorrow = today + timedelta(days=1)
        assert can_ask(ana).free_from == tomorrow
    page = page_of(client_for(alice), ana)
    assert f"Not before {words.day(tomorrow)}" in page
    assert "Ask Ana…" not in page


def test_a_call_too_soon_says_from_when(ana: Advocate, tenant: Tenant) -> None:
    """CAP-3: what only waits for time is said with its day."""
    with tenant_scope(tenant):
        Preference.objects.filter(advocate=ana).update(comforts=["private_call"])
        gave(ana, "reference_call", days_ago=60)
        sentence = can_ask(ana).sentence
    assert sentence.startswith("Yes, but no reference call before")


def test_a_headline_is_no_earlier_than_the_guard(ana: Advocate, tenant: Tenant) -> None:
    """MAT-2, CAP-2: where all ends soon but every kind has a longer gap, that is said."""
    with tenant_scope(tenant):
        kind, soon = ActivityType.objects.first(), time.today(tenant.zone)
        assert kind is not None
        later, latest = soon + timedelta(days=20), soon + timedelta(days=40)
        gaps = [TypeAnswer(kind, ["Gap"], [], later), TypeAnswer(kind, ["Gap"], [], latest)]
        never = TypeAnswer(kind, ["Not comfortable"], [])
        free = TypeAnswer(kind, [], [])
    for types, day in (
        (gaps, later),
        ([*gaps, never], later),
        ([*gaps, free], soon),
        ([never], None),
        ([], soon),
    ):
        assert Answer(["On hold"], [], types, soon).first_day == day
    assert f"{words.day(later)}" in Answer(["On hold"], [], gaps, soon).sentence
    assert Answer(["Not in the program"], [], gaps, None).first_day is None


def test_what_was_given_and_is_next(
    ana: Advocate, tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """ADV-1, ADV-4.a: contributions with their time; a leave that ends soon is the next thing."""
    with tenant_scope(tenant):
        gave(ana, "reference_call", days_ago=200)
        gave(ana, "testimonial", days_ago=100)
        ends = time.now().date() + timedelta(days=12)
        ConsentFactory(advocate=ana, use="logo", expires_on=ends, given_on=time.now().date())
    page = page_of(client_for(alice), ana)
    assert "2 contributions, 80 minutes" in page
    assert "Renew: Logo" in page
    assert "?use=logo" in page


def test_writing_to_somebody(
    ana: Advocate, tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """MSG-1, ADV-2.f: in one's own words, once; or to whoever brings it to them."""
    client, here = client_for(alice), f"/t/acme/advocates/{ana.pk}/write/"
    said = {"subject": "Hello", "text": "How is the new team?"}
    assert "ana@example.com" in client.get(here).text
    assert client.post(here, {**said, "text": " "}).status_code == 422
    for _press in range(2):
        assert client.post(here, said).status_code == 302
    with tenant_scope(tenant):
        mail = OutgoingMail.objects.get(kind="personal")
        assert (mail.to_email, mail.subject, mail.sender) == (ana.email, "Hello", alice)
        Preference.objects.filter(advocate=ana).update(channel="phone")
        other = write_to_person(
            actor=Actor.member(alice), advocate=ana, subject="Again", text="And the rest?"
        )
        assert other.to_email == alice.email
    assert "Wrote to the person" in page_of(client, ana)


def test_nobody_without_an_address_is_written_to(
    ana: Advocate, tenant: Tenant, alice: Membership
) -> None:
    """BAD-1.a: the refusal says what is missing."""
    with tenant_scope(tenant):
        Advocate.objects.filter(pk=ana.pk).update(email="")
        with pytest.raises(DomainError, match="no e-mail address"):
            write_to_person(
                actor=Actor.member(alice), advocate=ana.reload(), subject="Hello", text="Well?"
            )


def test_the_timeline_is_narrowed_in_the_address(
    ana: Advocate, alice: Membership, client_for: ClientFor
) -> None:
    """UI-1: what is between us, and what is in the record, each with an address."""
    client, here = client_for(alice), f"/t/acme/advocates/{ana.pk}/"
    client.post(f"{here}outcomes/new/", {"metric": "Hours", "before": "6", "after": "1"})
    assert "Added an outcome" in client.get(f"{here}?happened=own").text
    assert "Added an outcome" not in client.get(f"{here}?happened=others").text


@pytest.mark.parametrize("role", ["marketing", "executive"])
def test_who_only_looks_is_offered_nothing(
    ana: Advocate, membership: Any, client_for: ClientFor, role: str
) -> None:
    """ID-2.b: answers for everybody who may open the page, buttons for those who may press them."""
    page = page_of(client_for(membership(role)), ana)
    assert "May I ask Ana" in page
    assert "Ask Ana…" not in page
    assert "/write/" not in page
