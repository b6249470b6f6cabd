"""The letter that invites into the program, and the word to whoever sent it (ENR-1, ID-3)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.identity.absences.mails import said_for
from advocacy.messaging.links import create_link
from advocacy.messaging.rendering import RenderedMail, render_mail
from advocacy.messaging.services import queue_mail
from advocacy.messaging.wording.kinds import write_mail
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting
from advocacy.web.urls import tenant_reverse
from advocates.joining.choices import InvitationState
from advocates.joining.letter_kind import INVITATION_LETTER
from advocates.joining.numbers import Recruiting
from advocates.language import language_of
from advocates.models import Advocate, ProgramInvitation
from advocates.people.disclosure import sees_everybody

PURPOSE = "invitation"
MAIL = "program-invitation"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the letter, and on the page behind its link (ENR-1.d)."""

    why: str
    asked: str
    gives: str


def usual_words(advocate: Advocate) -> Words:
    """What a letter says that nobody changed, in the person's language; why them only where their
    record has a result.
    """
    with translation.override(language_of(advocate)):
        outcome = advocate.outcomes.first()
        why = ""
        if outcome is not None:
            why = _(
                "What you achieved with us is what others in your place want to hear about:"
                " %(outcome)s."
            ) % {"outcome": outcome}
        asked = _(
            "Now and then we ask whether you would talk to a peer, give a quote or look at"
            " something new, never more than suits you. You set what we may ask and how often,"
            " every question can be answered with a no, and you can leave whenever you like."
        )
        gives = _(
            "A short way to the people who build what you use, a look at what is coming before"
            " others see it, peers with the same questions, and word of what came of whatever you"
            " gave."
        )
    return Words(why, asked, gives)


def words_of(invitation: ProgramInvitation) -> Words:
    """What this invitation says; the usual words where nobody changed them."""
    usual = usual_words(invitation.advocate)
    return Words(
        invitation.personal_line or usual.why,
        invitation.asked or usual.asked,
        invitation.gives or usual.gives,
    )


def letter_of(
    advocate: Advocate, sender: Membership, words: Words, expires_at: datetime
) -> RenderedMail:
    """The mail as it arrives, in the person's language."""
    language = language_of(advocate)
    with translation.override(language):
        until = formatting.letter_day(expires_at.astimezone(advocate.zone))
    return write_mail(
        INVITATION_LETTER,
        {
            "first_name": advocate.first_name or advocate.name,
            "company": advocate.tenant.name,
            "sender": sender.name,
            "personal_line": words.why,
            "asked": words.asked,
            "gives": words.gives,
            "until": until,
        },
        language,
    )


def send_invitation(invitation: ProgramInvitation) -> None:
    """A letter from a person, with a fresh link that works as long as the invitation."""
    advocate, sender = invitation.advocate, invitation.sender
    link = create_link(purpose=PURPOSE, subject_id=invitation.pk, expires_at=invitation.expires_at)
    mail = letter_of(advocate, sender, words_of(invitation), invitation.expires_at)
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
