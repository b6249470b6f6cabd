"""Consents and employers' approvals: who, for what, until when, and what waits for them (ADV-4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from activities.activities.booking import schedule_activity
from activities.activities.completion import complete_activity
from activities.activities.models import Activity
from advocacy import clock as product_clock
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from advocates.models import ActivityType, Advocate, Consent
from advocates.people.asking import can_ask
from advocates.people.consents import record_consent, withdraw_consent
from advocates.people.renewals import remind_of_endings
from advocates.sponsors.settings import CARE
from reporting.queue import everything, rows_of
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    ConsentFactory,
    PreferenceFactory,
    set_up,
    today,
)
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def speaking() -> ActivityType:
    """Needs the employer, whatever its policy."""
    return ActivityType.objects.get(code="speaking")


def reasons(person: Advocate, kind: ActivityType) -> str:
    """Why it cannot be asked for."""
    (answer,) = [each for each in can_ask(person).types if each.activity_type == kind]
    return " ".join(answer.reasons)


def test_an_approval_says_who_and_for_what(scope: Any, alice: Membership, client_for: Any) -> None:
    """ADV-4.b, BAD-1: by hand and over REST: who at the company, for which kinds, evidence and
    end. Without a name, or with a kind nobody knows, it is refused at the field.
    """
    set_up()
    ActivityType.objects.update(is_on=True)
    person = AdvocateFactory()
    client, api = client_for(alice), api_for(alice)
    url = reverse("advocates:consent-new", args=(scope.slug, person.pk))
    typed = {
        "use": "employer",
        "given_on": today().isoformat(),
        "given_by": "Rosa Ruiz, legal",
        "evidence": "Mail of 3 May",
        "expires_on": (today() + timedelta(days=90)).isoformat(),
        "scope": ["speaking"],
    }
    assert client.post(url, {**typed, "given_by": ""}).status_code == 422
    assert client.post(url, {**typed, "use": "quote"}).status_code == 422
    assert not Consent.objects.exists()
    assert client.post(url, typed).status_code == 302
    path = f"advocates/{person.pk}/consents/"
    for wrong in ({"given_by": ""}, {"scope": ["nothing"]}):
        answer = api.post(path, {**typed, **wrong})
        assert answer.status_code == 422, answer.content
        assert set(wrong) == set(answer.json()["errors"])
    assert api.post(path, typed).status_code == 201
    assert [row["scope"] for row in api.get(path).json()] == [["speaking"], ["speaking"]]
    page = client.get(reverse("advocates:detail", args=(scope.slug, person.pk)))
    assert "Rosa Ruiz, legal · Mail of 3 May" in page.content.decode()


def test_what_is_involved_can_be_handed_on(
    scope: Any, client: Client, alice: Membership, client_for: Any
) -> None:
    """ADV-4.c: a page of the catalogue's words, without signing in, and nothing of anybody; the
    person's page leads there while the employer has not approved. Of what is off there is none.
    """
    set_up()
    ActivityType.objects.update(is_on=True)
    kind, person = speaking(), AdvocateFactory(first_name="Zenobia")
    url = reverse("what-is-involved", args=(scope.slug, kind.code))
    detail = reverse("advocates:detail", args=(scope.slug, person.pk))
    assert url in client_for(alice).get(detail).content.decode()
    page = client.get(url).content.decode()
    assert kind.description in page
    assert "your company" in page
    assert "Zenobia" not in page
    ConsentFactory(advocate=person, use="employer", scope=["speaking"])
    assert url not in client_for(alice).get(detail).content.decode()
    ActivityType.objects.filter(pk=kind.pk).update(is_on=False)
    assert client.get(url).status_code == 404
    assert client.get(reverse("what-is-involved", args=("nobody", kind.code))).status_code == 404


def test_the_owner_is_reminded_once(
    clock: Clock, scope: Any, membership: Any, alice: Membership
) -> None:
    """ADV-4.d: thirty days before a consent or approval ends its row is on the owner's Today, and
    one mail goes out; given anew it is gone. A tenant may have another number of days.
    """
    set_up()
    owner = membership("csm")
    person = AdvocateFactory(account=AccountFactory(owner=owner))
    orphan = AdvocateFactory(account=AccountFactory(owner=None))
    ends = today() + timedelta(days=31)
    ConsentFactory(advocate=person, use="quote", expires_on=ends)
    ConsentFactory(advocate=person, use="video", expires_on=ends)
    ConsentFactory(advocate=person, use="video")
    ConsentFactory(advocate=person, use="logo", expires_on=ends, withdrawn_on=today())
    ConsentFactory(advocate=orphan, use="employer", given_by="Rosa", expires_on=ends)

    def waits(member: Membership) -> list[str]:
        items = [item for item in everything(member) if item.work.code == "consent"]
        return [row.title for row in rows_of(member, items)]

    remind_of_endings(scope.pk)
    assert not OutgoingMail.objects.exists()
    assert waits(owner) == []
    clock.advance(timedelta(days=1))
    for _night in range(2):
        remind_of_endings(scope.pk)
    assert sorted(OutgoingMail.objects.values_list("to_email", flat=True)) == sorted(
        [owner.email, alice.email]
    )
    (title,) = waits(owner)
    assert title.endswith("Quotes")
    assert len(waits(alice)) == 1
    record_consent(actor=Actor.member(owner), advocate=person, use="quote", given_on=today())
    assert waits(owner) == []
    admin = Actor.member(membership("admin"))
    change_settings(actor=admin, family=CARE, values={"renew_days": 10})
    assert waits(alice) == []


def test_an_approval_for_less_replaces_none_for_more(
    clock: Clock, scope: Any, membership: Any
) -> None:
    """ADV-4.d: what ends is renewed by what covers as much."""
    set_up()
    owner = membership("csm")
    person = AdvocateFactory(account=AccountFactory(owner=owner))
    ends = today() + timedelta(days=5)
    ConsentFactory(advocate=person, use="employer", given_by="Rosa", expires_on=ends)
    ConsentFactory(advocate=person, use="employer", given_by="Rosa", scope=["speaking"])
    assert [item.work.code for item in everything(owner)] == ["consent"]
    ConsentFactory(advocate=person, use="employer", given_by="Rosa")
    assert everything(owner) == []


def test_an_activity_waits_for_what_it_needs(clock: Clock, scope: Any, alice: Membership) -> None:
    """ADV-4.e: without the employer's approval speaking is not asked for, not booked and not
    completed, and the sentence says how it is got; with one that covers it, it goes ahead. A
    consent that was withdrawn stops what rests on it.
    """
    set_up()
    ActivityType.objects.update(is_on=True)
    actor, kind = Actor.member(alice), speaking()
    person = AdvocateFactory()
    PreferenceFactory(advocate=person)
    activity = ActivityFactory(advocate=person, activity_type=kind, state="accepted")
    starts = product_clock.now() + timedelta(days=3)

    def book() -> None:
        schedule_activity(
            actor=actor, activity=activity, starts_at=starts, ends_at=starts + timedelta(hours=1)
        )

    missing = "send them what is involved, and record who did"
    record_consent(
        actor=actor,
        advocate=person,
        use="employer",
        given_on=today(),
        given_by="Rosa",
        scope=["logo_use"],
    )
    assert missing in reasons(person, kind)
    with pytest.raises(Conflict, match=missing):
        book()
    with pytest.raises(Conflict, match=missing):
        complete_activity(actor=actor, activity=activity, happened_at=product_clock.now())
    path = f"activities/{activity.pk}/schedule/"
    body = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat()}
    assert missing in api_for(alice).post(path, body).content.decode()
    record_consent(actor=actor, advocate=person, use="employer", given_on=today(), given_by="Rosa")
    assert missing not in reasons(person, kind)
    book()
    assert activity.reload().state == "scheduled"

    quote = ActivityType.objects.filter(produces="quote").first()
    assert quote is not None
    assert "ended" not in reasons(person, quote)
    given = record_consent(actor=actor, advocate=person, use="quote", given_on=today())
    withdraw_consent(actor=actor, consent=given)
    assert "Their leave has ended (quotes)" in reasons(person, quote)


def test_kinds_belong_to_the_employer_alone(scope: Any, alice: Membership) -> None:
    """ADV-4.b, BAD-1."""
    set_up()
    with pytest.raises(DomainError) as refused:
        record_consent(
            actor=Actor.member(alice),
            advocate=AdvocateFactory(),
            use="logo",
            given_on=today(),
            scope=["speaking"],
        )
    assert "scope" in refused.value.fields


def test_what_is_published_rests_on_a_leave(clock: Clock, scope: Any, alice: Membership) -> None:
    """ADV-4.e: after a yes that a colleague heard, a testimonial waits until the leave for it is
    on record. What took place while it held is a fact (CAP-8.a), whatever became of it since.
    """
    set_up()
    actor, kind = Actor.member(alice), ActivityType.objects.get(code="testimonial")

    def finish(activity: Activity) -> None:
        complete_activity(actor=actor, activity=activity, happened_at=product_clock.now())

    heard = ActivityFactory(activity_type=kind, state="accepted")
    with pytest.raises(Conflict, match=r"Their leave is not on record \(quotes\)"):
        finish(heard)
    given = record_consent(actor=actor, advocate=heard.advocate, use="quote", given_on=today())
    finish(heard)
    clock.advance(days=3)
    later, last = ActivityFactory.create_batch(
        2,
        activity_type=kind,
        state="accepted",
        advocate=heard.advocate,
        participation__origin="volunteered",
        participation__units=0,
    )
    happened = product_clock.now()
    clock.advance(days=1)
    withdraw_consent(actor=actor, consent=given)
    with pytest.raises(Conflict, match="Log it as something that happened"):
        finish(last)
    complete_activity(actor=actor, activity=later, happened_at=happened)
