"""Answers to asks that come by mail (MSG-5.b)."""

from email.message import EmailMessage
from typing import Any, ClassVar

import pytest
from django.conf import LazySettings

from advocacy.events.models import Event
from advocacy.messaging.incoming import ANSWER, take_mail
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.outbox import message_id
from advocacy.messaging.quoting import line_above
from advocacy.messaging.sending import build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocates.people.privacy import erase_advocate
from reporting.queue import everything, rows_of
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.sweeping import sweep_asks
from requests.models import Ask, AskReply
from requests.replies.resource import ASK_REPLIES
from requests.replies.services import record_reply
from tests.factories.replies import AskReplyFactory
from tests.factories.requests import AskFactory, ReadyFactory
from tests.kit.resource import ResourceCase
from tests.requests.asking import Send
from tests.support.rest import api_for
from tests.support.time import Clock


class TestReplies(ResourceCase):
    """MSG-5.b: kept by hand, too, from a colleague's own mailbox."""

    resource, factory = ASK_REPLIES, AskReplyFactory
    viewers = editors = "program_manager admin csm"
    new: ClassVar[dict[str, Any]] = {
        "ask": AskFactory,
        "text": "Happy to, next week.",
        "received_at": "2026-01-05T09:00",
    }
    wrong: ClassVar[dict[str, Any]] = {"received_at": "2999-01-01T09:00"}
    moves: ClassVar[dict[str, Any]] = {"settle": (editors, {}, "read")}


def answer_to(ask: Ask, text: str = "Happy to, next week!", **headers: str) -> bytes:
    """What Ana's mail program sends when she answers the ask's mail."""
    mail = OutgoingMail.objects.get(subject_id=ask.pk, kind="ask")
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT)
    letter = EmailMessage()
    letter["From"] = f"Ana Lima <{headers.pop('sender', ask.advocate.email)}>"
    letter["To"] = "answers@acme.example"
    letter["Subject"] = f"Re: {mail.subject}"
    letter["Message-ID"] = headers.pop("message_id", "<1@customer.example>")
    letter["In-Reply-To"] = headers.pop("answers", message_id(mail))
    for name, value in headers.items():
        letter[name] = value
    quoted = "\n".join(
        f"> {line}" for line in [line_above(mail.language), "", *mail.text.split("\n")]
    )
    letter.set_content(
        f"{text}\n\nOn Tue 24 Nov 2026, Alice <alice@acme.example> wrote:\n{quoted}\n"
    )
    return letter.as_bytes()


@pytest.fixture
def ask(make_request: Any, send: Send) -> Ask:
    """Ana was asked, by Alice."""
    (row,) = send(make_request(), ReadyFactory(first_name="Ana", last_name="Lima"))
    return row


def test_an_answer_attaches_to_its_ask(
    ask: Ask, alice: Membership, bob: Membership, client_for: Any, clock: Clock
) -> None:
    """MSG-5.b: once, without what was quoted; on Today of who asked, at the request, in no log;
    whoever wrote back is not reminded, and the answer written down ends it.
    """
    assert take_mail(answer_to(ask)) == ANSWER
    assert take_mail(answer_to(ask)) == "", "read twice"
    reply = AskReply.objects.get()
    assert (reply.ask, reply.text) == (ask, "Happy to, next week!")
    assert "Would you talk to Isdom?" in reply.whole
    assert "Happy" not in str(list(Event.objects.values_list("payload", flat=True)))

    (item,) = [item for item in everything(alice) if item.work.code == "reply"]
    (row,) = rows_of(alice, [item])
    assert row.title == "Ana Lima wrote back"
    assert not [item for item in everything(bob) if item.work.code == "reply"]
    page = client_for(alice).get(f"/t/acme/requests/{ask.request_id}/").content.decode()
    assert "Happy to, next week!" in page
    shown_to_sales = client_for(bob).get(f"/t/acme/requests/{ask.request_id}/").content.decode()
    assert "Happy to, next week!" not in shown_to_sales

    clock.advance(days=1, hours=12)
    sweep_asks(ask.tenant_id)
    assert ask.reload().reminded_at is None

    answer_ask(actor=Actor.member(alice), ask=ask, answer=AskAnswer("decline", reason="No time"))
    assert reply.reload().state == "read"
    assert not [item for item in everything(alice) if item.work.code == "reply"]


def test_what_is_no_answer_changes_nothing(ask: Ask) -> None:
    """MSG-5.b: a holiday notice, an answer to somebody else's mail, an empty one, rubbish."""
    assert take_mail(answer_to(ask, **{"Auto-Submitted": "auto-replied"})) == ""
    assert take_mail(answer_to(ask, answers="<1@elsewhere.example>")) == ""
    assert take_mail(answer_to(ask, answers=message_id(OutgoingMail(pk=ask.pk)))) == ""
    assert take_mail(b"\xff\x00") == ""
    assert not AskReply.objects.exists()


