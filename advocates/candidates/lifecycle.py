"""Life of a dismissal: away → restored by a colleague, or back because something changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class DismissalState(models.TextChoices):
    """Whether the candidate is still put aside (IDN-1.g)."""

    AWAY = "away", _("Put aside")
    RESTORED = "restored", _("Taken back in")
    RETURNED = "returned", _("Came back")


DISMISSAL = Lifecycle(
    "dismissal",
    DismissalState,
    Move(
        name="restore",
        verb="dismissal.restored",
        words=_("took the candidate back in"),
        source=("away",),
        to="restored",
        may="candidates.dismiss",
        label=_("Take back in"),
        icon="arrow-back-up",
        tone="info",
        primary=True,
        confirm=_("They stand among the candidates again."),
        done=_("Among the candidates again."),
    ),
    # Nobody makes it: the nightly score finds that something changed.
    Move(
        name="come_back",
        verb="dismissal.returned",
        words=_("came back among the candidates, because something changed"),
        source=("away",),
        to="returned",
        icon="refresh",
    ),
)
