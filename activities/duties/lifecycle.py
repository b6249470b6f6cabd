"""Life of a duty: open → done, and back; dropped with what it was for (RSP-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class DutyState(models.TextChoices):
    """Whether somebody has done it, or need not."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not needed any more")


DUTY = Lifecycle(
    "duty",
    DutyState,
    Move(
        name="finish",
        verb="duty.finished",
        words=_("did what was theirs"),
        source=("open",),
        to="done",
        may="duties.edit",
        label=_("Done"),
        icon="check",
        tone="success",
        primary=True,
        done=_("Done."),
    ),
    Move(
        name="reopen",
        verb="duty.reopened",
        words=_("opened a duty again"),
        source=("done",),
        to="open",
        may="duties.edit",
        label=_("Not done after all"),
        icon="arrow-back-up",
        done=_("It is open again."),
    ),
    Move(
        name="hand_over",
        verb="duty.handed_over",
        words=_("gave a duty to a colleague"),
        source=("open",),
        to="open",
        may="duties.edit",
        label=_("Give it to a colleague"),
        icon="user-share",
        needs=("owner",),
        gives_away=True,
        done=_("It is theirs now."),
    ),
)
