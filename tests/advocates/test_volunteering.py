"""What the program does with an offer of help, and what the person hears (IDN-1, IDN-2)."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocates.joining.enrolment import advance_advocate, enrol_advocate
from advocates.joining.selectors import my_nominations, open_nominations
from advocates.joining.services import accept_nomination, return_nomination, withdraw_nomination
from advocates.joining.volunteering import volunteer
from advocates.models import Advocate, Nomination
from tests.factories.advocates import AccountFactory, AdvocateFactory, NominationFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program
from tests.support.time import Clock

WHY = "We went live in three weeks."


@pytest.fixture
def program(scope: Tenant, clock: Clock, alice: Membership) -> Program:
    return make_program(manager=alice)


@pytest.fixture
def offer(program: Program) -> Nomination:
    """Mei, at the CSM's account, offered to help."""
    person = AdvocateFactory.create(
        first_name="Mei",
        email="mei@quantum.example",
        account=program.advocate.account,
        status="candidate",
        enrolled_at=None,
    )
    return volunteer(advocate=person, reasons=WHY, kinds=[program.type("testimonial")])


def to_mei(nomination: Nomination) -> OutgoingMail:
    return OutgoingMail.objects.get(to_email="mei@quantum.example", subject_id=nomination.pk)


def test_accepting_takes_the_same_road(program: Program, offer: Nomination) -> None:
    """IDN-1, IDN-2.b, IDN-2.d: criteria shown and kept, unmet ones overridden in writing, the
    person told.
    """
    assert offer.criteria["outcome"] is None
    assert list(open_nominations()) == [offer]
    with pytest.raises(DomainError) as refused:
        accept_nomination(actor=program.actor, nomination=offer)
    assert "override_reason" in refused.value.fields
    accept_nomination(actor=program.actor, nomination=offer, override_reason="She is willing.")
    assert offer.advocate.reload().status == "qualified"
    mail = to_mei(offer)
    assert mail.sender == program.manager
    assert "thank you for offering your help" in mail.text
    assert "personal invitation" in mail.text
    assert "She is willing." not in mail.text


def test_returning_writes_to_the_person(program: Program, offer: Nomination) -> None:
    """IDN-2.a, IDN-2.d: in the decider's words and name; the person is a candidate as before."""
    return_nomination(
        actor=program.actor, nomination=offer, reason="Your renewal is next month; let us wait."
    )
    assert offer.advocate.reload().status == "candidate"
    mail = to_mei(offer)
    assert "Your renewal is next month" in mail.text
    assert (mail.reply_to, mail.from_name) == (program.manager.email, program.manager.name)


def test_an_offer_is_not_put_away(program: Program, offer: Nomination) -> None:
    """IDN-2.d: nobody at the program takes it back, on no page; they wait for an answer."""
    with pytest.raises(Conflict, match="offered to help"):
        withdraw_nomination(actor=program.actor, nomination=offer)
    with pytest.raises(Conflict, match="offered to help"), transaction.atomic():
        advance_advocate(actor=program.actor, advocate=offer.advocate, to="candidate")
    assert offer.reload().state == "submitted"
    assert Advocate.objects.get(pk=offer.advocate_id).status == "nominated"


def test_enrolling_by_hand_answers_it(program: Program, offer: Nomination) -> None:
    """IDN-2.d: the person reads that they are in, not that an invitation comes."""
    enrol_advocate(actor=program.actor, advocate=offer.advocate, reason="Agreed on the phone.")
    assert offer.reload().state == "accepted"
    assert "you are with us from now on" in to_mei(offer).text


def test_nobody_else_can_be_alumnus(program: Program, offer: Nomination) -> None:
    """ENR-1: only who was in the program goes back to having been in it."""
    with pytest.raises(Conflict):
        advance_advocate(actor=program.actor, advocate=offer.advocate, to="alumni")


@pytest.mark.parametrize("lifecycle", ["prospect", "former"])
def test_only_customers(program: Program, lifecycle: str) -> None:
    """ACC-1.b: only customers can have eligible advocates."""
    person = AdvocateFactory.create(
        account=AccountFactory.create(lifecycle=lifecycle), status="candidate"
    )
    with pytest.raises(Conflict):
        volunteer(advocate=person, reasons=WHY, kinds=[])


def test_a_kind_that_is_off_is_refused(program: Program) -> None:
    """ACT-3.c: nobody offers what cannot be asked."""
    person = AdvocateFactory.create(status="candidate")
    kind = program.type("testimonial")
    kind.is_on = False
    with pytest.raises(DomainError) as refused:
        volunteer(advocate=person, reasons=WHY, kinds=[kind])
    assert "kinds" in refused.value.fields


def test_the_database_knows_where_it_came_from(program: Program, offer: Nomination) -> None:
    """IDN-2.d: from a colleague by name, or from the person and nobody else."""
    for wrong in ({"origin": "self"}, {"nominated_by": None}):
        with pytest.raises(IntegrityError, match="nomination_comes_from"), transaction.atomic():
            NominationFactory.create(**wrong)


def test_who_sees_it(
    program: Program,
    offer: Nomination,
    tenant: Tenant,
    client_for: Callable[[Membership | None], Client],
) -> None:
    """IDN-2.d, ID-2.a: the program and the account's CSM, with who it came from; no colleague."""
    colleague = MembershipFactory.create(role="csm")
    assert list(my_nominations(program.csm)) == [offer]
    assert not my_nominations(colleague)
    page = f"/t/acme/nominations/{offer.pk}/"
    for member, path in (
        (program.manager, "/t/acme/nominations/to-decide/"),
        (program.csm, "/t/acme/nominations/"),
    ):
        listed = client_for(member).get(path).text
        assert "Offered it themselves" in listed
        shown = client_for(member).get(page).text
        for words in (WHY, "In Mei’s words", "Testimonial", "No result is recorded."):
            assert words in shown
    assert client_for(colleague).get(page).status_code == 404
    manager = client_for(program.manager)
    assert "reads this in a mail from you" in manager.get(f"{page}return/").text
    done = manager.post(f"{page}return/", {"reason": "Not before spring."}, follow=True)
    assert "hears why by mail" in done.text


def test_what_happened_before_is_shown(
    program: Program, offer: Nomination, client_for: Callable[[Membership | None], Client]
) -> None:
    """IDN-2.d: who decides sees what became of the person's nominations before."""
    NominationFactory.create(
        advocate=offer.advocate,
        state="returned",
        return_reason="The project was late.",
        decided_at=offer.created_at,
        created_at=offer.created_at.replace(year=2025),
    )
    shown = client_for(program.manager).get(f"/t/acme/nominations/{offer.pk}/").text
    assert "The project was late." in shown


def test_actors_who_are_no_colleagues_cannot_decide(program: Program, offer: Nomination) -> None:
    """ID-2.a: the person who offered accepts nothing on their own behalf."""
    own = Actor.advocate(offer.advocate_id)
    with pytest.raises(DomainError):
        accept_nomination(actor=own, nomination=offer, override_reason="I am great.")
