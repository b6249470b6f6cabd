"""A tenant's mails go out. A mail's *row* exists once, whatever happens: its key is a constraint.

How a mail leaves, and what is promised of that, is in ``outbox``.
"""

import uuid
from contextlib import AbstractContextManager
from email.utils import formataddr, parseaddr
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction

from advocacy.events.services import record
from advocacy.messaging.addresses import written
from advocacy.messaging.body import Body
from advocacy.messaging.incoming import is_answered_here
from advocacy.messaging.last_words import empty_failed, empty_sent, is_kept
from advocacy.messaging.links import link_problem, link_url, page_url
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.messaging.outbox import Outbox, Unsendable, compose
from advocacy.messaging.quoting import line_above
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import tenant_scope

_ACTOR = Actor.system("mail")


class TenantOutbox(Outbox[OutgoingMail]):
    """The mails of one tenant, behind its wall; what became of them is in its log."""

    def __init__(self, tenant_id: uuid.UUID) -> None:
        self.tenant_id = tenant_id

    def scope(self) -> AbstractContextManager[object]:
        return tenant_scope(self.tenant_id)

    def rows(self) -> models.QuerySet[OutgoingMail]:
        return OutgoingMail.objects.select_related("link", "tenant")

    def message(self, mail: OutgoingMail) -> EmailMultiAlternatives:
        """Not with a link that does not work any more."""
        if mail.link is not None and (problem := link_problem(mail.link)):
            raise Unsendable(f"the personal link in it is {problem}")
        return build_message(mail)

    def on_sent(self, mail: OutgoingMail) -> None:
        record("mail.sent", mail.reload(), actor=_ACTOR, payload={"kind": mail.kind})
        if not is_kept(mail):
            empty_sent(mail)

    def on_failed(self, mail: OutgoingMail, error: Exception) -> None:
        """An event; the mail log shows the row."""
        record(
            "mail.failed",
            mail.reload(),
            actor=_ACTOR,
            payload={"kind": mail.kind, "attempts": mail.attempts},
        )
        if not is_kept(mail):
            empty_failed(mail)


def send_due_mail(tenant_id: uuid.UUID) -> int:
    """Send one tenant's due mails; returns how many went out. See :meth:`Outbox.send_due`."""
    return TenantOutbox(tenant_id).send_due()


def build_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it goes out: text and HTML, links filled in, calendar attached."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    company = mail.tenant.name
    body = Body.kept(mail.body, mail.language).signed(company)
    # Where a mailbox of ours takes answers, the colleague gets them as well.
    answers = [settings.REPLY_ADDRESS] if _is_answered(mail) else []
    message = compose(
        mail,
        subject=mail.subject,
        body=body.answered_above(line_above(mail.language)) if answers else body,
        link=partial(_link_address, mail.link, _beside(mail, body)),
        page=lambda: f"{settings.PUBLIC_URL.rstrip('/')}/{mail.path.lstrip('/')}",
        to=formataddr((mail.to_name, written(mail.to_email))),
        from_email=formataddr((mail.from_name or company, address)),
        reply_to=[*([written(mail.reply_to)] if mail.reply_to else ()), *answers],
        # A mail from a person may be answered by one.
        automatic=mail.sender_id is None,
    )
    if mail.calendar:
        # Calendars read the alternative (RFC 6047), everything else the attachment.
        method = mail.calendar_method or "PUBLISH"
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
        message.attach("invite.ics", mail.calendar.encode(), "application/ics")
    return message


def _is_answered(mail: OutgoingMail) -> bool:
    return bool(settings.REPLY_ADDRESS and mail.reply_to and is_answered_here(mail.kind))


def _beside(mail: OutgoingMail, body: Body) -> dict[str, PersonalLink]:
    """The links beside the mail's own, by what stands for them."""
    if not body.acts:
        return {}
    with transaction.atomic(), tenant_scope(mail.tenant_id):
        links = PersonalLink.objects.filter(pk__in=[uuid.UUID(act) for act in body.acts])
        return {link.pk.hex: link for link in links}


def _link_address(link: PersonalLink | None, beside: dict[str, PersonalLink], page: str) -> str:
    if page in beside:
        return link_url(beside[page])
    if link is None:
        raise Unsendable("there is a place for a personal link in it, but no link")
    return page_url(link, page) if page else link_url(link)
