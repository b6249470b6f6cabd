"""Telling an advocate by mail what came of it (AST-3)."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.access import require_tell
from activities.loops.models import LoopDuty
from activities.loops.services import close_loop, reopen_loop
from advocacy.events.models import Event
from advocacy.messaging.holding import keep, undoable
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.text import cut
from advocates.people.contact import how_instead
from advocates.people.drafted import require_words

MAIL = "what-came-of-it"


@transaction.atomic
@undoable("loop.tell", "duty", about=lambda duty: duty.about)
def send_news(*, actor: Actor, duty: LoopDuty, subject: str, message: str) -> LoopDuty:
    """Send the letter from who tells; with it the duty is done.

    Raises :class:`DomainError` at ``message`` or ``subject``, without an address, or when they want
    to hear otherwise (ADV-2); :class:`Conflict` and :class:`NotAllowed` as ``close_loop`` does.
    """
    require_tell(actor, duty)
    advocate, text = duty.advocate, message.strip()
    require_words(subject, text, missing=_("Say what came of it."))
    if otherwise := how_instead(advocate, actor.membership):
        raise DomainError(otherwise, code="other_channel")
    if not advocate.email:
        raise DomainError(
            _("There is no e-mail address for %(advocate)s. Call, and write down what you said.")
            % {"advocate": advocate.name},
            code="no_address",
        )
    close_loop(actor=actor, duty=duty, note=cut(text, 500))
    keep(closed_at=duty.closed_at.isoformat() if duty.closed_at else "")
    queue_mail(
        kind=MAIL,
        to_email=advocate.email,
        to_name=advocate.name,
        subject=subject,
        text=f"{text}\n",
        unique_key=f"{MAIL}:{duty.pk}:{duty.closed_at:%Y%m%d%H%M%S%f}",
        sender=actor.membership,
        subject_id=duty.pk,
    )
    return duty


def on_mail_failed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscribes ``mail.failed``: who never got the letter has not heard what came of it."""
    if not isinstance(subject, OutgoingMail) or subject.kind != MAIL or not subject.subject_id:
        return
    if duty := LoopDuty.objects.filter(pk=subject.subject_id).first():
        reopen_loop(actor=actor, duty=duty)
