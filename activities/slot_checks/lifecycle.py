"""Life of the question whether a booked slot took place: asked → settled, or the manager's (ACT-4).

How it is settled follows from the activity: whatever moves it closes the question.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class CheckState(models.TextChoices):
    """Whose it is to say."""

    ASKED = "asked", _("Asked")
    MANAGER = "manager", _("For the manager")
    SETTLED = "settled", _("Settled")


class Says(models.TextChoices):
    """What one side says became of it."""

    HAPPENED = "happened", _("It took place")
    MOVED = "moved", _("It was moved")
    PROSPECT_ABSENT = "prospect_absent", _("The prospect did not come")
    ADVOCATE_ABSENT = "advocate_absent", _("The advocate did not come")


SLOT_CHECK = Lifecycle(
    "slot check",
    CheckState,
    # To asked, so that an answer after the handing on is weighed like the first.
    Move(
        name="answer",
        verb="slot_check.answered",
        words=_("said whether it took place"),
        source=("asked", "manager"),
        to="asked",
        may="slot_checks.answer",
        label=_("Say it"),
        icon="calendar-question",
        tone="info",
        needs=("says",),
        primary=True,
        many=False,
        done=_("Thank you."),
    ),
    Move(
        name="hand_on",
        verb="slot_check.handed_on",
        words=_("left it to the manager whether it took place"),
        source=("asked",),
        to="manager",
        icon="user-question",
        tone="warning",
    ),
    Move(
        name="settle",
        verb="slot_check.settled",
        words=_("settled whether it took place"),
        source=("asked", "manager"),
        to="settled",
        icon="check",
    ),
)
