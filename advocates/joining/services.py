"""Nominating somebody for the program, and what becomes of it (IDN-2).

``submitted → accepted | returned | withdrawn``; the person's status moves along:
candidate → nominated → qualified, or back to where they came from. Whoever offers to help of their
own accord comes in through ``volunteering``; the decision is the same.
"""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.holding import undoable
from advocacy.records.writes import tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.text import has_words
from advocacy.tenant_settings.reading import current
from advocates.access import require_change
from advocates.joining.choices import InvitationState, NominationState
from advocates.joining.criteria import criteria_of, needs_override, snapshot
from advocates.joining.enrolment import move_status, permit_status_move
from advocates.joining.lifecycle import INVITATION, NOMINATION
from advocates.joining.mails import tell_decision
from advocates.joining.numbers import Recruiting
from advocates.models import Advocate, Nomination, ProgramInvitation
from advocates.people.choices import AdvocateStatus

_LONGEST = 2000


def _about(nomination: Nomination) -> list[models.Model]:
    return [nomination.advocate, nomination.advocate.account]


@transaction.atomic
def nominate_advocate(*, actor: Actor, advocate: Advocate, reasons: str) -> Nomination:
    """Propose a candidate for the program, with reasons (IDN-2).

    Criteria that are not met do not stand in the way; they are kept with the nomination. Raises
    ``DomainError`` at ``reasons``, ``Conflict`` for somebody who is nominated already, on the way,
    in the program, or whose decline is still final, ``NotAllowed`` for a CSM at a colleague's
    account.
    """
    permit_status_move(actor, advocate, "nominate")
    if actor.membership is None:
        raise NotAllowed(_("A colleague nominates, so that somebody hears what became of it."))
    words = words_of(
        reasons, "reasons", _("Say in a sentence or two why this person would be a good advocate.")
    )
    if advocate.status == AdvocateStatus.NOMINATED:
        raise Conflict(_("%(name)s is nominated already.") % {"name": advocate.name})
    if advocate.status == AdvocateStatus.DECLINED:
        before = move_status(advocate, "reconsider")
        record_way_back(advocate, actor, before)
    before = move_status(advocate, "nominate")
    nomination = Nomination(
        decide_by=clock.now() + timedelta(days=current(Recruiting).decide_days),
        advocate=advocate,
        nominated_by=actor.membership,
        reasons=words,
        criteria=snapshot(criteria_of(advocate)),
    )
    nomination.save(force_insert=True)
    nomination.reload()
    record_step("nomination.submitted", nomination, actor, before=before)
    return nomination


@transaction.atomic
@undoable("nomination.accept", "nomination", about=_about)
def accept_nomination(
    *, actor: Actor, nomination: Nomination, override_reason: str = ""
) -> Nomination:
    """The person qualifies. Who nominated, or offered, hears of it by mail (IDN-2).

    The criteria are looked at afresh; where one is not met, for lack of data too, a written reason
    is needed: ``DomainError`` at ``override_reason``. ``Conflict`` when it was decided already.
    """
    permit_nomination(actor, nomination, "accept")
    advocate = nomination.advocate
    criteria = criteria_of(advocate)
    unmet = needs_override(criteria)
    words = tidy(override_reason)[:_LONGEST]
    if unmet and not has_words(words):
        problem = _("Not every criterion is met; say why the person qualifies all the same.")
        raise DomainError(problem, code="override_needed", fields={"override_reason": problem})
    decide(
        nomination,
        "accept",
        actor,
        override_reason=words if unmet else "",
        criteria=snapshot(criteria),
    )
    before = move_status(advocate, "qualify")
    record_step(
        "nomination.accepted",
        nomination,
        actor,
        before=before,
        overridden=[criterion.code for criterion in unmet],
    )
    tell_decision(nomination, actor)
    return nomination


@transaction.atomic
@undoable("nomination.return", "nomination", about=_about)
def return_nomination(*, actor: Actor, nomination: Nomination, reason: str) -> Nomination:
    """Not now, and why; who nominated hears the reason, or the person who offered (IDN-2).

    Raises ``DomainError`` at ``reason``, ``Conflict`` when it was decided already.
    """
    permit_nomination(actor, nomination, "return")
    words = words_of(reason, "reason", _("Say why, so that the next nomination can be better."))
    decide(
        nomination,
        "return",
        actor,
        return_reason=words,
        criteria=snapshot(criteria_of(nomination.advocate)),
    )
    before = move_back(nomination.advocate)
    record_step("nomination.returned", nomination, actor, before=before)
    tell_decision(nomination, actor)
    return nomination


@transaction.atomic
def withdraw_nomination(*, actor: Actor, nomination: Nomination) -> Nomination:
    """The nominator takes it back, or whoever decides does (IDN-2).

    ``Conflict`` once decided, and for a person's own offer: they wait for an answer.
    """
    permit_nomination(actor, nomination, "withdraw")
    decide(nomination, "withdraw", actor)
    before = move_back(nomination.advocate)
    record_step("nomination.withdrawn", nomination, actor, before=before)
    return nomination


