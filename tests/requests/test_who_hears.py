"""Mails about an advocate follow the reader's role of today, not of back then (VIS-1)."""

from collections.abc import Callable

import pytest

from activities.models import Activity
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.joining.enrolment import pause_advocate
from advocates.joining.invitations import accept_invitation, invite_advocate
from advocates.joining.services import accept_nomination, nominate_advocate
from advocates.models import Account, Advocate, ProgramInvitation
from requests.models import Ask, Request
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.requests.asking import MakeRequest, Send, accept

Make = Callable[..., Membership]


def moves_to_sales(*members: Membership) -> None:
    """Somebody changes jobs inside the company."""
    for member in members:
        Membership.objects.filter(pk=member.pk).update(role="sales")
        member.role = "sales"


def told(member: Membership) -> str:
    """Everything that was written to a colleague."""
    mails = OutgoingMail.objects.filter(to_email=member.email)
    return " ".join(f"{mail.subject} {mail.text}" for mail in mails)


@pytest.fixture
def person() -> Callable[..., Advocate]:
    """Somebody whose name cannot be missed."""

    def make(factory: type = ReadyFactory, **values: object) -> Advocate:
        made: Advocate = factory.create(  # type: ignore[attr-defined]
            first_name="Zenobia", last_name="Quillfeather", disclosure="never", **values
        )
        return made

    return make


@pytest.mark.parametrize("who", ["manager", "both"])
def test_an_answer_goes_to_who_may_know(
    make_request: MakeRequest,
    send: Send,
    person: Callable[..., Advocate],
    alice: Membership,
    who: str,
) -> None:
    """ASK-1: the manager, else who asked; nobody rather than somebody in sales."""
    request: Request = make_request()
    other: Membership = MembershipFactory.create(role="program_manager")
    ask: Ask = send(request, person(), by=other)[0]
    moves_to_sales(alice, *([other] if who == "both" else []))
    accept(Ask.objects.get(pk=ask.pk))
    assert "Quillfeather" not in told(alice)
    assert ("Quillfeather" in told(other)) == (who == "manager")


def test_whether_a_call_stands_is_asked_of_who_may_know(
    make_request: MakeRequest, send: Send, person: Callable[..., Advocate], alice: Membership
) -> None:
    """ACT-1: who was in charge is in sales now, so the account's owner is asked."""
    owner: Membership = MembershipFactory.create(role="csm")
    account: Account = AccountFactory.create(owner=owner)
    advocate = person(account=account)
    request: Request = make_request()
    accept(send(request, advocate)[0])
    assert Activity.objects.get().owner == alice
    moves_to_sales(alice)
    OutgoingMail.objects.filter(to_email=alice.email).delete()  # as a program manager she could
    by = Actor.member(MembershipFactory.create(role="admin"))
    pause_advocate(actor=by, advocate=Advocate.objects.get(pk=advocate.pk))
    assert "Quillfeather" not in told(alice)
    assert "Quillfeather" in told(owner)


def test_what_became_of_a_nomination_or_an_invitation(
    program: object, person: Callable[..., Advocate], alice: Membership
) -> None:
    """IDN-2, ENR-1: not told to who nominated or invited and works in sales since."""
    csm: Membership = MembershipFactory.create(role="csm")
    advocate = person(AdvocateFactory, status="candidate", enrolled_at=None)
    nomination = nominate_advocate(
        actor=Actor.member(csm), advocate=advocate, reasons="Speaks well of us."
    )
    moves_to_sales(csm)
    accept_nomination(actor=Actor.member(alice), nomination=nomination, override_reason="Trust me")
    assert "Quillfeather" not in told(csm)
    inviter: Membership = MembershipFactory.create(role="program_manager")
    sent = invite_advocate(
        actor=Actor.member(inviter),
        advocate=advocate.reload(),
        sender=inviter,
        personal_line="You came to mind first",
        reason="They know us",
    )
    moves_to_sales(inviter)
    accept_invitation(invitation=ProgramInvitation.objects.get(pk=sent.pk), consent=True)
    assert "Quillfeather" not in told(inviter)
