"""The letter that invites into the program, and the word to whoever sent it (ENR-1, ID-3)."""

from django.utils import translation

from advocacy.identity.absences.mails import said_for
from advocacy.messaging.links import create_link
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from advocacy.web.urls import tenant_reverse
from advocates.joining.choices import InvitationState
from advocates.joining.numbers import Recruiting
from advocates.language import language_of
from advocates.models import ProgramInvitation
from advocates.people.disclosure import sees_everybody

PURPOSE = "invitation"
MAIL = "program-invitation"


def send_invitation(invitation: ProgramInvitation) -> None:
    """A letter from a person, with a fresh link that works as long as the invitation."""
    advocate, sender = invitation.advocate, invitation.sender
    link = create_link(purpose=PURPOSE, subject_id=invitation.pk, expires_at=invitation.expires_at)
    language = language_of(advocate)
    with translation.override(language):
        until = words.letter_day(invitation.expires_at.astimezone(advocate.zone))
    mail = render_mail(
        "program_invitation",
        {
            "first_name": advocate.first_name or advocate.name,
            "company": invitation.tenant.name,
            "sender": sender.name,
            "personal_line": invitation.personal_line,
            "until": until,
        },
        language,
    )
    queue_mail(
        kind=MAIL,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=mail.subject,
        text=mail.text,
        unique_key=f"{MAIL}:{link.pk}",
        link=link,
        sender=sender,
        subject_id=invitation.pk,
    )


def tell_sender(invitation: ProgramInvitation) -> None:
    """Who invited hears the answer at once; it is personal."""
    sender, advocate = invitation.sender, invitation.advocate
    if not sees_everybody(sender):
        return
    reader = who_acts_for(sender)
    mail = render_mail(
        "program_invitation_answered",
        {
            "accepted": invitation.state == InvitationState.ACCEPTED,
            "days": current(Recruiting).decline_days,
            "member": reader.name,
            "advocate": advocate.name,
            "account": advocate.account.name,
            "reason": invitation.decline_reason,
        },
        reader.user.language or invitation.tenant.language,
    )
    queue_mail(
        kind=MAIL,
        to_email=reader.email,
        to_name=reader.name,
        subject=mail.subject,
        text=said_for(mail.text, sender, reader),
        path=tenant_reverse(invitation.tenant, "advocates:detail", advocate.pk),
        unique_key=f"{MAIL}:{invitation.pk}:answered",
        subject_id=invitation.pk,
    )
