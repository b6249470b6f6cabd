"""From planned to scheduled, and what does not happen (ACT-1, ACT-4, CAP-1)."""

from datetime import timedelta

import pytest

from activities.activities import booking, completion, services
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.events.models import Event
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.models import Participation
from advocates.program.ledger import services as ledger
from advocates.program.ledger.choices import ReleaseReason, UnitState
from tests.support.cases import Cases
from tests.support.program import Program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

#: From each state, where an activity may go (ACT-1); said again by hand.
MOVES = {
    "planned": {"accepted", "declined", "cancelled"},
    "accepted": {"scheduled", "completed", "cancelled", "declined"},
    "scheduled": {"scheduled", "completed", "cancelled", "no_show"},
    "completed": {"voided"},
    "declined": set(),
    "cancelled": set(),
    "no_show": set(),
    "voided": set(),
}


def test_each_move_has_a_time_an_actor_and_an_event(program: Program, clock: Clock) -> None:
    """ACT-1.a, AUD-1.a: planned → accepted → scheduled → completed, each stamped and told."""
    activity = program.planned()
    clock.advance(hours=1)
    services.accept_activity(actor=program.actor, activity=activity)
    assert activity.accepted_at == clock.now
    clock.advance(hours=1)
    starts = clock.now + timedelta(hours=1)
    booking.schedule_activity(
        actor=program.actor,
        activity=activity,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        location="https://meet.example/1",
    )
    assert activity.scheduled_at == clock.now
    clock.advance(hours=3)
    completion.complete_activity(actor=program.actor, activity=activity, happened_at=starts)
    assert (activity.completed_at, activity.happened_at) == (clock.now, starts)
    events = Event.objects.filter(subject_id=activity.pk).order_by("at")
    assert [(event.verb, event.actor) for event in events] == [
        ("activity.planned", program.manager),
        ("activity.accepted", program.manager),
        ("activity.scheduled", program.manager),
        ("activity.completed", program.manager),
    ]


def test_illegal_move_is_refused_with_the_allowed_ones_named(program: Program) -> None:
    """ACT-1.b: the sentence says where it stands and what can be done instead."""
    activity = program.planned()
    with pytest.raises(Conflict) as refused:
        completion.complete_activity(
            actor=program.actor, activity=activity, happened_at=activity.planned_at
        )
    assert refused.value.message == (
        f"{activity} is “Planned”: “It happened” is not possible now, but: "
        "The advocate said yes, The advocate said no, Call it off."
    )
    services.cancel_activity(actor=program.actor, activity=activity, reason="Deal is off")
    with pytest.raises(Conflict, match="is “Cancelled”: .* is not possible any more"):
        services.accept_activity(actor=program.actor, activity=activity)


@pytest.mark.parametrize("state", ActivityState.values)
def test_no_move_leaves_the_table(program: Program, clock: Clock, each: Cases, state: str) -> None:
    """ACT-1.a, ACT-1.b: from every state, exactly the moves of the table succeed."""

    def bring_to(wanted: str) -> Activity:
        activity = program.planned()
        actor = program.actor
        if wanted == "declined":
            return services.decline_activity(actor=actor, activity=activity)
        if wanted == "cancelled":
            return services.cancel_activity(actor=actor, activity=activity, reason="x")
        if wanted == "planned":
            return activity
        services.accept_activity(actor=actor, activity=activity)
        if wanted == "accepted":
            return activity
        clock.advance(days=1)
        starts = clock.now - timedelta(hours=1)
        booking.schedule_activity(
            actor=actor, activity=activity, starts_at=starts, ends_at=starts + timedelta(minutes=9)
        )
        if wanted == "no_show":
            return services.mark_no_show(actor=actor, activity=activity, by="advocate")
        if wanted == "scheduled":
            return activity
        completion.complete_activity(actor=actor, activity=activity, happened_at=starts)
        if wanted == "voided":
            completion.void_activity(actor=actor, activity=activity, reason="x")
        return activity

    def attempt(activity: Activity, move: str) -> None:
        actor = program.actor
        now = clock.now
        if move == "accepted":
            services.accept_activity(actor=actor, activity=activity)
        elif move == "scheduled":
            booking.schedule_activity(
                actor=actor,
                activity=activity,
                starts_at=now + timedelta(days=9),
                ends_at=now + timedelta(days=9, hours=1),
            )
        elif move == "completed":
            completion.complete_activity(actor=actor, activity=activity, happened_at=now)
        elif move == "declined":
            services.decline_activity(actor=actor, activity=activity)
        elif move == "cancelled":
            services.cancel_activity(actor=actor, activity=activity, reason="x")
        elif move == "no_show":
            services.mark_no_show(actor=actor, activity=activity, by="prospect")
        elif move == "voided":
            completion.void_activity(actor=actor, activity=activity, reason="x")

    brought = bring_to(state)
    for move in sorted(set(ActivityState.values) - {"planned"}):
        with each(move):
            activity = brought.reload()
            assert activity.state == state
            if move in MOVES[state]:
                attempt(activity, move)
                assert activity.reload().state == move
            else:
                with pytest.raises(Conflict):
                    attempt(activity, move)
                assert activity.reload().state == state


