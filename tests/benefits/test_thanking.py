"""Drafts, sending, other ways of saying it, bounces, and the rate (THX-2 to THX-4)."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client

from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from activities.loops.services import close_loop
from advocacy.messaging.incoming import take_mail
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import message_id
from advocacy.messaging.sending import TenantOutbox, build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.drafts import draft_of
from benefits.thanks.models import ThankYou
from benefits.thanks.reminders import fire_due_reminders
from benefits.thanks.selectors import on_time
from benefits.thanks.services import (
    mark_thanked,
    reassign_thank_you,
    reopen_after_bounce,
    send_thank_you,
)
from benefits.thanks.words.languages import LETTERS
from tests.factories.requests import AskFactory, OpportunityFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program, make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

MAIL = "thank-you"


def opened(program: Program, code: str = "reference_call", **kwargs: object) -> ThankYou:
    activity = program.completed(code, **kwargs)  # type: ignore[arg-type]
    return ThankYou.objects.get(activity=activity, kind=ThankYouKind.PERSONAL)


def test_draft_says_what_for_whom_and_how_long(program: Program) -> None:
    """THX-3: built from the activity, with the personal line left empty."""
    draft = draft_of(opened(program, minutes=35))
    assert draft.subject == "Thank you for the reference call with Isdom"
    assert "Dear Frank" in draft.opening
    assert "35 minutes" in draft.opening
    assert draft.closing.endswith("Cleo\nAcme")
    assert "PERSONAL" not in draft.letter("")
    assert "\n\nYour voice!\n\n" in draft.letter("Your voice!")


@pytest.mark.parametrize("code", ["testimonial", "reference_call", "speaking"])
def test_draft_differs_by_effort(program: Program, code: str) -> None:
    """THX-3: by effort level."""
    drafts = {
        other: draft_of(opened(program, other)).letter("")
        for other in ("testimonial", "reference_call", "speaking")
    }
    assert len(set(drafts.values())) == 3
    assert drafts[code].startswith("Dear Frank")


@pytest.mark.parametrize(
    ("own", "company", "greeting"),
    [
        ("de", "", "Guten Tag Frank"),
        ("", "de-AT", "Guten Tag Frank"),
        ("en", "de", "Dear Frank"),
        ("id", "de", "Halo Frank"),
        ("ms", "de", "Salam Frank"),
        ("pt", "de", "Olá Frank"),
        ("fr", "", "Dear Frank"),
        ("", "", "Dear Frank"),
    ],
)
def test_draft_is_in_the_advocates_language(
    program: Program, own: str, company: str, greeting: str
) -> None:
    """THX-3.a, UI-4.b: by language, whatever the reader's; others fall back to English."""
    program.advocate.language = own
    program.advocate.save()
    program.advocate.account.language = company
    program.advocate.account.save()
    assert draft_of(opened(program)).opening.startswith(greeting)


@pytest.mark.parametrize("language", ["en", "de", "id", "ms", "pt-br"])
def test_every_letter_can_be_written(program: Program, language: str) -> None:
    """THX-3.a, MSG-1.a: every kind, effort and language of UI-4 has a draft without holes."""
    program.advocate.language = language
    program.advocate.save()
    thank_you = opened(program, minutes=35)
    letters = set()
    for kind in ThankYouKind.values:
        for effort in ("low", "moderate", "high"):
            ThankYou.objects.filter(pk=thank_you.pk).update(kind=kind, effort=effort, owner=None)
            draft = draft_of(thank_you.reload())
            assert draft.language == language
            assert "Isdom" in draft.opening
            assert draft.closing.endswith("Acme")
            assert not set("{}[]|") & set(draft.letter("") + draft.subject)
            letters.add(draft.letter(""))
    assert len(letters) == 6


def test_every_kind_of_activity_has_its_words_in_every_language() -> None:
    """THX-3.a: what they did, for whom and how it ended; no language lacks a word."""
    english = LETTERS["en"]
    assert set(LETTERS) == {code for code, _name in project.LANGUAGES}
    for phrases in LETTERS.values():
        assert phrases.done.keys() == english.done.keys()
        assert phrases.joints.keys() == english.joints.keys()
        assert len({phrases.outcome("won", "Isdom"), phrases.outcome("lost", "Isdom")}) == 2
        assert "Isdom" in phrases.outcome("won", "Isdom")
        assert phrases.outcome("", "Isdom") == ""


