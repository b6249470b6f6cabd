"""What both sides say once a call is over: whether it took place, and how it was (ACT-4, FUL-3)."""

from datetime import datetime, timedelta

from activities.activities.models import Activity
from activities.feedback.lifecycle import Again, Side
from activities.feedback.services import give_feedback
from activities.models import Feedback, SlotCheck
from activities.slot_checks.asking import sweep_slot_checks
from activities.slot_checks.lifecycle import Says
from activities.slot_checks.services import answer_check
from advocacy import clock
from advocacy.tenancy.actors import Actor
from benefits.sales_thanks.services import write_thanks
from demo import world
from demo.cast import Cast
from demo.timeline import at


def say_how(activity: Activity, when: datetime, requester: tuple[int, str] | None = None) -> None:
    """Both say how it was, the advocate as it was recorded."""
    activity.reload()
    rows = Feedback.objects.filter(activity=activity)
    for row in rows.select_related("activity__advocate__account", "member__user"):
        own = row.side == Side.ADVOCATE
        said = requester or (activity.requester_rating or 5, world.CAME_OF_IT)
        with at(min(when, clock.now())):
            give_feedback(
                actor=Actor.advocate(activity.advocate.pk) if own else Actor.member(row.member),  # type: ignore[arg-type]
                feedback=row,
                rating=(activity.advocate_rating or 5) if own else said[0],
                comment=activity.advocate_comment if own else said[1],
                again=Again.YES if own else "",
            )


def thank_from_sales(activity: Activity) -> None:
    """Who asked for it adds their own thanks, which wait for whoever thanks."""
    row = Feedback.objects.filter(activity=activity, side=Side.REQUESTER).first()
    if row is not None and row.member is not None:
        with at(clock.now() - timedelta(minutes=20)):
            write_thanks(
                actor=Actor.member(row.member), activity=activity, message=world.SALES_THANKS
            )


def disagree(cast: Cast, activity: Activity, ended: datetime) -> None:
    """Both were asked, and say different things: it is the manager's."""
    with at(ended + timedelta(minutes=16)):
        sweep_slot_checks(cast.manager.tenant.pk)
    check = SlotCheck.objects.filter(activity=activity).select_related("requester__user").first()
    if check is None or check.requester is None:
        return
    advocate = Actor.advocate(activity.advocate.pk)
    for hours, actor, says in (
        (1, advocate, Says.HAPPENED),
        (3, Actor.member(check.requester), Says.PROSPECT_ABSENT),
    ):
        with at(min(ended + timedelta(hours=hours), clock.now())):
            answer_check(actor=actor, check=check, says=says)
