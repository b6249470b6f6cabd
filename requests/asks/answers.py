"""Answers to an ask, from the advocate's link or through a colleague (ASK-1, ASK-3)."""

import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from activities.activities.services import plan_activity, take_yes
from advocacy import clock
from advocacy.events.services import record
from advocacy.messaging.holding import keep, undoable
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocates.people.consents import keep_leave_of_yes
from advocates.people.disclosure import discloses_after_acceptance, sees_everybody
from advocates.program.ledger.choices import ReleaseReason
from advocates.program.ledger.services import release_unit
from requests.access import require_answerer
from requests.asks.choices import AnsweredBy, AskState
from requests.asks.ending import confirm_if_filled, hush, look_again
from requests.asks.lifecycle import ASK
from requests.mails import mail_member, who_hears
from requests.models import Ask, AskSlot, Request
from requests.requests.locks import lock_request

#: The moves of an ask that an advocate makes.
Kind = Literal["accept", "decline", "later", "someone_else"]

_RELEASE: dict[Kind, ReleaseReason] = {
    "decline": ReleaseReason.DECLINED,
    "later": ReleaseReason.LATER,
    "someone_else": ReleaseReason.SOMEONE_ELSE,
}


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """What an advocate says to an ask; only the fields of its kind count."""

    kind: Kind
    slots: Collection[uuid.UUID] = ()
    time_note: str = ""
    reason: str = ""
    later_on: date | None = None
    name: str = ""
    email: str = ""


class AlreadyAnswered(Conflict):
    """The ask is over: answered before, filled, withdrawn or expired. ``state`` says which."""

    def __init__(self, state: str) -> None:
        messages = {
            AskState.PROPOSED: _("They were not asked yet: it waits for the account's owner."),
            AskState.NOT_ASKED: _("They were not asked after all."),
            AskState.EXPIRED: _("The time to answer this has passed. Nothing is lost."),
            AskState.FILLED: _("Somebody else has already said yes. Thank you all the same!"),
            AskState.CANCELLED: _("This is not needed any more. Thank you all the same!"),
        }
        text = messages.get(AskState(state), _("This has already been answered. Thank you!"))
        super().__init__(text, code=f"ask_{state}")
        self.state = state


@transaction.atomic
@undoable("ask.answer", "ask", about=lambda ask: ask.about, always=True)
def answer_ask(*, actor: Actor, ask: Ask, answer: AskAnswer) -> Ask:
    """Record an answer, once: of two at the same moment the first counts.

    A yes keeps the unit and plans the activity; everything else gives the unit back and has no
    bad consequence. When enough said yes the request is confirmed and the other asks are released
    with thanks. Raises :class:`AlreadyAnswered` when the ask is over, :class:`DomainError` naming
    the field when the answer lacks something, :class:`NotAllowed` when it is somebody else's.
    """
    require_answerer(actor, ask, answer.kind)
    values = _checked(ask, answer)
    keep(typed=_as_typed(answer))
    # Request first, then the units: the order of the locks everywhere.
    request = lock_request(ask.request)
    now, by_advocate = clock.now(), actor.kind == "advocate"
    ask.reload()
    is_late = ask.expires_at <= now
    if is_late or not ASK.attempt(
        ask,
        answer.kind,
        answered_at=now,
        answered_by=AnsweredBy.ADVOCATE if by_advocate else AnsweredBy.STAFF,
        answer_recorded_by=None if by_advocate else actor.membership,
        **values,
    ):
        over = AskState.EXPIRED if ask.state == AskState.SENT else ask.state
        raise AlreadyAnswered(over)
    hush(ask)
    manager = _who_is_told(request, ask, actor)
    if answer.kind == "accept":
        _accept(actor, request, ask, answer, manager)
    else:
        release_unit(participation=ask.participation, reason=_RELEASE[answer.kind])
        record(ASK[answer.kind].verb, ask, actor=actor, about=ask.about)
        look_again(request)
    if manager is not None:
        _tell(manager, request, ask)
    if answer.kind == "accept":
        _tell_owner(request, ask, {manager, actor.membership})
    return ask


def _as_typed(answer: AskAnswer) -> dict[str, Any]:
    """What a colleague typed, as their form shows it again, of what JSON holds."""
    later = answer.later_on.isoformat() if answer.later_on else ""
    return {**asdict(answer), "slots": [str(pk) for pk in answer.slots], "later_on": later}


