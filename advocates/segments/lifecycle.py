"""Life of a segment: in use → retired, since campaigns and reports may still name it (SEG-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class SegmentOf(models.TextChoices):
    """Which list it narrows."""

    MEMBERS = "members", _("People in the program")
    CANDIDATES = "candidates", _("Candidates")
    EVERYBODY = "everybody", _("Everybody known")
    ACCOUNTS = "accounts", _("Accounts")


class SegmentState(models.TextChoices):
    """Whether lists offer it."""

    IN_USE = "in_use", _("In use")
    RETIRED = "retired", _("Retired")


SEGMENT = Lifecycle(
    "segment",
    SegmentState,
    Move(
        name="retire",
        verb="segment.retired",
        words=_("retired a segment"),
        source=("in_use",),
        to="retired",
        may="segments.edit",
        label=_("Retire"),
        icon="archive",
        confirm=_("Lists offer it no longer. Nothing happens to the people in it."),
        done=_("Retired."),
        many=False,
    ),
)
