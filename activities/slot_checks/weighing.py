"""What follows from what both sides have said so far (ACT-4, decision 0041)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from activities.slot_checks.lifecycle import Says
from activities.slot_checks.models import SlotCheck

Verdict = Says | Literal["wait", "manager"]


def weigh(check: SlotCheck, now: datetime) -> Verdict:
    """What becomes of it: one of what they say, the manager's, or to wait for.

    All who were asked agree: so it is. They contradict each other: the manager's. *Moved* needs
    nobody's agreement, since nothing is recorded but that another time is wanted. *It took place*
    of one side is enough once the other had time to contradict; that somebody did not come is held
    against nobody on one side's word, also where the other could not be asked.
    """
    said: Sequence[str] = [word for side in check.asked_of if (word := check.said_by(side))]
    if len(set(said)) > 1 or not check.asked_of:
        return "manager"
    is_late = check.weigh_at <= now
    if not said:
        return "manager" if is_late else "wait"
    word = Says(said[0])
    if word == Says.MOVED:
        return word
    if len(said) == len(check.asked_of):
        return word if word == Says.HAPPENED or len(said) > 1 else "manager"
    if not is_late:
        return "wait"
    return word if word == Says.HAPPENED else "manager"
