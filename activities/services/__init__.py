"""Every write of the activities' room."""

from activities.services.completion import complete_activity, log_activity, void_activity
from activities.services.duties import close_loop, make_loop_due
from activities.services.moves import (
    accept_activity,
    book_time,
    call_off,
    cancel_activity,
    decline_activity,
    mark_no_show,
    plan_activity,
    schedule_activity,
    take_yes,
)

__all__ = [
    "accept_activity",
    "book_time",
    "call_off",
    "cancel_activity",
    "close_loop",
    "complete_activity",
    "decline_activity",
    "log_activity",
    "make_loop_due",
    "mark_no_show",
    "plan_activity",
    "schedule_activity",
    "take_yes",
    "void_activity",
]
