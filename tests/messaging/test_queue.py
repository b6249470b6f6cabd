"""The outbox (BAD-2, MSG-1)."""

import uuid
from datetime import timedelta

import pytest

from advocacy import clock
from advocacy.messaging import links
from advocacy.messaging.body import Body
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant

pytestmark = pytest.mark.django_db

links.register_purpose("test-ask", "ask/")


def queue(**changes: object) -> OutgoingMail:
    values: dict[str, object] = {
        "kind": "reminder",
        "to_email": "ana@example.com",
        "to_name": "Ana Silva",
        "subject": "A question",
        "text": "Hello Ana\n",
        "unique_key": "reminder:1",
        **changes,
    }
    return queue_mail(**values)  # type: ignore[arg-type]


def test_same_key_again_returns_the_first_mail(scope: Tenant) -> None:
    """THX-2: each exactly once."""
    first = queue()
    again = queue(subject="Something else")
    assert again.pk == first.pk
    assert OutgoingMail.objects.get().subject == "A question"


@pytest.mark.parametrize("field", ["to_email", "reply_to"])
def test_line_break_in_an_address_is_refused(scope: Tenant, field: str) -> None:
    """BAD-1.a: the message names the field; nothing is queued."""
    with pytest.raises(DomainError) as refused:
        queue(**{field: "x@example.com\nBcc: all@example.com"})
    assert field in refused.value.fields
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("field", ["to_name", "from_name", "subject"])
def test_line_break_in_a_name_becomes_a_blank(scope: Tenant, field: str) -> None:
    """BAD-2: a name from before names were one line loses nobody their mail."""
    mail = queue(**{field: "Ana\r\n\tBcc: all\x00\u202e  Silva"}).reload()
    assert getattr(mail, field) == "Ana Bcc: all Silva"


def test_long_names_and_subjects_are_cut(scope: Tenant) -> None:
    """BAD-2: what is longer than its column is shortened visibly, not refused."""
    mail = queue(subject="S" * 999, to_name="ä" * 999, from_name="F " * 300).reload()
    assert mail.subject == "S" * 299 + "…"
    assert (len(mail.to_name), mail.to_name[-1]) == (200, "…")
    assert len(mail.from_name) <= 200


def test_address_that_is_none_is_refused(scope: Tenant) -> None:
    """BAD-1.a: names the field."""
    with pytest.raises(DomainError) as refused:
        queue(to_email="ana at example")
    assert list(refused.value.fields) == ["to_email"]


def test_placeholder_and_link_come_together(scope: Tenant) -> None:
    """MSG-1.c: missing merge data blocks the send."""
    link = links.create_link(
        purpose="test-ask", subject_id=uuid.uuid4(), expires_at=clock.now() + timedelta(days=1)
    )
    answer = Body(({"text": "Answer: "}, {"link": ""}))
    with pytest.raises(DomainError, match="nothing to put"):
        queue(text=answer)
    with pytest.raises(DomainError, match="lacks"):
        queue(link=link)
    with pytest.raises(DomainError, match="lacks"):
        queue(link=link, text="Answer: {link}")
    with pytest.raises(DomainError, match="nothing to put"):
        queue(text=Body(({"page": ""},)))
    assert queue(link=link, text=answer).link == link


def test_words_that_look_like_a_place_are_words(scope: Tenant) -> None:
    """MSG-1: nothing is ever looked for in what people wrote."""
    mail = queue(text="{link} {url} {link:preferences}")
    assert mail.reload().body == [{"text": "{link} {url} {link:preferences}"}]


def test_name_and_reply_address_default_to_the_senders(scope: Tenant, alice: Membership) -> None:
    """MSG-1.d: from a person, not from a robot."""
    mail = queue(sender=alice)
    assert (mail.from_name, mail.reply_to) == ("Alice", "alice@example.com")


def test_cancelling_takes_only_the_named_kinds(scope: Tenant) -> None:
    """THX-2: a reminder about something that is done does not go out."""
    about = uuid.uuid4()
    queue(subject_id=about)
    other = queue(subject_id=about, kind="notice", unique_key="notice:1")
    assert cancel_mail(subject_id=about, kinds=["reminder"]) == 1
    assert OutgoingMail.objects.get(unique_key="reminder:1").state == MailState.CANCELLED
    assert other.reload().state == MailState.QUEUED
