"""The last mail: what somebody asked to be erased is erased (PRT-1.d, GDPR-1).

It is written before their name and address are forgotten, put into the outbox after, and the outbox
keeps nothing of it once it has left.
"""

from dataclasses import dataclass

from django.utils import translation

from advocacy.messaging.body import Body
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocates.erasure_requests.selectors import open_request_of
from advocates.language import language_of
from advocates.models import Advocate
from advocates.people.contact import Channel, channel_of

MAIL = "erasure-done"


@dataclass(frozen=True, slots=True)
class Farewell:
    """What is sent, and where to."""

    address: str
    subject: str
    text: Body
    key: str


def farewell_to(advocate: Advocate) -> Farewell | None:
    """The last mail to somebody who asked to be erased; none to who did not, has no address or
    wants no mail (ADV-2). Their request is still open.
    """
    request = open_request_of(advocate)
    if request is None or not advocate.email or channel_of(advocate) != Channel.EMAIL:
        return None
    language = language_of(advocate)
    with translation.override(language):
        context = {
            "first_name": advocate.first_name or advocate.name,
            "company": advocate.tenant.name,
        }
    mail = render_mail("erasure_done", context, language)
    return Farewell(advocate.email, mail.subject, mail.text, f"{MAIL}:{request.pk}")


def send_farewell(letter: Farewell) -> None:
    """Put it into the outbox; it is about no row that is kept."""
    queue_mail(
        kind=MAIL,
        to_email=letter.address,
        to_name="",
        subject=letter.subject,
        text=letter.text,
        unique_key=letter.key,
    )
