"""Letters that are drafted here, read by a colleague and sent at one press (AST-3, ADV-2)."""

import uuid

from django.utils.translation import gettext as _

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import has_words, one_line
from advocates.models import Advocate
from advocates.people.contact import how_instead, write_to

LONGEST_SUBJECT, LONGEST_MESSAGE = 300, 5_000


def require_words(subject: str, message: str, *, missing: str) -> None:
    """Raise ``DomainError`` at ``subject`` or ``message`` for what is empty or too long;
    ``missing`` says what a message has to say.
    """
    problems = {}
    if not has_words(subject):
        problems["subject"] = _("Give it a subject.")
    elif len(subject) > LONGEST_SUBJECT:
        problems["subject"] = _("Keep it under %(most)d characters.") % {"most": LONGEST_SUBJECT}
    if not has_words(message):
        problems["message"] = missing
    elif len(message) > LONGEST_MESSAGE:
        problems["message"] = _("Keep it under %(most)d characters.") % {"most": LONGEST_MESSAGE}
    if problems:
        raise DomainError(" ".join(problems.values()), fields=problems)


def send_drafted(
    advocate: Advocate,
    *,
    kind: str,
    subject: str,
    message: str,
    missing: str,
    sender: Membership | None,
    subject_id: uuid.UUID,
    unique_key: str,
) -> OutgoingMail:
    """Queue a letter as it was left. Raises as :func:`require_words`, and ``DomainError`` without
    an address or where they want to hear otherwise.
    """
    require_words(subject, message, missing=missing)
    if otherwise := how_instead(advocate, sender):
        raise DomainError(otherwise, code="other_channel")
    mail = write_to(
        advocate,
        kind=kind,
        subject=one_line(subject),
        text=f"{message.strip()}\n",
        sender=sender,
        subject_id=subject_id,
        unique_key=unique_key,
    )
    if mail is None:
        text = _("There is no e-mail address for %(name)s. Call them instead.")
        raise DomainError(text % {"name": advocate.name}, code="no_address")
    return mail
