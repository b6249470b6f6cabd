"""Every write of the benefits' room: thank-yous and their reminders (THX-1 to THX-4)."""

from benefits.services.opening import open_apology, open_thank_yous, void_unsent
from benefits.services.reminders import fire_due_reminders, sweep_reminders
from benefits.services.thanking import (
    mark_thanked,
    on_mail_failed,
    reassign_thank_you,
    reopen_after_bounce,
    send_thank_you,
)

__all__ = [
    "fire_due_reminders",
    "mark_thanked",
    "on_mail_failed",
    "open_apology",
    "open_thank_yous",
    "reassign_thank_you",
    "reopen_after_bounce",
    "send_thank_you",
    "sweep_reminders",
    "void_unsent",
]
