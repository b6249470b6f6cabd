"""A colleague writes to somebody in their own words; the mail is kept in the mail log."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.text import cut, has_words, one_line
from advocacy.tenancy.turns import stand_in_line
from advocates.access import require_change
from advocates.models import Advocate
from advocates.people.contact import bearer_of, write_to

MAIL = "personal"
LONGEST_SUBJECT, LONGEST_TEXT = 200, 10_000


@transaction.atomic
def write_to_person(*, actor: Actor, advocate: Advocate, subject: str, text: str) -> OutgoingMail:
    """Send somebody a mail, or hand it to whoever brings them what we have to say (ADV-2).

    The same words on the same day are one mail, however often they are sent. The text stays in the
    mail's row: nothing about people may enter the log (GDPR-1).
    """
    require_change(actor, "advocates.edit", advocate.account)
    sender = actor.membership
    if sender is None:
        raise NotAllowed(_("Only a colleague writes to somebody in their own words."))
    subject = one_line(subject)
    problems = {}
    if not has_words(subject) or len(subject) > LONGEST_SUBJECT:
        problems["subject"] = _("Enter a subject of at most %(most)d characters.") % {
            "most": LONGEST_SUBJECT
        }
    if not has_words(text) or len(text) > LONGEST_TEXT:
        problems["text"] = _("Enter a message of at most %(most)d characters.") % {
            "most": LONGEST_TEXT
        }
    if not advocate.email and bearer_of(advocate, sender) is None:
        problems.setdefault(
            "text",
            _("There is no e-mail address for %(name)s. Call, or add one first.")
            % {"name": advocate.name},
        )
    if problems:
        raise DomainError(" ".join(problems.values()), code="invalid", fields={**problems})
    said = hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()[:32]
    today = clock.today(advocate.tenant.zone)
    key = f"{MAIL}:{advocate.pk}:{sender.pk}:{today}:{said}"
    # The same words pressed twice at once are one letter, and one line of what happened.
    stand_in_line(key)
    if mail := OutgoingMail.objects.filter(unique_key=key).first():
        return mail
    mail = write_to(
        advocate,
        kind=MAIL,
        subject=cut(subject, LONGEST_SUBJECT),
        text=text,
        unique_key=key,
        sender=sender,
        subject_id=advocate.pk,
    )
    if mail is None:
        raise DomainError(_("This mail cannot be sent: there is no address."), code="no_address")
    record("advocate.written_to", advocate, actor=actor, payload={"mail": str(mail.pk)})
    return mail