def test_what_came_of_it_is_told_as_far_as_it_is_known(program: Program) -> None:
    """THX-3.a: a promise while nobody knows, then the news; nothing to who was told."""
    thank_you = opened(program)
    assert "I will let you know what comes of it." in draft_of(thank_you).closing
    duty = LoopDuty.objects.get(activity=thank_you.activity)
    duty.news = "Your words are on our website."
    duty.save()
    closing = draft_of(thank_you).closing
    assert "Your words are on our website." in closing
    assert "I will let you know" not in closing
    program.advocate.language = "de"
    program.advocate.save()
    assert "website" not in draft_of(thank_you.reload()).letter("")
    close_loop(actor=program.actor, duty=duty, note="Told on the phone.")
    assert "Ich melde mich" not in draft_of(thank_you.reload()).letter("")


@pytest.mark.parametrize(("confidential", "named"), [(False, True), (True, False)])
def test_draft_keeps_a_confidential_prospect_to_itself(
    program: Program, confidential: bool, named: bool
) -> None:
    """THX-3, VIS-1.c: for whom, unless confidential; what came of it, if known."""
    deal = OpportunityFactory(stage="won")
    request = RequestFactory(opportunity=deal, prospect="Isdom", is_confidential=confidential)
    thank_you = opened(program, purpose="Isdom")
    AskFactory(
        request=request,
        advocate=program.advocate,
        participation=thank_you.activity.participation,
        activity=thank_you.activity,
    )
    text = draft_of(thank_you).letter("")
    assert ("Isdom" in text) is named
    assert "decided for us" in text


def test_sent_by_mail_from_the_owner(program: Program, clock: Clock) -> None:
    """THX-3.c, MSG-1.d: from a person: the owner's name, and the owner's address to reply to."""
    thank_you = opened(program)
    send_thank_you(
        actor=program.actor, thank_you=thank_you, personal_line="Your example of Lyon stuck."
    )
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk, kind=MAIL)
    message = build_message(mail)
    assert message.from_email.startswith("Cleo <")
    assert message.reply_to == [program.csm.email]
    assert message.to == [f"Frank Murphy <{program.advocate.email}>"]
    assert "Your example of Lyon stuck." in message.body
    assert (thank_you.state, thank_you.done_at, thank_you.done_by) == (
        ThankYouState.DONE,
        clock.now,
        program.manager,
    )


def test_what_was_written_is_what_goes_out(program: Program) -> None:
    """THX-3: the draft is only an offer."""
    thank_you = opened(program)
    send_thank_you(
        actor=program.actor,
        thank_you=thank_you,
        subject="You were great",
        opening="Hi Frank!",
        personal_line="Wow.",
        closing="C.",
    )
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk)
    assert (mail.subject, mail.text) == ("You were great", "Hi Frank!\n\nWow.\n\nC.\n")


@pytest.mark.parametrize(
    ("code", "sends"), [("testimonial", True), ("reference_call", False), ("speaking", False)]
)
def test_without_a_personal_line_only_low_effort_goes(
    program: Program, code: str, sends: bool
) -> None:
    """THX-3.b: sending without a personal line is possible only for low effort."""
    thank_you = opened(program, code)
    if sends:
        send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="  ")
        assert thank_you.state == ThankYouState.DONE
        return
    with pytest.raises(DomainError) as refused:
        send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="  ")
    assert list(refused.value.fields) == ["personal_line"]
    assert thank_you.reload().state == ThankYouState.OPEN
    assert not OutgoingMail.objects.filter(kind=MAIL).exists()


def test_without_an_address_one_calls(program: Program) -> None:
    """THX-3, BAD-1.a: the refusal says what to do instead."""
    program.advocate.email = ""
    program.advocate.save()
    with pytest.raises(DomainError, match="Call, or write a note"):
        send_thank_you(actor=program.actor, thank_you=opened(program), personal_line="Thanks")


