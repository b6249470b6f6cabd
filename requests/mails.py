"""Mails about requests and asks: written in the reader's language, queued with the change."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import lazy

from advocacy import clock
from advocacy.identity.absences.mails import said_for
from advocacy.languages import spoken
from advocacy.messaging.links import create_link, revoke_links
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.messaging.rendering import RenderedMail, render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import letter_moment, moment
from advocates.models import Advocate
from advocates.people.contact import write_to
from advocates.people.disclosure import sees_everybody
from requests.asks.because import because_words
from requests.models import Ask, Request
from requests.requests.settings import Promises
from requests.scheduling.slots import Span, slot_words, zone_words

#: What the personal link of an ask is good for.
PURPOSE = "ask"
#: What the link to an account's owner is good for: their say before somebody is asked.
SAY_PURPOSE = "ask-say"
#: What the link in a question to the requester is good for: answering it, once.
INFO_PURPOSE = "request-info"
#: What the link of a prospect is good for: picking one of the times an advocate offered.
BOOKING_PURPOSE = "booking"


def language_of(advocate: Advocate) -> str:
    """The language in which a person at a customer is written to."""
    return spoken(advocate.language or advocate.account.language)


def language_of_ask(ask: Ask) -> str:
    """The language around a letter: the one it is written in, as far as we speak it."""
    return spoken(ask.language) if ask.language else language_of(ask.advocate)


def first_name(advocate: Advocate) -> str:
    """How a letter begins."""
    return advocate.first_name or advocate.name


def write(template: str, context: dict[str, Any], language: str) -> RenderedMail:
    """A mail's subject and text from ``templates/mail/requests/``."""
    return render_mail(f"requests/{template}", context, language)


def who_hears(ask: Ask, request: Request) -> Membership | None:
    """Who is written to about an asked advocate: the request's manager, else who asked; nobody
    whose role does not open advocates by now (VIS-1).
    """
    return next(
        (member for member in (request.manager, ask.sender) if member and sees_everybody(member)),
        None,
    )


def mail_member(
    member: Membership,
    template: str,
    request: Request,
    *,
    key: str,
    context: dict[str, Any] | None = None,
    sender: Membership | None = None,
    link: PersonalLink | None = None,
    page: str = "",
    subject_id: Any = None,
) -> OutgoingMail | None:
    """Write to a colleague about a request, with a link to its page or another ``page``, or to
    whoever stands in for them. Not to who left.
    """
    if not member.is_active:
        return None
    whose, member = member, who_acts_for(member)
    language = spoken(member.user.language or request.tenant.language)
    with translation.override(language):
        values = {
            "name": member.name,
            "reference": request.reference,
            "type": str(request.activity_type),
            "prospect": request.prospect,
            **{name: _in_words(member, value) for name, value in (context or {}).items()},
        }
    mail = write(template, values, language)
    return queue_mail(
        kind=f"request_{template}",
        to_email=member.email,
        to_name=member.name,
        subject=mail.subject,
        text=said_for(mail.text, whose, member),
        path=f"/t/{request.tenant.slug}/{page or f'requests/{request.pk}/'}",
        link=link,
        sender=sender,
        subject_id=subject_id or request.pk,
        unique_key=f"request:{request.pk}:{template}:{key}",
    )


def _in_words(member: Membership, value: Any) -> Any:
    """A moment as its reader's clock shows it; anything else as it is."""
    if not isinstance(value, datetime):
        return value
    with timezone.override(member.zone):
        return moment(value)


def info_link(request: Request) -> PersonalLink:
    """A new link on which the requester answers a question; those to older ones end."""
    revoke_links(subject_id=request.pk, purpose=INFO_PURPOSE)
    lives = timedelta(days=current(Promises).info_link_days)
    return create_link(purpose=INFO_PURPOSE, subject_id=request.pk, expires_at=clock.now() + lives)


def mail_advocate(
    advocate: Advocate,
    template: str,
    *,
    key: str,
    kind: str,
    context: dict[str, Any],
    sender: Membership | None,
    subject_id: Any,
    link: PersonalLink | None = None,
    language: str = "",
) -> OutgoingMail | None:
    """Write to a person at a customer, from a person here, on the way they chose (ADV-2)."""
    values = {"first_name": first_name(advocate), **context}
    mail = write(template, values, language or language_of(advocate))
    return write_to(
        advocate,
        kind=kind,
        subject=mail.subject,
        text=mail.text,
        link=link,
        sender=sender,
        subject_id=subject_id,
        unique_key=key,
    )


def mail_ask(ask: Ask, kind: str, link: PersonalLink, slots: Iterable[Span]) -> None:
    """Queue the ask itself, or its reminder (``ask_reminder``)."""
    advocate, language = ask.advocate, language_of_ask(ask)
    with translation.override(language):
        zone = advocate.zone
        context = {
            "subject": ask.subject,
            "message": ask.message,
            "slots": [slot_words(slot, zone) for slot in slots],
            "zone": zone_words(zone),
            "answer_by": letter_moment(ask.expires_at.astimezone(zone)),
            "sender": ask.sender.name,
        }
    mail_advocate(
        advocate,
        kind,
        key=f"ask:{ask.pk}:{kind}",
        kind=kind,
        context=context,
        sender=ask.sender,
        subject_id=ask.pk,
        link=link,
        language=language,
    )


def mail_owner(ask: Ask, owner: Membership, link: PersonalLink | None = None) -> None:
    """Ask the account's owner, or who stands in, for their say; the link of before serves again."""
    found = (
        link
        or PersonalLink.objects.filter(subject_id=ask.pk, purpose=SAY_PURPOSE, revoked_at=None)
        .order_by("-created_at")
        .first()
    )
    mail_member(
        owner,
        "owners_say",
        ask.request,
        key=f"{ask.pk}:{ask.say_of_id}:{bool(ask.say_until)}",
        context={
            "advocate": ask.advocate.name,
            "account": str(ask.advocate.account),
            "sender": ask.sender.name,
            "message": ask.message,
            "until": ask.say_until,
            "by": ask.expires_at,
            "because": _because(ask.say_because),
            "needed_by": ask.request.needed_by,
        },
        sender=ask.sender,
        link=found,
        subject_id=ask.pk,
    )


#: Written in the reader's language.
_because = lazy(because_words, str)


def link_of(ask: Ask) -> PersonalLink | None:
    """The personal link an ask went out with, while it works."""
    return PersonalLink.objects.filter(
        subject_id=ask.pk, purpose=PURPOSE, revoked_at=None, expires_at__gt=clock.now()
    ).first()