@pytest.mark.parametrize(
    ("end", "reason"), [("cancel", ReleaseReason.CANCELLED), ("decline", ReleaseReason.DECLINED)]
)
def test_cancelled_and_declined_give_the_unit_back(program: Program, end: str, reason: str) -> None:
    """CAP-1.b: decline and cancellation give the unit back."""
    unit = ledger.take_unit(advocate=program.advocate, activity_type=program.type("reference_call"))
    activity = services.plan_activity(
        actor=program.actor,
        advocate=program.advocate,
        activity_type=program.type("reference_call"),
        participation=unit,
    )
    if end == "cancel":
        services.cancel_activity(actor=program.actor, activity=activity, reason="Deal is off")
    else:
        services.decline_activity(actor=program.actor, activity=activity, reason="On holiday")
    unit.reload()
    assert (unit.state, unit.release_reason) == (UnitState.RELEASED, reason)
    assert activity.end_reason


def test_a_cancellation_says_why(program: Program) -> None:
    """BAD-1.a: the reason is asked for at its field, and nothing changed."""
    activity = program.planned()
    with pytest.raises(DomainError) as refused:
        services.cancel_activity(actor=program.actor, activity=activity, reason="  ")
    assert list(refused.value.fields) == ["reason"]
    assert activity.reload().state == ActivityState.PLANNED


def test_prospects_no_show_keeps_the_unit_without_tier_credit(
    program: Program, clock: Clock
) -> None:
    """ACT-4.c: the advocate gave the time, so the unit is spent; it earns no tier."""
    activity = program.scheduled()
    clock.advance(hours=3)
    services.mark_no_show(actor=program.actor, activity=activity, by="prospect")
    unit = Participation.objects.get(pk=activity.participation_id)
    assert unit.state == UnitState.COMPLETED
    assert unit.counts_for_tier is False
    assert unit.completed_at == activity.ends_at


def test_advocates_no_show_gives_the_unit_back(program: Program, clock: Clock) -> None:
    """ACT-4.c: of the advocate: unit back."""
    activity = program.scheduled()
    clock.advance(hours=3)
    services.mark_no_show(actor=program.actor, activity=activity, by="advocate")
    unit = Participation.objects.get(pk=activity.participation_id)
    assert (unit.state, unit.release_reason) == (
        UnitState.RELEASED,
        ReleaseReason.ADVOCATE_NO_SHOW,
    )


def test_nobody_is_late_before_the_start(program: Program) -> None:
    """ACT-4: a no-show needs a booked time that has begun."""
    activity = program.scheduled()
    with pytest.raises(Conflict, match="not begun"):
        services.mark_no_show(actor=program.actor, activity=activity, by="prospect")
    assert activity.reload().state == ActivityState.SCHEDULED


def test_double_booking_is_refused_and_moving_is_not(program: Program, clock: Clock) -> None:
    """FUL-1.d: two bookings of one advocate never overlap; moving one is no second one."""
    first = program.scheduled(hours=2)
    second = program.accepted()
    starts = clock.now + timedelta(hours=2, minutes=15)
    with pytest.raises(Conflict, match="already booked"):
        booking.schedule_activity(
            actor=program.actor,
            activity=second,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
        )
    booking.schedule_activity(
        actor=program.actor,
        activity=first,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
    )
    assert first.starts_at == starts


def test_the_end_lies_after_the_start(program: Program, clock: Clock) -> None:
    """BAD-1.a: the error is at the end's field."""
    activity = program.accepted()
    with pytest.raises(DomainError) as refused:
        booking.schedule_activity(
            actor=program.actor, activity=activity, starts_at=clock.now, ends_at=clock.now
        )
    assert list(refused.value.fields) == ["ends_at"]


def test_a_unit_carries_one_activity_only(program: Program) -> None:
    """CAP-1.b: a spent or foreign unit is refused."""
    activity = program.planned()
    services.cancel_activity(actor=program.actor, activity=activity, reason="x")
    with pytest.raises(Conflict):
        services.plan_activity(
            actor=program.actor,
            advocate=program.advocate,
            activity_type=activity.activity_type,
            participation=activity.participation,
        )