@pytest.mark.parametrize("channel", ["call", "note"])
def test_marked_as_done_by_call_or_note(program: Program, clock: Clock, channel: str) -> None:
    """THX-3.c: with the moment at which it was said."""
    thank_you = opened(program, hours_ago=30)
    said_at = clock.now - timedelta(hours=10)
    mark_thanked(
        actor=program.actor, thank_you=thank_you, channel=channel, at=said_at, note="Was touched"
    )
    assert (thank_you.channel, thank_you.done_at) == (channel, said_at)
    assert not OutgoingMail.objects.filter(kind=MAIL).exists()


@pytest.mark.parametrize("shift", [timedelta(minutes=1), timedelta(hours=-31)])
def test_said_neither_in_the_future_nor_before_it_happened(
    program: Program, clock: Clock, shift: timedelta
) -> None:
    """BAD-1.a: the error is at the moment's field."""
    with pytest.raises(DomainError) as refused:
        mark_thanked(
            actor=program.actor,
            thank_you=opened(program, hours_ago=30),
            channel="call",
            at=clock.now + shift,
        )
    assert list(refused.value.fields) == ["at"]


def test_said_is_said(program: Program, clock: Clock) -> None:
    """THX-3: a second time is a conflict that says so."""
    thank_you = opened(program)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks")
    with pytest.raises(Conflict, match="is “Thanked”"):
        mark_thanked(actor=program.actor, thank_you=thank_you, channel="call", at=clock.now)


def test_nobody_speaks_for_somebody_else(program: Program) -> None:
    """ID-2.a: the owner, the account's CSM and the program; a colleague does not."""
    thank_you = opened(program, "speaking")
    stranger = MembershipFactory(role="csm")
    with pytest.raises(NotAllowed):
        send_thank_you(actor=Actor.member(stranger), thank_you=thank_you, personal_line="From me")
    send_thank_you(actor=Actor.member(program.csm), thank_you=thank_you, personal_line="From me")


def test_handed_over(program: Program) -> None:
    """THX-1: to somebody who may thank advocates."""
    thank_you = opened(program)
    other = MembershipFactory(role="csm")
    reassign_thank_you(actor=program.actor, thank_you=thank_you, owner=other)
    assert thank_you.owner == other
    with pytest.raises(DomainError):
        reassign_thank_you(
            actor=program.actor, thank_you=thank_you, owner=MembershipFactory(role="sales")
        )


def bounce(thank_you: ThankYou, actor: Actor) -> None:
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk, kind=MAIL)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
    reopen_after_bounce(actor=actor, mail=mail)


REPORT = """From: MAILER-DAEMON@mx.example.com
To: advocacy@example.com
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; frank@example.com
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: {kind}

Message-ID: {id}
Subject: Thank you

--b--
"""


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_mail_returned_later_is_owed_again(program: Program, clock: Clock, kind: str) -> None:
    """THX-2.e: a server's report is read, once; that it is late, or about somebody else's mail,
    changes nothing.
    """
    thank_you = opened(program)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk, kind=MAIL)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT)
    clock.advance(hours=1)

    def take(*, action: str = "failed", own: str = message_id(mail)) -> bool:
        return bool(take_mail(REPORT.format(action=action, kind=kind, id=own).encode()))

    assert not take(action="delayed")
    assert not take(own="<something@else.example>")
    assert not take(own=message_id(OutgoingMail(pk=program.csm.pk)))
    assert not take_mail(b"Subject: Out of office\n\nBack on Monday")
    assert not take_mail(b"\xff\x00")
    assert thank_you.reload().state == ThankYouState.DONE
    assert take()
    assert thank_you.reload().state == ThankYouState.OPEN
    assert mail.reload().error == "550 5.1.1 no such user"
    notice = OutgoingMail.objects.get(kind="thank-you-bounced")
    assert notice.to_email == program.csm.email
    assert not take()


def test_a_mail_refused_at_once_is_owed_again(
    program: Program, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """THX-2.e: what the server never takes is heard of by itself."""
    thank_you = opened(program)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk, kind=MAIL)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
    TenantOutbox(tenant.pk).on_failed(mail, OSError("550"))
    assert thank_you.reload().state == ThankYouState.OPEN


