"""What stands on the program manager's Today when somebody starts the demo."""

from datetime import timedelta

from activities.activities.completion import complete_activity
from activities.slot_checks.asking import sweep_slot_checks
from advocacy import clock
from advocates.models import ActivityType
from demo import world
from demo.afterwards import disagree, say_how, thank_from_sales
from demo.cast import Cast
from demo.history import ask_for_help, say_no, say_yes, send_best
from demo.timeline import at, working_moment
from requests.models import Opportunity
from requests.replies.services import record_reply
from requests.scheduling.services import pick_slot
from requests.scheduling.slots import Slot, duration_of

#: Deals that :func:`play_today` uses up.
PLAYED_TODAY = 10


def play_today(cast: Cast, deals: list[Opportunity], kinds: dict[str, ActivityType]) -> None:
    """What stands on Today when somebody starts the demo: a bit of everything."""
    now = clock.now()
    kind = kinds["reference_call"]
    # Three to triage, the oldest waiting longest.
    for hours, deal in zip((3, 1.5, 0.4), deals[:3], strict=True):
        ask_for_help(cast, deal, kind, now - timedelta(hours=hours))
    # One that was declined this morning: the next has to be asked.
    request = ask_for_help(cast, deals[3], kind, now - timedelta(days=1, hours=4))
    if ask := send_best(cast, request, now - timedelta(days=1, hours=2)):
        say_no(ask, now - timedelta(hours=2), world.DECLINES[0])
    # One whose answer is awaited: they wrote back instead of answering.
    request = ask_for_help(cast, deals[4], kind, now - timedelta(hours=7))
    if ask := send_best(cast, request, now - timedelta(hours=5)):
        with at(now - timedelta(minutes=50)):
            record_reply(actor=cast.program, ask=ask, text=world.WRITES_BACK)
    # One that waits for what the account's owner says.
    request = ask_for_help(cast, deals[9], kind, now - timedelta(hours=6))
    send_best(cast, request, now - timedelta(minutes=50), agreed=False)
    # One that said yes: a time has to be picked. So far ahead that one is left days later, too.
    request = ask_for_help(cast, deals[5], kind, now - timedelta(days=2))
    ahead = tuple(
        Slot(start, start + duration_of(kind))
        for days in (4, 9)
        for start in (working_moment(now + timedelta(days=days), cast.manager.zone, 11),)
    )
    if ask := send_best(cast, request, now - timedelta(days=1, hours=20), slots=ahead):
        say_yes(ask, now - timedelta(hours=3))
    # Two that took place: one thank-you is late, one is due today; one of which both sides say
    # different things; and one that has just ended.
    for deal, hours_ago, story in (
        (deals[6], 26, "thanked"),
        (deals[7], 9, "low"),
        (deals[8], 22, "disagree"),
        (deals[9], 0, "over"),
    ):
        request = ask_for_help(cast, deal, kind, now - timedelta(days=6))
        start = (now - timedelta(hours=hours_ago)).replace(minute=0, second=0, microsecond=0)
        if story == "over":
            start = now - timedelta(minutes=50)
        slot = Slot(starts_at=start, ends_at=start + timedelta(minutes=30))
        ask = send_best(cast, request, now - timedelta(days=6, hours=-3), slots=(slot,))
        if ask is None:
            continue
        say_yes(ask, now - timedelta(days=5))
        with at(now - timedelta(days=5, hours=-2)):
            booked = pick_slot(
                actor=cast.program, request=request.reload(), slot=ask.slots.get(offered=True)
            )
        if story == "disagree":
            disagree(cast, booked.reload(), slot.ends_at)
        elif story == "over":
            sweep_slot_checks(cast.manager.tenant.pk)
        else:
            with at(start + timedelta(minutes=45)):
                complete_activity(
                    actor=cast.program,
                    activity=booked.reload(),
                    happened_at=start + timedelta(minutes=30),
                    minutes=35,
                    advocate_rating=5,
                    advocate_comment=world.COMMENTS[0],
                )
            said = (5, world.CAME_OF_IT) if story == "thanked" else (2, world.TOO_SHORT)
            say_how(booked, start + timedelta(hours=2), said)
        if story == "thanked":
            thank_from_sales(booked.reload())