def test_a_forwarded_mail_over_rest(
    ask: Ask, alice: Membership, bob: Membership, membership: Any
) -> None:
    """MSG-5.b, BAD-1: as it came; from another address it says so; refused with words."""
    raw = answer_to(ask, sender="ana@home.example").decode()
    api = api_for(alice)
    made = api.post("ask-replies/forward/", {"message": raw})
    assert made.status_code == 201, made.content
    assert made.json()["text"] == "Happy to, next week!"
    assert AskReply.objects.get().is_from_elsewhere
    assert api.post("ask-replies/forward/", {"message": raw}).status_code == 409
    nothing = api.post("ask-replies/forward/", {"message": "Subject: Hello\n\nHello"})
    assert nothing.status_code == 422 and "In-Reply-To" in nothing.content.decode()
    assert api_for(bob).post("ask-replies/forward/", {"message": raw}).status_code == 403
    stranger = api_for(membership("csm"))
    other = answer_to(ask, message_id="<2@customer.example>").decode()
    assert stranger.post("ask-replies/forward/", {"message": other}).status_code == 403
    assert stranger.get("ask-replies/").json()["results"] == []


def test_an_ask_says_where_to_answer(ask: Ask, settings: LazySettings) -> None:
    """MSG-5.b: with a mailbox of ours both are written to, and the line stands at the top of text
    and HTML; without one the letter is a person's, and nothing else.
    """
    mail = OutgoingMail.objects.get(subject_id=ask.pk, kind="ask")
    plain = build_message(mail)
    assert len(plain.reply_to) == 1 and "##" not in str(plain.body)
    settings.REPLY_ADDRESS = "answers@acme.example"
    message = build_message(mail)
    assert message.reply_to == [mail.reply_to, "answers@acme.example"]
    line = line_above(mail.language)
    assert str(message.body).startswith(f"{line}\n\n")
    assert line in str(message.alternatives[0][0])
    other = OutgoingMail(kind="thank_you", reply_to="a@b.example", body=mail.body, link=mail.link)
    other.tenant_id, other.pk = mail.tenant_id, mail.pk
    assert len(build_message(other).reply_to) == 1


def test_mails_that_nobody_would_write(ask: Ask, alice: Membership) -> None:
    """MSG-5.b, BAD-1: headers that are none, a date nobody can reckon with, a mail in a thousand:
    kept or refused with words, and the mailbox goes on; without a name of its own one is kept once.
    """
    raw, api = answer_to(ask).decode(), api_for(alice)
    name = "Message-ID: <1@customer.example>"
    odd = {
        "From: Ana": ["From: <\nX: Ana", "From: a@[\nX: Ana", 'From: "\nX: Ana'],
        name: [
            "Message-ID: <a@[",
            "Message-ID: <>",
            f"{name}\nDate: 1 Jan 99999999999 00:00 +0000",
        ],
    }
    for header, others in odd.items():
        for other in others:
            AskReply.objects.all().delete()
            body = {"message": raw.replace(header, other)}
            made = api.post("ask-replies/forward/", body)
            assert made.status_code == 201, (other, made.content)
            assert made.json()["text"] == "Happy to, next week!"
            assert api.post("ask-replies/forward/", body).status_code == 409, other
    AskReply.objects.all().delete()
    old = raw.replace(name, f"{name}\nDate: Sat, 01 Jan 0100 00:00:00 +1400")
    assert take_mail(old.encode()) == ANSWER
    assert AskReply.objects.get().received_at >= ask.sent_at
    deep = "Content-Type: message/rfc822\n\n" * 2000 + raw
    assert take_mail(deep.encode()) == ""
    assert api.post("ask-replies/forward/", {"message": deep}).status_code == 422


def test_nothing_is_kept_of_who_was_erased(ask: Ask, alice: Membership) -> None:
    """GDPR-1.b: a mail that comes afterwards, and what a colleague has of it; nor of somebody who
    was not asked yet.
    """
    raw, actor = answer_to(ask), Actor.member(alice)
    proposed = AskFactory(state="proposed", is_sent=False)
    with pytest.raises(DomainError, match="was not asked yet"):
        record_reply(actor=actor, ask=proposed, text="Happy to")
    who = ask.advocate
    erase_advocate(actor=actor, advocate=who, name=who.name, reason="Asked for it")
    assert take_mail(raw) == ""
    with pytest.raises(Conflict, match="erased"):
        record_reply(actor=actor, ask=ask.reload(), text="Happy to, Ana")
    assert not AskReply.objects.exists()