def test_somebody_says_that_a_mail_came_back(
    program: Program, client_for: Callable[..., Client]
) -> None:
    """THX-2.e: on the mail's page in the log, once."""
    thank_you = opened(program)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk, kind=MAIL)
    address = f"/t/{program.manager.tenant.slug}/settings/mail/{mail.pk}/"
    client = client_for(program.manager)
    assert client.post(f"{address}returned/").status_code == 409, "it has not left yet"
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT)
    assert f"{address}returned/" in client.get(address).content.decode()
    assert client.post(f"{address}returned/").status_code == 302
    assert thank_you.reload().state == ThankYouState.OPEN
    assert client.post(f"{address}returned/").status_code == 409


def test_a_bounce_reopens_and_can_be_sent_again(program: Program, clock: Clock) -> None:
    """THX-2: a bounced thank-you reopens; its owner hears of it; reminders come back."""
    thank_you = opened(program)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
    clock.advance(hours=1)
    bounce(thank_you, program.actor)
    thank_you.reload()
    assert (thank_you.state, thank_you.done_at, thank_you.reopened_at) == (
        ThankYouState.OPEN,
        None,
        clock.now,
    )
    notice = OutgoingMail.objects.get(kind="thank-you-bounced")
    assert notice.to_email == program.csm.email
    clock.set(thank_you.due_at)
    assert fire_due_reminders().fired == 3
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks again")
    assert OutgoingMail.objects.filter(kind=MAIL, state=MailState.QUEUED).count() == 1


def test_a_bounce_of_another_mail_changes_nothing(program: Program) -> None:
    """THX-2: nor of one that was made good for by a call."""
    thank_you = opened(program)
    assert fire_due_reminders().fired == 0
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks")
    other = OutgoingMail.objects.create(
        to_email="x@example.com", kind="test", subject="x", body=[{"text": "x"}], unique_key="x"
    )
    assert reopen_after_bounce(actor=program.actor, mail=other) is None
    assert thank_you.reload().state == ThankYouState.DONE


def test_on_time_rate_counts_what_was_never_sent(program: Program, clock: Clock) -> None:
    """THX-4.a, MET-1.i: sent in time / all that fell due in the period, unsent included."""
    in_time, late, _unsent, voided, ahead = (opened(program) for _ in range(5))
    ThankYou.objects.filter(pk=voided.pk).update(state=ThankYouState.VOIDED)
    send_thank_you(actor=program.actor, thank_you=in_time, personal_line="Thanks")
    start = clock.now
    clock.advance(hours=30)
    send_thank_you(actor=program.actor, thank_you=late, personal_line="Thanks, late")
    ThankYou.objects.filter(pk=ahead.pk).update(due_at=clock.now + timedelta(hours=1))
    rate = on_time(since=start)
    assert (rate.in_time, rate.due) == (1, 3)
    assert on_time(since=clock.now).share is None


def test_on_time_rate_leaves_out_what_fell_due_before(program: Program, clock: Clock) -> None:
    """THX-4.a: only what fell due in the period; a bounced one is not thanked."""
    thank_you = opened(program)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks")
    bounce(thank_you, program.actor)
    clock.advance(days=2)
    assert (on_time(since=clock.now - timedelta(days=30)).in_time) == 0
    clock.advance(days=30)
    assert on_time(since=clock.now - timedelta(days=30)).due == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_once_one_does(tenant: Tenant, alice: Membership, clock: Clock) -> None:
    """THX-3, BAD-2.a, BAD-1: one mail; the other hears that it is done."""
    with tenant_scope(tenant):
        program = make_program(manager=alice)
        thank_you = opened(program)
    start = threading.Barrier(3)
    outcomes: list[str] = []

    def send() -> None:
        try:
            start.wait()
            with tenant_scope(tenant):
                mine = ThankYou.objects.get(pk=thank_you.pk)
                send_thank_you(actor=Actor.member(alice), thank_you=mine, personal_line="Thank you")
            outcomes.append("sent")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "conflict", "sent"]
    with tenant_scope(tenant):
        assert OutgoingMail.objects.filter(kind=MAIL).count() == 1
        assert Activity.objects.count() == 1
