"""Asking whether a booked slot took place, taking the answers, and acting on them (ACT-4)."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities import locks
from activities.activities.booking import postpone
from activities.activities.choices import ActivityState, NoShowBy
from activities.activities.completion import complete_activity
from activities.activities.models import Activity
from activities.activities.services import about, mark_no_show
from activities.settings import Fulfilment
from activities.slot_checks.lifecycle import SLOT_CHECK, CheckState, Says
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.ways import ADVOCATE, REQUESTER
from activities.slot_checks.weighing import weigh
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.services import cancel_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenant_settings.reading import current

#: Who acts on what they said.
ACTOR = Actor.system("slot-check")
MAIL, MAIL_REQUESTER = "slot-check", "slot-check-requester"
_CAME_OUT = {
    ActivityState.COMPLETED: Says.HAPPENED,
    ActivityState.SCHEDULED: Says.MOVED,
    ActivityState.ACCEPTED: Says.MOVED,
}
_ABSENT = {
    Says.PROSPECT_ABSENT: NoShowBy.PROSPECT,
    Says.ADVOCATE_ABSENT: NoShowBy.ADVOCATE,
}


def side_of(actor: Actor, check: SlotCheck) -> str:
    """For which side somebody answers: the advocate on the link, the requester, or who stands in
    for them. Raises :class:`NotAllowed` for everybody else.
    """
    if actor.kind == "advocate" and actor.id == check.activity.advocate_id:  # type: ignore[attr-defined]
        return ADVOCATE
    member = actor.membership
    if member is not None and check.requester_id in answers_for(member):  # type: ignore[attr-defined]
        return REQUESTER
    raise NotAllowed(_("Who asked for it says this; the program records it on the activity."))


def permit_answer(actor: Actor, check: SlotCheck, name: str) -> None:
    """Raise :class:`NotAllowed` unless the actor is one of the two who are asked."""
    side_of(actor, check)


@transaction.atomic
def answer_check(*, actor: Actor, check: SlotCheck, says: str) -> SlotCheck:
    """Say what became of a booked slot; anew until it is settled.

    What follows happens at once where it is clear: see ``weighing``. Raises :class:`DomainError`
    at ``says`` for a word that is none, :class:`Conflict` once it is settled.
    """
    side = side_of(actor, check)
    if says not in Says.values:
        problem = _("Choose what became of it: %(words)s.") % {
            "words": ", ".join(str(word.label) for word in Says)
        }
        raise DomainError(problem, fields={"says": problem})
    check = _lock(check)
    now = clock.now()
    alone = now + timedelta(hours=current(Fulfilment).lone_answer_hours)
    SLOT_CHECK.move(
        check,
        "answer",
        weigh_at=min(check.weigh_at, alone),
        **{f"{side}_says": says, f"{side}_said_at": now},
    )
    record(
        "slot_check.answered",
        check,
        actor=actor,
        payload={"side": side, "says": says},
        about=[check.activity, *about(check.activity)],
    )
    act_on(check, now)
    return check.reload()


def act_on(check: SlotCheck, now: datetime) -> None:
    """Do what follows from what was said, of a locked question that is still open."""
    verdict = weigh(check, now)
    activity = check.activity
    if verdict == "wait":
        return
    if verdict == "manager":
        if SLOT_CHECK.attempt(check, "hand_on"):
            record(
                "slot_check.handed_on",
                check,
                actor=ACTOR,
                payload={"contradicted": bool(check.advocate_says and check.requester_says)},
                about=[activity, *about(activity)],
            )
    elif verdict == Says.HAPPENED:
        complete_activity(
            actor=ACTOR,
            activity=activity,
            happened_at=check.ends_at,
            minutes=int((check.ends_at - check.starts_at).total_seconds() // 60) or None,
        )
    elif verdict == Says.MOVED:
        postpone(actor=ACTOR, activity=activity)
    else:
        mark_no_show(actor=ACTOR, activity=activity, by=_ABSENT[Says(verdict)])


def _lock(check: SlotCheck) -> SlotCheck:
    """The question as it is now, with everything locked that acting on it may touch, in the order
    of the house: request, diary, activity, and then the question.
    """
    activity = lock_activity(check.activity)
    found = (
        SlotCheck.objects.select_for_update(no_key=True, of=("self",))
        .select_related("requester__user")
        .get(pk=check.pk)
    )
    found.activity = activity
    return found


def lock_activity(activity: Activity) -> Activity:
    """The activity as it is now, behind what is locked before it."""
    locks.lock_above(activity.pk)
    locks.lock_diary(activity.advocate_id)  # type: ignore[attr-defined]
    return (
        Activity.objects.select_for_update(no_key=True, of=("self",))
        .select_related(
            "advocate__account__owner__user",
            "advocate__tenant",
            "activity_type",
            "owner__user",
            "participation",
        )
        .get(pk=activity.pk)
    )


def weigh_again(check: SlotCheck) -> None:
    """The time to answer is over. A second time changes nothing."""
    check = _lock(check)
    if check.state == CheckState.ASKED:
        act_on(check, clock.now())


def on_moved(event: Event, subject: models.Model, actor: Actor) -> None:
    """Whatever becomes of the activity settles what is asked about it, whoever says so."""
    assert isinstance(subject, Activity)  # noqa: S101 - its own events
    open_ones = SlotCheck.objects.filter(activity=subject).exclude(state=CheckState.SETTLED)
    for check in open_ones.select_for_update(no_key=True, of=("self",)):
        if subject.state == ActivityState.SCHEDULED and check.starts_at == subject.starts_at:
            continue
        came_out = _CAME_OUT.get(ActivityState(subject.state), "")
        if subject.state == ActivityState.NO_SHOW:
            came_out = next(word for word, by in _ABSENT.items() if by == subject.no_show_by)
        SLOT_CHECK.move(check, "settle", came_out=came_out, settled_at=clock.now())
        cancel_mail(subject_id=check.pk, kinds=[MAIL, MAIL_REQUESTER])
        check.activity = subject
        record(
            "slot_check.settled",
            check,
            actor=actor,
            payload={"came_out": str(came_out)},
            about=[subject],
        )
