"""Giving duties to people, and saying that they are done (RSP-1)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.activities.models import Activity
from activities.duties.lifecycle import DUTY, DutyState
from activities.duties.models import Duty, Task
from activities.duties.planning import Wanted, is_over, key_of, wanted_of
from activities.set_up.making import set_up_for
from activities.set_up.models import SetUp
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records.undoing import note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.bulk import update_rows
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import answers_for, only_stands_in
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocates.program.ledger.choices import Origin
from advocates.responsibilities.selectors import person_for, role_for, there

#: Who asked for an activity, said by the app that knows requests.
_requesters: list[Callable[[Activity], Membership | None]] = []


def register_requester(find: Callable[[Activity], Membership | None]) -> None:
    """Have ``find(activity)`` say who asked for it; for ``AppConfig.ready()``."""
    _requesters.append(find)


def requester_of(activity: Activity) -> Membership | None:
    """Who asked for an activity; nobody for what was offered or logged."""
    return next((found for find in _requesters if (found := find(activity))), None)


def responsible_for(activity: Activity, step: str) -> Membership | None:
    """Who does a step of an activity: the person of the role that the matrix names."""
    return person_for(
        role_for(activity.activity_type, step),
        account=activity.advocate.account,
        requester=requester_of(activity),
        manager=activity.owner,
        sponsor=activity.advocate.executive_sponsor,
    )


@transaction.atomic
def arrange(activity: Activity) -> None:
    """Let the duties be what the activity's state asks for.

    A duty that is there keeps its person and what was ticked; dates follow the booking, facts tick.
    What there is nothing left to do about is dropped, unless somebody did it. A second time
    changes nothing. Called with the activity locked by its own move.
    """
    rows = Duty.objects.filter(activity=activity).select_related("item")
    kept = {key_of(duty): duty for duty in rows}
    calendar, set_up = calendar_of(activity.tenant), set_up_for(activity)
    wanted = wanted_of(activity, calendar, kept.values(), set_up)
    changed = []
    for key, duty in kept.items():
        if changes := _changes(duty, wanted.get(key), over=is_over(duty, activity)):
            # Where the press can be taken back, the duty goes back with the activity.
            note(duty, changes)
            for name, value in changes.items():
                setattr(duty, name, value)
            changed.append(duty)
    if changed:
        update_rows(changed, ("state", "due_at", "done_at", "owner"))
    Duty.objects.bulk_create(
        [
            Duty(
                activity=activity,
                step=now.step,
                item=now.item,
                task=now.task,
                text=now.item.text if now.item else "",
                owner=now.owner or responsible_for(activity, now.step),
                due_at=now.due_at,
                done_at=now.done_at,
                state=DutyState.DONE if now.done_at else DutyState.OPEN,
            )
            for key, now in wanted.items()
            if key not in kept
        ],
        ignore_conflicts=True,
    )


def _changes(duty: Duty, now: Wanted | None, *, over: bool) -> dict[str, Any]:
    """What of a duty differs now. A tick by hand stands, one by a fact goes with it."""
    if now is None:
        return {"state": DutyState.DROPPED} if over and duty.state == DutyState.OPEN else {}
    by_hand = duty.state == DutyState.DONE and duty.done_by_id is not None  # type: ignore[attr-defined]
    found: dict[str, Any] = {"due_at": now.due_at}
    if now.owner is not None:
        found["owner"] = now.owner
    if now.done_at or not by_hand:
        found["done_at"] = now.done_at
        found["state"] = DutyState.DONE if now.done_at else DutyState.OPEN
    return {name: value for name, value in found.items() if getattr(duty, name) != value}


def on_moved(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of what happens to activities.

    A yes to an ask is arranged by who knows the request, once it is known whose it is.
    """
    assert isinstance(subject, Activity)  # noqa: S101 - its own events
    asked = subject.participation.origin != Origin.VOLUNTEERED
    if event.verb != "activity.accepted" or not asked:
        arrange(subject)


def permit_duty(actor: Actor, duty: Duty, name: str) -> None:
    """Whose it is, who stands in for them, who runs the program, and the account's owner may."""
    DUTY.permit(actor, name)
    member = actor.membership
    if member is None or member.can("requests.triage"):
        return
    if not answers_for(member) & _whose(duty):
        raise NotAllowed(_("It is somebody else's; they or the program say that it is done."))


def _whose(duty: Duty) -> set[uuid.UUID | None]:
    return {duty.owner_id, duty.activity.advocate.account.owner_id}  # type: ignore[attr-defined]


def finish_duty(*, actor: Actor, duty: Duty) -> Duty:
    """Say that it is done. Raises ``Conflict`` when it is already."""
    return _move(actor, duty, "finish", done_at=clock.now(), done_by=actor.membership)


def tick_duty(*, actor: Actor, duty: Duty) -> Duty:
    """What finishing does, for a caller that has made sure of who acts."""
    return _tell(actor, duty, "finish", done_at=clock.now(), done_by=actor.membership)


def reopen_duty(*, actor: Actor, duty: Duty) -> Duty:
    """Say that it is not done after all."""
    return _move(actor, duty, "reopen", done_at=None, done_by=None)


def pass_on(*, actor: Actor, activity: Activity, step: str, owner: Membership) -> None:
    """A step of an activity is somebody else's, since what it is about is; for a caller that has
    made sure of who acts.
    """
    rows = Duty.objects.filter(
        activity=activity, step=step, item=None, task="", state=DutyState.OPEN
    )
    for duty in rows.exclude(owner=owner).select_related("activity__advocate__account"):
        _tell(actor, duty, "hand_over", owner=owner)


@transaction.atomic
def hand_over_duty(*, actor: Actor, duty: Duty, owner: Membership | None) -> Duty:
    """Give it to a colleague; the date stays. Raises ``DomainError`` at ``owner``."""
    if there(owner) is None:
        problem = _("Choose a colleague who works here.")
        raise DomainError(problem, fields={"owner": problem})
    member, whose = actor.membership, _whose(duty)
    if member is not None and not member.can("requests.triage") and only_stands_in(member, *whose):
        problem = _("You only stand in here: they or the program give it to somebody else.")
        raise DomainError(problem, code="stands_in", fields={"owner": problem})
    given = _move(actor, duty, "hand_over", owner=owner)
    if duty.task == Task.SET_UP:
        # Whoever was named for the test would have it back with the next booking.
        SetUp.objects.filter(activity=duty.activity, tester__isnull=False).update(tester=owner)
    return given


@transaction.atomic
def _move(actor: Actor, duty: Duty, name: str, **changes: Any) -> Duty:
    permit_duty(actor, duty, name)
    return _tell(actor, duty, name, **changes)


@transaction.atomic
def _tell(actor: Actor, duty: Duty, name: str, **changes: Any) -> Duty:
    DUTY.move(duty, name, **changes)
    activity = duty.activity
    record(
        DUTY[name].verb,
        duty,
        actor=actor,
        payload={"step": duty.step, "owner": str(duty.owner_id)},  # type: ignore[attr-defined]
        about=[activity, activity.advocate, activity.advocate.account],
    )
    return duty
