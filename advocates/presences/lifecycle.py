"""Life of a presence: planned → attended | cancelled (SPN-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class PresenceState(models.TextChoices):
    """Whether the executive was there."""

    PLANNED = "planned", _("Planned")
    ATTENDED = "attended", _("Was there")
    CANCELLED = "cancelled", _("Did not come about")


PRESENCE = Lifecycle(
    "presence",
    PresenceState,
    Move(
        name="attend",
        verb="presence.attended",
        words=_("noted that an executive was there"),
        source=("planned",),
        to="attended",
        may="touches.edit",
        label=_("Was there"),
        icon="check",
        tone="success",
        takes=("note",),
        primary=True,
        done=_("Recorded. It counts as contact with an executive."),
    ),
    Move(
        name="cancel",
        verb="presence.cancelled",
        words=_("noted that an executive was not there"),
        source=("planned",),
        to="cancelled",
        may="touches.edit",
        label=_("Did not come about"),
        icon="x",
        needs=("reason",),
        done=_("Recorded."),
    ),
)
