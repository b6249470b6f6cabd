"""Answering an invitation on its link (ENR-1, ID-3)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocates.joining import invitations
from advocates.models import Advocate, ProgramInvitation
from tests.factories.advocates import AdvocateFactory
from tests.factories.touches import TouchFactory
from tests.support.database import fingerprint
from tests.support.program import Program
from tests.support.time import Clock


@pytest.fixture
def invitation(program: Program) -> ProgramInvitation:
    advocate = AdvocateFactory.create(
        account=program.advocate.account,
        first_name="Ana",
        status="cultivating",
        enrolled_at=None,
        email="ana@quantum.example",
    )
    TouchFactory.create(advocate=advocate)
    return invitations.invite_advocate(
        actor=program.actor,
        advocate=advocate,
        sender=program.csm,
        personal_line="Your rollout in 23 days is the best I have seen.",
    )


@pytest.fixture
def path(invitation: ProgramInvitation) -> str:
    return urlsplit(link_url(PersonalLink.objects.get(purpose="invitation"))).path


def test_the_invitation(
    invitation: ProgramInvitation, tenant: Tenant, browser: Client, path: str
) -> None:
    """ENR-1, ID-3.a, ID-3.c: who invites, why her, what is involved; looking changes nothing."""
    before = fingerprint(tenant)
    shown = browser.get(path).text
    for words in ("Cleo", "selected", "23 days", "What is involved", "6 times a year", "minutes"):
        assert words in shown
    assert browser.get(f"{path}?say=no").status_code == 200
    assert fingerprint(tenant) == before


def test_yes_leads_straight_to_the_preferences(
    invitation: ProgramInvitation, browser: Client, path: str
) -> None:
    """ENR-1.e, ID-3.a: enrolled, with a link of her own, and the welcome in her mail."""
    refused = browser.post(path, {"say": "yes"})
    assert refused.status_code == 422
    assert invitation.advocate.reload().status == "invited"
    went = browser.post(path, {"say": "yes", "consent": "1"})
    assert went.status_code == 302
    page = browser.get(went["Location"])
    assert page.status_code == 200
    assert "Welcome, Ana" in page.text
    assert Advocate.objects.get(first_name="Ana").status == "active"
    welcome = OutgoingMail.objects.get(to_email="ana@quantum.example", kind="portal-link")
    assert welcome.link is not None
    assert "You are with us, Ana" in browser.get(path).text


def test_no_is_kindly_taken(invitation: ProgramInvitation, browser: Client, path: str) -> None:
    """ENR-1.e: with or without a reason; the link then says thank you, and yes is no way back."""
    browser.post(path, {"say": "no", "reason": "A busy year"})
    assert invitation.reload().decline_reason == "A busy year"
    assert invitation.advocate.reload().status == "declined"
    assert "Thank you for telling us" in browser.get(path).text
    late = browser.post(path, {"say": "yes", "consent": "1"})
    assert late.status_code == 409
    assert invitation.advocate.reload().status == "declined"


def test_other_ends(
    invitation: ProgramInvitation, program: Program, browser: Client, path: str, clock: Clock
) -> None:
    """ENR-1.e: sent again, withdrawn, run out, unknown: a sentence for each."""
    assert browser.post(path, {"say": "perhaps"}).status_code == 422
    actor = Actor.member(program.csm)
    invitations.resend_program_invitation(actor=actor, invitation=invitation)
    gone = browser.get(path)
    assert gone.status_code == 410
    assert "newer invitation" in gone.text
    fresh = PersonalLink.objects.get(purpose="invitation", revoked_at=None)
    path = urlsplit(link_url(fresh)).path
    invitations.withdraw_program_invitation(actor=actor, invitation=invitation)
    assert "does not stand any more" in browser.get(path).text
    clock.advance(timedelta(days=40))
    assert browser.get(path).status_code == 410
    assert browser.get("/p/" + "x" * 43 + "/invitation/").status_code == 404
