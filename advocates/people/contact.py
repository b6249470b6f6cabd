"""How a person at a customer wants to be reached; every message to them asks here (ADV-2)."""

import uuid
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.identity.absences.mails import said_for
from advocacy.messaging.body import Body
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.language import language_of
from advocates.models import Advocate, Preference
from advocates.people.disclosure import sees_everybody

Channel = Preference.Channel


def channel_of(advocate: Advocate) -> str:
    """What they chose; e-mail where they said nothing."""
    found = Preference.objects.filter(advocate=advocate).values_list("channel", flat=True).first()
    return found or Channel.EMAIL


def bearer_of(advocate: Advocate, sender: Membership | None) -> Membership | None:
    """Who brings them a message in place of a mail; None where a mail goes to them.

    By phone it is the sender; through the contact person it is the account's owner, whose own
    mails may go. Nobody who may not know who they are, and somebody always.
    """
    channel, owner = channel_of(advocate), advocate.account.owner
    if channel == Channel.EMAIL or (channel == Channel.CSM and owner and owner == sender):
        return None
    wanted = (owner, sender) if channel == Channel.CSM else (sender, owner)
    manager = Membership.objects.filter(role=Role.PROGRAM_MANAGER, is_active=True)
    for member in wanted:
        if member is not None and member.is_active and sees_everybody(member):
            return member
    return manager.select_related("user", "tenant").order_by("created_at", "id").first()


def how_instead(advocate: Advocate, sender: Membership | None) -> str:
    """Why no mail goes to them, for who was about to send one; nothing where it may."""
    bearer = bearer_of(advocate, sender)
    if bearer is None:
        return ""
    words = {"name": advocate.name, "phone": advocate.phone or "–", "bearer": bearer.name}
    if channel_of(advocate) == Channel.PHONE:
        return _("%(name)s wants to be called, not written to: %(phone)s.") % words
    return _("%(name)s wants to hear from us through %(bearer)s only.") % words


def write_to(
    advocate: Advocate,
    *,
    kind: str,
    subject: str,
    text: Body | str,
    unique_key: str,
    sender: Membership | None = None,
    from_name: str = "",
    link: PersonalLink | None = None,
    subject_id: uuid.UUID | None = None,
    due_at: datetime | None = None,
    calendar: str = "",
    calendar_method: str = "",
) -> OutgoingMail | None:
    """Queue a mail to them, or to whoever brings it in place of one; without an address nothing.

    What is brought holds no personal link, whose holder would be them, and no invitation.
    """
    bearer = bearer_of(advocate, sender)
    if bearer is not None:
        return _hand_over(
            advocate, bearer, kind, subject, str(text), unique_key, subject_id, due_at
        )
    if not advocate.email:
        return None
    return queue_mail(
        kind=kind,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=subject,
        text=text,
        link=link,
        sender=sender,
        from_name=from_name,
        subject_id=subject_id,
        unique_key=unique_key,
        due_at=due_at,
        calendar=calendar,
        calendar_method=calendar_method,
    )


def _hand_over(
    advocate: Advocate,
    bearer: Membership,
    kind: str,
    subject: str,
    text: str,
    unique_key: str,
    subject_id: uuid.UUID | None,
    due_at: datetime | None,
) -> OutgoingMail:
    whose, bearer = bearer, who_acts_for(bearer)
    language = bearer.user.language or advocate.tenant.language
    with translation.override(language):
        by_phone = channel_of(advocate) == Channel.PHONE
        context = {
            "bearer": bearer.name,
            "name": advocate.name,
            "phone": advocate.phone,
            "by_phone": by_phone,
            "company": advocate.account.name,
            "subject": subject,
            "message": text,
            "language": language_of(advocate),
        }
    mail = render_mail("pass_on", context, language)
    return queue_mail(
        kind=kind,
        to_email=bearer.email,
        to_name=bearer.name,
        subject=mail.subject,
        text=said_for(mail.text, whose, bearer),
        path=f"/t/{advocate.tenant.slug}/advocates/{advocate.pk}/",
        subject_id=subject_id,
        unique_key=unique_key,
        due_at=due_at,
    )