def _checked(ask: Ask, answer: AskAnswer) -> dict[str, Any]:
    """The columns of an answer, checked before anything is locked (BAD-1)."""
    if answer.kind == "accept":
        if answer.slots or answer.time_note.strip():
            return {"time_note": answer.time_note.strip()[:300]}
        if ask.slots.exists():
            problem = _("Tick a time that suits you, or write another one.")
            raise DomainError(problem, fields={"slots": problem})
        return {}
    if answer.kind == "decline":
        return {"decline_reason": answer.reason.strip()[:500]}
    if answer.kind == "later":
        today = clock.today(ask.advocate.zone)
        if answer.later_on is None or answer.later_on <= today:
            problem = _("Choose a day from tomorrow on.")
            raise DomainError(problem, fields={"later_on": problem})
        return {"later_on": answer.later_on}
    name, email = answer.name.strip()[:200], answer.email.strip()
    if not name and not email:
        problem = _("Tell us who: a name or an e-mail address.")
        raise DomainError(problem, fields={"name": problem})
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            problem = _("This is no e-mail address; it should look like ana@example.com.")
            raise DomainError(problem, fields={"email": problem}) from error
    return {"suggested_name": name, "suggested_email": email}


def _accept(
    actor: Actor, request: Request, ask: Ask, answer: AskAnswer, told: Membership | None
) -> None:
    slots = AskSlot.objects.filter(ask=ask, pk__in=list(answer.slots))
    slots = slots.filter(starts_at__gt=clock.now())
    keep(ticked=[str(pk) for pk in slots.filter(offered=False).values_list("pk", flat=True)])
    ticked = slots.update(offered=True)
    if answer.slots and not ticked and not answer.time_note.strip():
        problem = _("These times have passed; tick another one or write one.")
        raise DomainError(problem, fields={"slots": problem})
    activity = plan_activity(
        actor=actor,
        advocate=ask.advocate,
        activity_type=request.activity_type,
        participation=ask.participation,
        purpose=request.prospect,
        owner=request.manager or ask.sender,
    )
    keep(activity=str(activity.pk))
    take_yes(actor=actor, activity=activity)
    if actor.kind == "advocate":
        # The page said that the yes gives it; what a colleague was told is recorded by hand.
        keep_leave_of_yes(
            actor=actor,
            advocate=ask.advocate,
            kind=request.activity_type,
            said=_("Their own yes on the page of the ask: %(subject)s") % {"subject": ask.subject},
        )
    Ask.objects.filter(pk=ask.pk).update(activity=activity)
    ask.activity = activity
    record(
        "ask.accepted",
        ask,
        actor=actor,
        payload={"slots": ticked, "activity": str(activity.pk)},
        about=ask.about,
    )
    if discloses_after_acceptance(ask.advocate):
        # From here on the requester's page shows the name: that is the reveal (VIS-1).
        record(
            "ask.revealed",
            ask,
            actor=actor,
            payload={"to": str(request.requester_id), "by": "acceptance"},
            about=ask.about,
        )
    confirm_if_filled(request, actor=actor, told=told)


def _who_is_told(request: Request, ask: Ask, actor: Actor) -> Membership | None:
    """Who runs the request hears at once; not of what they typed in themselves."""
    manager = who_hears(ask, request)
    return None if manager == actor.membership else manager


def _tell(manager: Membership, request: Request, ask: Ask) -> None:
    mail_member(
        manager,
        "answered",
        request,
        key=str(ask.pk),
        context={
            "advocate": ask.advocate.name,
            # Lazily: in the reader's language.
            "answer": AskState(ask.state).label,
            "said": str(ask.state),
            "reason": ask.decline_reason,
            "later_on": ask.later_on,
            "colleague": " ".join(filter(None, [ask.suggested_name, ask.suggested_email])),
            "time_note": ask.time_note,
        },
    )


def _tell_owner(request: Request, ask: Ask, told: Collection[Membership | None]) -> None:
    """Of a yes the account's owner hears by mail, too; the rest is news to them (ASK-2.d)."""
    owner = ask.advocate.account.owner
    if owner is None or owner in told or not sees_everybody(owner):
        return
    mail_member(
        owner,
        "at_own_account",
        request,
        key=str(ask.pk),
        context={"advocate": ask.advocate.name, "account": str(ask.advocate.account)},
    )
