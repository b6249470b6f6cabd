"""What happened, what follows from it, and taking it back (ACT-2, CAP-8, TIER-3, TIER-7)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from activities.activities import completion
from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.loops import services
from activities.loops.models import LoopDuty
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Participation, TierStanding
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.choices import Origin, UnitState
from benefits.thanks.models import ThankYou
from tests.support.program import Program, make_program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def test_completion_does_everything_at_once(program: Program, clock: Clock) -> None:
    """ACT-2.a, ACT-2.b, TIER-3.a: unit completed, thank-you due, tier re-evaluated, loop duty
    open.
    """
    activity = program.scheduled()
    clock.advance(hours=4)
    happened_at = clock.now - timedelta(hours=1)
    completion.complete_activity(
        actor=program.actor,
        activity=activity,
        happened_at=happened_at,
        minutes=35,
        advocate_rating=5,
        advocate_comment="Good questions",
        requester_rating=4,
    )
    unit = Participation.objects.get(pk=activity.participation_id)
    assert (unit.state, unit.completed_at, unit.minutes) == (UnitState.COMPLETED, happened_at, 35)
    thank_you = ThankYou.objects.get(activity=activity)
    assert thank_you.due_at == happened_at + timedelta(hours=24)
    standing = TierStanding.objects.get(advocate=program.advocate)
    assert standing.tier is not None
    assert (standing.tier.code, standing.activities) == ("silver", 1)
    duty = LoopDuty.objects.get(activity=activity)
    assert (duty.closed_at, duty.owner) == (None, program.manager)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened": timedelta(minutes=1)}, "happened_at"),
        ({"happened": timedelta(days=-2)}, "happened_at"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 10_001}, "minutes"),
        ({"advocate_rating": 0}, "advocate_rating"),
        ({"advocate_rating": 6}, "advocate_rating"),
        ({"requester_rating": 6}, "requester_rating"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(
    program: Program, clock: Clock, changes: dict[str, object], field: str
) -> None:
    """ACT-2.a, BAD-1.a: not in the future, not before it was taken, ratings 1–5, minutes
    1–10,000.
    """
    activity = program.accepted()
    clock.advance(hours=1)
    happened = changes.pop("happened", timedelta())
    with pytest.raises(DomainError) as refused:
        completion.complete_activity(
            actor=program.actor,
            activity=activity,
            happened_at=clock.now + happened,  # type: ignore[operator]
            **changes,  # type: ignore[arg-type]
        )
    assert list(refused.value.fields) == [field]
    assert activity.reload().state == ActivityState.ACCEPTED
    assert not ThankYou.objects.exists()


def test_minutes_and_ratings_may_be_unknown(program: Program, clock: Clock) -> None:
    """ACT-2.a: what nobody knows stays empty."""
    activity = program.accepted()
    completion.complete_activity(actor=program.actor, activity=activity, happened_at=clock.now)
    assert (activity.minutes, activity.advocate_rating) == (None, None)


def test_logging_is_never_refused_counts_and_blocks(program: Program) -> None:
    """CAP-8.a: a sixth and seventh reference call are recorded; no ask is possible after them."""
    for number in range(7):
        activity = program.completed(hours_ago=24 * number + 1)
        assert activity.is_outside
    units = Participation.objects.filter(advocate=program.advocate)
    assert {unit.origin for unit in units} == {Origin.OUTSIDE}
    status = guard_status(
        activity_type=program.type("reference_call"), advocate_ids=[program.advocate.pk]
    )[program.advocate.pk]
    assert "capacity_yearly" in {reason.code for reason in status.reasons}
    standing = TierStanding.objects.get(advocate=program.advocate)
    assert standing.activities == 7


def test_the_future_is_no_fact(program: Program, clock: Clock) -> None:
    """CAP-8.a: only what cannot be true is refused."""
    for moment in (clock.now + timedelta(minutes=1), datetime.min.replace(tzinfo=clock.now.tzinfo)):
        with pytest.raises(DomainError) as refused:
            completion.log_activity(
                actor=program.actor,
                advocate=program.advocate,
                activity_type=program.type("speaking"),
                happened_at=moment,
            )
        assert list(refused.value.fields) == ["happened_at"]
    assert not Activity.objects.exists()


def test_voiding_undoes_unit_tier_duty_and_unsent_thank_you(program: Program) -> None:
    """TIER-7.b: voiding a wrongly recorded completion, with a reason, undoes what followed."""
    activity = program.completed()
    completion.void_activity(actor=program.actor, activity=activity, reason="It was another Frank")
    assert activity.state == ActivityState.VOIDED
    unit = Participation.objects.get(pk=activity.participation_id)
    assert (unit.state, unit.void_reason) == (UnitState.VOIDED, "It was another Frank")
    standing = TierStanding.objects.get(advocate=program.advocate)
    assert standing.tier is not None
    assert standing.tier.code == "community"
    assert ThankYou.objects.get(activity=activity).state == "voided"
    assert LoopDuty.objects.get(activity=activity).closed_at is not None


def test_voiding_needs_a_reason_and_a_completion(program: Program) -> None:
    """TIER-7: refused without a reason, and for what is not completed."""
    activity = program.completed()
    for nothing in ("", "\u200b\u2800"):
        with pytest.raises(DomainError) as refused:
            completion.void_activity(actor=program.actor, activity=activity, reason=nothing)
        assert list(refused.value.fields) == ["reason"]
    with pytest.raises(Conflict, match="is “Planned”"):
        completion.void_activity(actor=program.actor, activity=program.planned(), reason="x")


def test_the_loop_is_closed_once_with_words(program: Program, clock: Clock) -> None:
    """AST-3: due once there is something to tell; told once, with a note."""
    activity = program.completed()
    duty = LoopDuty.objects.get(activity=activity)
    assert duty.due_at is None
    due_at = clock.now + timedelta(days=3)
    told = services.make_loop_due(
        actor=program.actor, activity_ids=[activity.pk], due_at=due_at, news="Isdom bought"
    )
    duty.reload()
    assert (told, duty.due_at, duty.news) == (1, due_at, "Isdom bought")
    with pytest.raises(DomainError) as refused:
        services.close_loop(actor=program.actor, duty=duty, note=" ")
    assert list(refused.value.fields) == ["note"]
    services.close_loop(actor=program.actor, duty=duty, note="Called him")
    assert duty.closed_by == program.manager
    with pytest.raises(Conflict):
        services.close_loop(actor=program.actor, duty=duty, note="Called again")


def test_a_posted_review_is_news_by_itself(program: Program, clock: Clock) -> None:
    """AST-3: a review posted, a recording: within 14 days."""
    activity = program.completed("review")
    duty = LoopDuty.objects.get(activity=activity)
    assert duty.due_at == clock.now + timedelta(days=14)


@pytest.mark.django_db(transaction=True)
def test_of_two_completions_at_once_one_wins(
    tenant: Tenant, alice: Membership, clock: Clock
) -> None:
    """ACT-1.b, ACT-2.b: the other is a conflict; one thank-you, one unit, one event each."""
    with tenant_scope(tenant):
        program = make_program(manager=alice)
        activity = program.accepted()
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def complete(member: Membership) -> Callable[[], None]:
        def run() -> None:
            try:
                start.wait()
                with tenant_scope(tenant):
                    mine = Activity.objects.get(pk=activity.pk)
                    completion.complete_activity(
                        actor=Actor.member(member), activity=mine, happened_at=clock.now
                    )
                outcomes.append("won")
            except Conflict:
                outcomes.append("conflict")
            finally:
                connection.close()

        return run

    threads = [threading.Thread(target=complete(alice)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "conflict", "conflict", "won"]
    with tenant_scope(tenant):
        assert ThankYou.objects.filter(activity=activity).count() == 1
        assert LoopDuty.objects.filter(activity=activity).count() == 1
        assert Participation.objects.get(pk=activity.participation_id).state == "completed"
