"""A call tomorrow that is being prepared, and what was long ticked off."""

from datetime import timedelta

from django.db.models import F

from activities.duties.checklist import checklist_of
from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty, Task
from activities.duties.services import finish_duty
from activities.set_up.models import SetUp
from activities.set_up.services import update_set_up
from advocacy import clock
from advocates.models import ActivityType
from demo.cast import Cast
from demo.history import ask_for_help, say_yes, send_best
from demo.timeline import at, working_moment
from requests.briefings.choices import Side
from requests.briefings.services import update_briefing
from requests.models import Briefing, Opportunity
from requests.scheduling.services import pick_slot
from requests.scheduling.slots import Slot, duration_of

_NOTE = "They are in the middle of a migration and a little nervous about it."


def prepare(cast: Cast, deal: Opportunity, kind: ActivityType) -> None:
    """Booked for tomorrow afternoon: set-up, checklist and briefings as somebody left them."""
    now = clock.now()
    start = working_moment(now + timedelta(days=1), cast.manager.zone, 15)
    slot = Slot(start, start + duration_of(kind))
    request = ask_for_help(cast, deal, kind, now - timedelta(days=4))
    ask = send_best(cast, request, now - timedelta(days=3, hours=20), slots=(slot,))
    if ask is None:
        return
    say_yes(ask, now - timedelta(days=3))
    with at(now - timedelta(days=2, hours=20)):
        activity = pick_slot(
            actor=cast.program, request=request.reload(), slot=ask.slots.get(offered=True)
        ).reload()
    with at(now - timedelta(days=1, hours=2)):
        update_set_up(
            actor=cast.program,
            set_up=SetUp.objects.get(activity=activity),
            needs_test=True,
            shared_tool="The prospect's list of systems, read only",
            equipment="A headset on both sides",
        )
        briefing = Briefing.objects.get(ask=ask, side=Side.ADVOCATE)
        update_briefing(actor=cast.program, briefing=briefing, note=_NOTE)
        for duty in checklist_of(activity)[:1]:
            finish_duty(actor=cast.program, duty=duty)


def tick_the_past() -> None:
    """Checklists and recordings of the year were seen to in their time; the last days' are open."""
    old = clock.now() - timedelta(days=4)
    rows = Duty.objects.filter(state=DutyState.OPEN, due_at__lt=old)
    (rows.filter(item__isnull=False) | rows.filter(task=Task.UPLOAD)).update(
        state=DutyState.DONE, done_at=F("due_at"), done_by=F("owner")
    )
