"""Taking a press back while its mails wait: exactly one of "sent" and "undone" happens.

The sender claims a mail in a transaction of its own (``outbox.claim``); here the same rows are
locked without waiting, after everything else the press locked. Whoever comes second finds a row
that is locked, claimed or gone. So a mail that a process took and did not live to record counts as
sent: it may have left, and goes out again when the lease is over.
"""

from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.models import MailState, OutgoingMail, UndoWindow
from advocacy.records import undoing
from advocacy.records.undoing import Step
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed

_KEPT = timedelta(hours=1)
#: No process has taken it. One that did may have sent it, whatever became of the process.
_WAITS = Q(state=MailState.QUEUED, attempts=0)


@transaction.atomic
def undo_press(*, actor: Actor, window_id: UUID) -> UndoWindow:
    """Take back what one's own press did; its mails never leave.

    Everything or nothing: ``Conflict`` when its time is over, whether or not a mail waits, when a
    mail is on its way, when it was taken back before, or when something of it has gone on since.
    ``NotAllowed`` for a colleague's press.
    """
    window = UndoWindow.objects.filter(pk=window_id).first()
    if window is None:
        raise Conflict(_("This cannot be taken back any more."), code="undo_over")
    if actor.membership is None or window.member_id != actor.membership.pk:
        raise NotAllowed(_("Only whoever sent it takes it back."))
    if window.undone_at is not None:
        raise _again()
    if clock.now() > window.until:
        raise _left() if _mails(window).exists() else _late()
    if _mails(window).exclude(state=MailState.CANCELLED).exclude(_WAITS).exists():
        raise _left()
    journal = window.journal
    try:
        stay = {
            str(pk)
            for pk in undoing.take_back(window.key, actor, window.subject_id, journal["kept"])
        }
        for step in journal["steps"]:
            if step["pk"] not in stay:
                undoing.step_back(Step(**step))
        _call_back(window)
    except IntegrityError as error:
        # A limit of the database: what it gave back somebody else has taken since.
        raise Conflict(
            _("What it gave back is taken by now, so it cannot be taken back any more."),
            code="gone_on",
        ) from error
    except Conflict:
        if UndoWindow.objects.filter(pk=window.pk, undone_at__isnull=False).exists():
            raise _again() from None
        raise
    # Last: who erases a person locks their requests before what presses kept of them.
    window.undone_at = clock.now()
    if not UndoWindow.objects.filter(pk=window.pk, undone_at=None).update(
        undone_at=window.undone_at
    ):
        raise _again()
    subject, *about = (apps.get_model(kind)(pk=UUID(pk)) for kind, pk in journal["about"])
    record(undoing.undone(window.key), subject, actor=actor, about=about)
    return window


def undo_latest(*, actor: Actor, subject_id: UUID) -> UndoWindow:
    """Take back what one last sent about a row. Raises as :func:`undo_press` does."""
    newest = (
        UndoWindow.objects.filter(subject_id=subject_id, member=actor.membership, undone_at=None)
        .order_by("-until", "-id")
        .values_list("pk", flat=True)
        .first()
    )
    if newest is None:
        raise Conflict(_("There is nothing of yours to take back here."), code="undo_over")
    return undo_press(actor=actor, window_id=newest)


def forget_presses(tenant_id: UUID) -> None:
    """Delete presses that are long over: what they changed may quote what somebody wrote."""
    UndoWindow.objects.filter(until__lt=clock.now() - _KEPT).delete()


def _mails(window: UndoWindow) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(window_id=window.pk)


def _call_back(window: UndoWindow) -> None:
    """Take its mails out of the outbox; never waits for the sender, who may wait for us."""
    wanted = set(_mails(window).exclude(state=MailState.CANCELLED).values_list("pk", flat=True))
    held = set(
        _mails(window)
        .filter(_WAITS)
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)
    )
    if held != wanted:
        raise _left()
    # The key is free again: the same thing may be sent after all.
    _mails(window).filter(pk__in=held).update(
        state=MailState.CANCELLED,
        unique_key=Concat(F("unique_key"), Value(f":{window.pk}")),
    )
    # What it called off waits again.
    OutgoingMail.objects.filter(
        pk__in=window.journal["kept"].get("called_off", ()), state=MailState.CANCELLED
    ).update(state=MailState.QUEUED)


def _again() -> Conflict:
    return Conflict(_("This was taken back already."), code="undone_already")


def _late() -> Conflict:
    return Conflict(_("It has stood too long to be taken back."), code="undo_over")


def _left() -> Conflict:
    return Conflict(
        _("It is on its way already, so it cannot be taken back any more."), code="undo_over"
    )
