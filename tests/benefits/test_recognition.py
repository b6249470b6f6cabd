"""The recognition wall, and recognition given elsewhere (BEN-8)."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as clocks
from advocacy.events.models import Event
from advocacy.messaging.links import create_link, link_path
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocates.accounts.services import update_account
from advocates.joining.enrolment import retire_advocate
from advocates.models import Consent
from advocates.people.choices import ConsentUse
from advocates.people.consents import say_yes, withdraw_consent
from benefits.catalogue.models import Benefit
from benefits.catalogue.services import seed_benefits
from benefits.grants import services as grants
from benefits.recognition.models import Recognition
from benefits.recognition.selectors import on_the_wall
from benefits.recognition.services import (
    end_nightly,
    publish_recognition,
    update_recognition,
    write_recognition,
)
from tests.factories.advocates import AdvocateFactory, ConsentFactory
from tests.factories.giving import RecognitionFactory
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def up(program: Program, **values: Any) -> Recognition:
    """On the wall, with their leave."""
    row = RecognitionFactory(**values)
    return publish_recognition(actor=program.actor, recognition=row)


def wall_of(who: Any) -> str:
    """The wall behind somebody's own link."""
    ends = clocks.now() + timedelta(days=30)
    link = create_link(purpose="portal", subject_id=who.pk, expires_at=ends)
    return link_path(link).replace("/home/", "/wall/")


def test_nobody_goes_up_without_leave(program: Program) -> None:
    """BEN-8.a: the person's, and their company's where it is named and asks for that; never for a
    review.
    """
    row = RecognitionFactory(agreed=False)
    with pytest.raises(Conflict, match="has not said yet that we may recognise them by name"):
        publish_recognition(actor=program.actor, recognition=row)
    assert row.reload().state == "draft"
    ConsentFactory(advocate=row.advocate, use="recognition", withdrawn_on=clocks.now().date())
    with pytest.raises(Conflict, match="has not said yet"):
        publish_recognition(actor=program.actor, recognition=row.reload())
    named = RecognitionFactory(advocate__account__speaking_needs_approval=True)
    with pytest.raises(Conflict, match="approves what its people say in public"):
        publish_recognition(actor=program.actor, recognition=named)
    ConsentFactory(advocate=named.advocate, use="employer", given_by="Legal", scope=["case_study"])
    with pytest.raises(Conflict, match="leave the company out"):
        publish_recognition(actor=program.actor, recognition=named.reload())
    ConsentFactory(advocate=named.advocate, use="employer", given_by="Legal")
    publish_recognition(actor=program.actor, recognition=named.reload())
    up(program, advocate__account__speaking_needs_approval=True, names_company=False)
    left = RecognitionFactory(advocate__status="alumni")
    with pytest.raises(Conflict, match="is not in the program"):
        publish_recognition(actor=program.actor, recognition=left)
    assert len(on_the_wall()) == 2
    with pytest.raises(Conflict, match="Take it down, then change it"):
        update_recognition(actor=program.actor, recognition=named, title="Something else")
    with pytest.raises(DomainError, match="never rewarded"):
        write_recognition(
            actor=program.actor,
            advocate=named.advocate,
            title="For her G2 review",
            text="Thanks",
            period_on=clocks.now().date(),
        )


def test_down_at_once_when_the_leave_ends(program: Program, clock: Clock) -> None:
    """BEN-8.a: withdrawn, forbidden by the company, gone from the program: in the transaction;
    expired: nobody reads it from that day on, and the night says so.
    """
    rows = [up(program) for _number in range(4)]
    first, second, third, fourth = rows
    consent = Consent.objects.get(advocate=first.advocate)
    withdraw_consent(actor=program.actor, consent=consent)
    assert (first.reload().state, first.ended_by) == ("taken_down", "leave")
    update_account(
        actor=program.actor, account=second.advocate.account, speaking_needs_approval=True
    )
    assert (second.reload().state, second.ended_by) == ("taken_down", "company")
    retire_advocate(actor=program.actor, advocate=third.advocate, reason="Asked to leave")
    assert (third.reload().state, third.ended_by) == ("taken_down", "left")
    assert on_the_wall() == [fourth]
    told = Event.objects.filter(subjects__subject_id=first.advocate.pk)
    assert told.filter(verb="recognition.ended").count() == 1
    Consent.objects.filter(advocate=fourth.advocate).update(expires_on=clock.now.date())
    clock.advance(timedelta(days=1))
    assert on_the_wall() == []
    assert fourth.reload().state == "published"
    end_nightly(program.advocate.tenant_id)  # type: ignore[attr-defined]
    assert (fourth.reload().state, fourth.ended_by) == ("taken_down", "leave")


