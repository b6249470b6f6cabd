"""Invitations into the program (ENR-1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.messaging.links import LinkGone, resolve_link, secret_of
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.services import change_settings
from advocates.joining import invitations, steps
from advocates.joining.enrolment import advance_advocate, enrol_advocate
from advocates.joining.senders import needs_executive
from advocates.joining.settings import RECRUITING
from advocates.models import Advocate, Consent, ProgramInvitation, Touch
from tests.factories.advocates import AccountFactory, AdvocateFactory, set_up
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import AdvocateScoreFactory, TouchFactory
from tests.support.time import Clock


@pytest.fixture
def csm(scope: Tenant, clock: Clock) -> Membership:
    set_up()
    made: Membership = MembershipFactory.create(role="csm", user__name="Cleo")
    return made


def invite(csm: Membership, status: str = "cultivating", **kwargs: Any) -> ProgramInvitation:
    advocate: Advocate = AdvocateFactory.create(
        account=AccountFactory.create(owner=csm),
        first_name="Ana",
        status=status,
        enrolled_at=None,
        **{name: kwargs.pop(name) for name in ("email", "language") if name in kwargs},
    )
    if status == "cultivating":
        TouchFactory.create(advocate=advocate)
    kwargs = {"sender": csm, "personal_line": "You came to mind first.", **kwargs}
    return invitations.invite_advocate(actor=Actor.member(csm), advocate=advocate, **kwargs)


def test_an_invitation_is_a_letter_from_a_person(csm: Membership) -> None:
    """ENR-1.a, ENR-1, MSG-1.d: it says that they were selected, comes from a colleague and holds
    the one link.
    """
    invitation = invite(csm, personal_line="Your rollout in 23 days is the best I have seen.")
    assert invitation.advocate.reload().status == "invited"
    mail = OutgoingMail.objects.get(subject_id=invitation.pk)
    assert mail.sender == csm
    assert mail.link is not None
    assert (mail.link.purpose, mail.link.subject_id) == ("invitation", invitation.pk)
    for words in ("Dear Ana", "selected", "23 days", "Cleo"):
        assert words in mail.text
    assert "23 days" not in str(Event.objects.get(verb="program_invitation.sent").payload)


def test_skipping_cultivation_needs_a_reason(csm: Membership) -> None:
    """ENR-1.b: at least one touch before the invitation, or a reason."""
    with pytest.raises(DomainError) as refused:
        invite(csm, status="qualified")
    assert "reason" in refused.value.fields
    assert invite(csm, status="qualified", reason="She asked to join.").state == "sent"


def test_a_touch_before_the_invitation(csm: Membership) -> None:
    """ENR-1.a, ENR-1.b: one recorded touch leads to cultivating, and the invitation needs no
    excuse.
    """
    advocate = AdvocateFactory.create(account=AccountFactory.create(owner=csm), status="qualified")
    actor = Actor.member(csm)
    with pytest.raises(DomainError) as refused:
        steps.cultivate_advocate(actor=actor, advocate=advocate, touch="bribe")
    assert "touch" in refused.value.fields
    with pytest.raises(DomainError) as refused:
        steps.cultivate_advocate(
            actor=actor, advocate=advocate, touch="preview", happened_on=date(1900, 1, 1)
        )
    assert set(refused.value.fields) == {"happened_on"}
    steps.cultivate_advocate(actor=actor, advocate=advocate, touch="preview", note="The new map")
    assert advocate.reload().status == "cultivating"
    touch = Touch.objects.get(advocate=advocate)
    assert (touch.kind, touch.by, touch.note) == ("preview", csm, "The new map")
    assert Event.objects.get(verb="advocate.cultivated").payload["reason"] == "preview"
    with pytest.raises(Conflict):
        steps.cultivate_advocate(actor=actor, advocate=advocate, touch="preview")
    invitations.invite_advocate(actor=actor, advocate=advocate, sender=csm, personal_line="You")
    assert advocate.reload().status == "invited"


@pytest.mark.parametrize("status", ["candidate", "nominated", "invited", "active", "declined"])
def test_who_can_be_invited(csm: Membership, status: str) -> None:
    """ENR-1.a: only somebody who qualified."""
    with pytest.raises(Conflict):
        invite(csm, status=status, reason="Because.")
    assert not OutgoingMail.objects.exists()


def test_without_address_or_right(csm: Membership) -> None:
    """ENR-1, ID-2.a: no address, no letter; a CSM invites at own accounts, sales nobody."""
    with pytest.raises(DomainError, match="e-mail"):
        invite(csm, email="")
    other = AdvocateFactory.create(
        account=AccountFactory.create(owner=MembershipFactory.create(role="csm")),
        status="cultivating",
    )
    for member in (
        csm,
        MembershipFactory.create(role="sales"),
        MembershipFactory.create(role="marketing"),
    ):
        with pytest.raises(NotAllowed):
            invitations.invite_advocate(
                actor=Actor.member(member), advocate=other, sender=member, personal_line="You"
            )


def test_saying_yes(csm: Membership) -> None:
    """ENR-1.a, ENR-1.e, ADV-4.a: enrolled at once, with consent and its evidence; the sender hears
    of it.
    """
    invitation = invite(csm)
    with pytest.raises(DomainError) as refused:
        invitations.accept_invitation(invitation=invitation, consent=False)
    assert "consent" in refused.value.fields
    assert invitation.reload().state == "sent"
    invitations.accept_invitation(invitation=invitation, consent=True)
    advocate = invitation.advocate.reload()
    assert (invitation.state, advocate.status) == ("accepted", "active")
    assert {consent.use for consent in Consent.objects.filter(advocate=advocate)} == {
        "reference_pool",
        "email",
    }
    told = Event.objects.get(verb="program_invitation.accepted")
    assert (told.actor_kind, told.actor_ref) == ("advocate", advocate.pk)
    assert OutgoingMail.objects.filter(to_email=csm.email).count() == 1


def test_saying_no(csm: Membership, clock: Clock) -> None:
    """ENR-1.e: final for 180 days; the reason stays out of the log."""
    invitation = invite(csm)
    invitations.decline_invitation(invitation=invitation, reason="Too busy until summer")
    assert invitation.advocate.reload().status == "declined"
    assert invitation.reload().decline_reason == "Too busy until summer"
    assert "summer" not in str(Event.objects.get(verb="program_invitation.declined").payload)
    assert "Too busy" in OutgoingMail.objects.get(to_email=csm.email).text
    clock.advance(timedelta(days=179))
    with pytest.raises(Conflict):
        advance_advocate(actor=Actor.system("tests"), advocate=invitation.advocate, to="candidate")
    clock.advance(timedelta(days=2))
    advance_advocate(actor=Actor.system("tests"), advocate=invitation.advocate, to="candidate")


def test_an_invitation_is_answered_once(csm: Membership, clock: Clock) -> None:
    """ENR-1.e: neither twice nor after its end."""
    invitation = invite(csm)
    stale = ProgramInvitation.objects.select_related("advocate__account").get()
    invitations.decline_invitation(invitation=invitation)
    with pytest.raises(Conflict):
        invitations.accept_invitation(invitation=stale, consent=True)
    assert stale.advocate.reload().status == "declined"
    late = invite(csm)
    clock.advance(timedelta(days=30))
    with pytest.raises(Conflict):
        invitations.accept_invitation(invitation=late, consent=True)


def test_sent_again_and_withdrawn(csm: Membership, clock: Clock) -> None:
    """ENR-1.e, ID-3.b: a fresh link ends the one before; a withdrawn one leads back to
    qualified.
    """
    invitation = invite(csm)
    first = secret_of(PersonalLink.objects.get(subject_id=invitation.pk))
    clock.advance(timedelta(days=40))
    invitations.resend_program_invitation(actor=Actor.member(csm), invitation=invitation)
    with pytest.raises(LinkGone):
        resolve_link(first, purposes=["invitation"])
    assert invitation.reload().expires_at > clock.now
    states = OutgoingMail.objects.filter(subject_id=invitation.pk).order_by("created_at")
    assert [mail.state for mail in states] == ["cancelled", "queued"]
    invitations.withdraw_program_invitation(actor=Actor.member(csm), invitation=invitation)
    assert invitation.advocate.reload().status == "qualified"
    with pytest.raises(Conflict):
        invitations.resend_program_invitation(actor=Actor.member(csm), invitation=invitation)


def test_an_answer_on_the_phone_closes_the_invitation(csm: Membership) -> None:
    """ENR-1: a colleague who enters the answer leaves no open invitation behind."""
    invitation = invite(csm)
    manager = MembershipFactory.create(role="program_manager")
    enrol_advocate(actor=Actor.member(manager), advocate=invitation.advocate)
    assert invitation.reload().state == "accepted"


def test_from_the_right_level(csm: Membership) -> None:
    """ENR-1.c: from a score of 85 on an executive invites, others the CSM or the program manager;
    somebody else needs a reason, which is kept, and the number is the tenant's.
    """
    executive = MembershipFactory.create(role="executive")
    manager = MembershipFactory.create(role="program_manager")

    def candidate(score: int) -> Advocate:
        account = AccountFactory.create(owner=csm)
        person: Advocate = AdvocateFactory.create(account=account, status="cultivating")
        AdvocateScoreFactory.create(advocate=person, score=score)
        TouchFactory.create(advocate=person)
        return person

    right = {85: executive, 84: csm, 0: manager}
    wrong = {85: csm, 84: executive, 0: MembershipFactory.create(role="marketing")}
    for score, sender in wrong.items():
        person = candidate(score)
        common: dict[str, Any] = {"actor": Actor.member(csm), "advocate": person}
        with pytest.raises(DomainError) as refused:
            invitations.invite_advocate(**common, sender=sender, personal_line="You")
        assert "level_reason" in refused.value.fields
        sent = invitations.invite_advocate(
            **common, sender=sender, personal_line="You", level_reason="They met in June"
        )
        assert sent.reload().level_reason == "They met in June"
        assert "June" not in str(Event.objects.filter(verb="program_invitation.sent").latest("at"))
    for score, sender in right.items():
        sent = invitations.invite_advocate(
            actor=Actor.member(csm), advocate=candidate(score), sender=sender, personal_line="You"
        )
        assert OutgoingMail.objects.get(subject_id=sent.pk).sender == sender
    change_settings(actor=Actor.system("tests"), family=RECRUITING, values={"executive_from": 90})
    assert not needs_executive(candidate(89))
    assert needs_executive(candidate(90))


def test_the_letter_says_why_what_and_what_for(csm: Membership) -> None:
    """ENR-1.d: they were selected, why, what is asked, what they get; each part can be said in
    other words, and without why nobody is invited.
    """
    with pytest.raises(DomainError) as refused:
        invite(csm, personal_line="  ")
    assert "personal_line" in refused.value.fields
    usual = OutgoingMail.objects.get(subject_id=invite(csm).pk).text
    for words in ("selected you", "You came to mind first", "What is asked of you", "What you get"):
        assert words in usual
    own = invite(csm, asked="One call a year.", gives="Lunch with our founder.")
    text = OutgoingMail.objects.get(subject_id=own.pk).text
    assert "One call a year." in text
    assert "Lunch with our founder." in text
    assert "never more than suits you" not in text


def test_every_step_has_time_actor_and_event(csm: Membership, clock: Clock) -> None:
    """ENR-1.a, ENR-1.f: candidate → qualified → cultivating → invited → declined → candidate, and
    not ready yet; each step moves once, with its time, actor and event.
    """
    actor = Actor.member(MembershipFactory.create(role="program_manager"))
    account = AccountFactory.create(owner=csm)
    person: Advocate = AdvocateFactory.create(account=account, status="candidate")
    seen = []

    def stands(status: str, verb: str) -> None:
        person.reload()
        assert (person.status, person.status_since) == (status, clock.now)
        event = Event.objects.filter(verb=verb).latest("at")
        assert (event.actor, event.at) == (actor.membership, clock.now)
        seen.append(event.payload["after"])
        clock.advance(timedelta(days=1))

    clock.advance(timedelta(days=1))
    steps.qualify_advocate(
        actor=actor, advocate=person, reasons="Speaks well", override_reason="We know them"
    )
    stands("qualified", "nomination.accepted")
    steps.set_back_advocate(actor=actor, advocate=person, reason="Their renewal first")
    stands("candidate", "advocate.set_back")
    steps.qualify_advocate(
        actor=actor, advocate=person, reasons="Speaks well", override_reason="We know them"
    )
    stands("qualified", "nomination.accepted")
    steps.cultivate_advocate(actor=actor, advocate=person, touch="executive")
    stands("cultivating", "advocate.cultivated")
    invitations.invite_advocate(actor=actor, advocate=person, sender=csm, personal_line="You")
    stands("invited", "program_invitation.sent")
    invitations.withdraw_open_invitation(actor=actor, advocate=person)
    stands("qualified", "program_invitation.withdrawn")
    invitations.invite_advocate(actor=actor, advocate=person, sender=csm, personal_line="You")
    stands("invited", "program_invitation.sent")
    steps.record_decline(actor=actor, advocate=person, reason="Too busy")
    stands("declined", "advocate.advanced")
    assert ProgramInvitation.objects.filter(state="sent").count() == 0
    with pytest.raises(Conflict, match="Do not ask again before"):
        steps.reconsider_advocate(actor=actor, advocate=person)
    clock.advance(timedelta(days=180))
    steps.reconsider_advocate(actor=actor, advocate=person)
    stands("candidate", "advocate.advanced")
    assert len(seen) == 9
