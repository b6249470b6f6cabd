"""What follows on an activity: thanks, and word of what came of it; and those nobody asked for."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from activities.activities.completion import log_activity
from activities.activities.models import Activity
from activities.loops.services import close_loop
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.models import ActivityType, Advocate
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.services import send_thank_you
from demo import world
from demo.cast import Cast
from demo.timeline import at, working_moment


def thank(cast: Cast, thank_yous: Iterable[ThankYou], happened: datetime) -> None:
    """Thank, nearly always within the day."""
    for thank_you in thank_yous:
        if thank_you.state != ThankYouState.OPEN or thank_you.owner is None:
            continue
        wait = cast.dice.randrange(2, 22) if cast.dice.random() < 0.96 else 31
        if thank_you.kind == ThankYouKind.EXECUTIVE:
            wait += 30
        with at(min(happened + timedelta(hours=wait), clock.now())):
            send_thank_you(
                actor=Actor.member(thank_you.owner),
                thank_you=thank_you,
                personal_line=cast.dice.choice(world.PERSONAL_LINES),
            )


def tell(cast: Cast, activity: Activity, happened: datetime) -> None:
    """Tell the advocate what came of it, as a good program does; only the newest wait."""
    for duty in activity.loop_duties.filter(closed_at__isnull=True):
        told = happened + timedelta(days=cast.dice.randrange(6, 12))
        if told < clock.now() - timedelta(days=3):
            with at(told):
                close_loop(
                    actor=cast.program,
                    duty=duty,
                    note="Told them how it was used and thanked again",
                )


def log_the_past(cast: Cast, people: list[Advocate], *, count: int) -> None:
    """What advocates did besides the requests: events, shares, talks (CAP-8)."""
    dice = cast.dice
    kinds = {
        kind.code: kind
        for kind in ActivityType.objects.filter(
            code__in=["testimonial", "speaking", "customer_panel", "case_study", "reference_call"]
        )
    }
    for _number in range(count):
        kind = kinds[dice.choice(list(kinds))]
        happened = working_moment(
            clock.now() - timedelta(days=dice.randrange(12, 355)), cast.manager.zone, 11
        )
        with at(happened + timedelta(hours=2)):
            activity = log_activity(
                actor=cast.program,
                # A few give much more than the others; that is what tiers are for.
                advocate=dice.choice(people[:7] if dice.random() < 0.45 else people),
                activity_type=kind,
                happened_at=happened,
                minutes=dice.randrange(kind.minutes_low, kind.minutes_high + 1),
                purpose=dice.choice(
                    ("User conference", "Spring launch", "Partner day", "Web site")
                ),
            )
        thank(cast, activity.thank_yous.all(), happened)
        tell(cast, activity, happened)