def test_people_read_it_and_have_their_say(program: Program) -> None:
    """BEN-8.a: on their own page, by period; one press agrees, another takes it down in the same
    transaction; nobody outside the program reads it, and nobody says it for them.
    """
    who = program.advocate
    other = up(program, kind="award", title="Customer of the year", period="year")
    row = RecognitionFactory(advocate=who, title="A door opened", agreed=False)
    page, browser = wall_of(who), Client()
    read = unescape(browser.get(page).content.decode())
    assert "Customer of the year" in read
    assert f"{other.advocate.name}, {other.advocate.account.name}" in read
    assert str(other.period_on.year) in read
    assert "May this stand on the wall" in read
    with pytest.raises(NotAllowed):
        say_yes(actor=program.actor, advocate=who, use=ConsentUse.RECOGNITION, said="by phone")
    with pytest.raises(NotAllowed):
        stranger = Actor.advocate(other.advocate.pk)
        say_yes(actor=stranger, advocate=who, use=ConsentUse.RECOGNITION, said="their page")
    assert browser.post(page, {"yes": "1"}).status_code == 302
    assert browser.post(page, {"yes": "1"}).status_code == 302
    assert Consent.objects.filter(advocate=who, use="recognition").count() == 1
    publish_recognition(actor=program.actor, recognition=row)
    assert set(on_the_wall()) == {row, other}
    assert browser.post(page, {"no": "1"}).status_code == 302
    assert row.reload().state == "taken_down"
    assert on_the_wall() == [other]
    gone = AdvocateFactory(status="alumni")
    answer = browser.get(wall_of(gone))
    assert "Customer of the year" not in answer.content.decode()


def test_recognition_given_elsewhere_is_a_grant(program: Program, client_for: Any) -> None:
    """BEN-8.b: planned with place and day, done with its link, on the person's timeline and in what
    they got; only of recognition; the form says where somebody has not agreed to be named.
    """
    seed_benefits()
    feature = Benefit.objects.get(code="newsletter_feature")
    api = api_for(program.manager)
    data = {
        "advocate": str(program.advocate.pk),
        "benefit": str(feature.pk),
        "occasion": "The autumn issue",
        "due_on": "2031-01-01",
        "channel": "newsletter",
    }
    made = api.post("grants/", data)
    assert made.status_code == 201, made.content
    assert made.json()["channel"] == "newsletter"
    grant = grants.Grant.objects.get(pk=made.json()["id"])
    grants.deliver_grant(actor=program.actor, grant=grant)
    late = api.patch(f"grants/{grant.pk}/", {"link": "https://isdom.example/autumn"})
    assert late.status_code == 200, late.content
    assert api.patch(f"grants/{grant.pk}/", {"occasion": "Another"}).status_code == 409
    about = Event.objects.filter(subjects__subject_id=program.advocate.pk)
    assert about.filter(verb="grant.delivered").count() == 1
    home = f"/t/{program.manager.tenant.slug}"
    client = client_for(program.manager)
    shown = client.get(f"{home}/grants/{grant.pk}/").content.decode()
    assert "Newsletter" in shown
    assert "https://isdom.example/autumn" in shown
    card = Benefit.objects.get(code="gift_card")
    wrong = api.post("grants/", {**data, "benefit": str(card.pk)})
    assert wrong.status_code == 422
    assert "is no recognition" in wrong.json()["errors"]["channel"][0]
    odd = api.post("grants/", {**data, "link": "javascript:alert(1)"})
    assert odd.status_code == 422
    said = client.post(f"{home}/grants/new/", {**data, "_look": "1"}).content.decode()
    assert "has not said yet that we may name them in public" in said
    assert 'name="link"' in said
    assert (
        'name="link"'
        not in client.post(
            f"{home}/grants/new/", {"benefit": str(card.pk), "_look": "1"}
        ).content.decode()
    )