@transaction.atomic
def acknowledge_nomination(*, actor: Actor, nomination: Nomination) -> Nomination:
    """The nominator has seen what became of it; it leaves their queue. No event: nothing changed
    but what somebody has read.
    """
    if not _nominated(actor, nomination):
        raise NotAllowed(_("This nomination is a colleague's."))
    Nomination.objects.filter(pk=nomination.pk, seen_at=None, decided_at__isnull=False).update(
        seen_at=clock.now()
    )
    return nomination.reload()


def close_overtaken(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody nominated was moved on by hand; the open nomination follows.

    On the way into the program counts as accepted, back to candidate as withdrawn; what a person
    offered cannot be put away like that (``Conflict``), since they wait for an answer.
    """
    if not isinstance(subject, Advocate) or event.payload.get("before") != "nominated":
        return
    nomination = (
        Nomination.objects.select_related(
            "nominated_by__user", "advocate__account", "advocate__tenant", "tenant"
        )
        .filter(advocate=subject, state=NominationState.SUBMITTED)
        .first()
    )
    if nomination is None:
        return
    back = subject.status in (AdvocateStatus.CANDIDATE, AdvocateStatus.ALUMNI)
    if back and nomination.is_own:
        raise _theirs(nomination)
    name = "withdraw" if back else "accept"
    decide(nomination, name, actor)
    verb, payload = NOMINATION[name].verb, {"overtaken": True}
    record(verb, nomination, actor=actor, payload=payload, about=[subject])
    if not back:
        tell_decision(nomination, actor)


def close_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody was erased; what was open on their way in ends, and nobody is told."""
    for nomination in Nomination.objects.select_related("advocate__account").filter(
        advocate=subject.pk, state=NominationState.SUBMITTED
    ):
        decide(nomination, "withdraw", actor)
        record(NOMINATION["withdraw"].verb, nomination, actor=actor, about=[subject])
    for invitation in ProgramInvitation.objects.filter(
        advocate=subject.pk, state=InvitationState.SENT
    ):
        INVITATION.attempt(invitation, "withdraw", answered_at=clock.now())
        record(INVITATION["withdraw"].verb, invitation, actor=actor, about=[subject])


def move_back(advocate: Advocate) -> str:
    """Nominated → where they stood before: alumni or candidate; returns the old status."""
    return move_status(advocate, "put_back_out" if advocate.enrolled_at else "put_back")


def _theirs(nomination: Nomination) -> Conflict:
    return Conflict(
        _("%(name)s offered to help. Accept it, or return it with a reason, so that they hear.")
        % {"name": nomination.advocate.name},
        code="own_offer",
    )


def words_of(text: str, field: str, missing: str) -> str:
    """Words as they are kept; ``DomainError`` at ``field`` for none and for too many."""
    words = str(tidy(text))
    problem = ""
    if not has_words(words):
        problem = missing
    elif len(words) > _LONGEST:
        problem = _("Keep it under 2,000 characters.")
    if problem:
        raise DomainError(problem, code="required", fields={field: problem})
    return words


def permit_nomination(actor: Actor, nomination: Nomination, name: str) -> None:
    """Raise unless the actor may: who decides, and to take it back whoever nominated.

    ``Conflict`` for taking back a person's own offer: they wait for an answer.
    """
    NOMINATION.permit(actor, name)
    if name != "withdraw":
        return
    if nomination.is_own:
        raise _theirs(nomination)
    if not _nominated(actor, nomination):
        require_change(actor, "nominations.decide")


def _nominated(actor: Actor, nomination: Nomination) -> bool:
    member = actor.membership
    return member is not None and nomination.nominated_by_id in answers_for(member)


def decide(nomination: Nomination, name: str, actor: Actor, **changes: Any) -> None:
    """Only an open nomination is decided, once; nobody has to read their own decision."""
    now = clock.now()
    if _nominated(actor, nomination):
        changes["seen_at"] = now
    NOMINATION.move(nomination, name, decided_by=actor.membership, decided_at=now, **changes)


def record_step(
    verb: str, nomination: Nomination, actor: Actor, *, before: str, **payload: Any
) -> None:
    """Tell the log of a step and of the person's move with it."""
    advocate = nomination.advocate
    record(
        verb,
        nomination,
        actor=actor,
        # Reasons are words about a person: they stay out of the log for ever.
        payload={"before": before, "after": str(advocate.status), **payload},
        about=[advocate, advocate.account],
    )


def record_way_back(advocate: Advocate, actor: Actor, before: str) -> None:
    """Tell the log that somebody who declined is a candidate again."""
    record(
        "advocate.advanced",
        advocate,
        actor=actor,
        payload={"before": before, "after": str(advocate.status), "reason_given": False},
        about=[advocate.account],
    )
