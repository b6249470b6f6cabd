"""Life of a placement, and of a piece planned of a recording: open → done, or dropped (DIST-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class Channel(models.TextChoices):
    """Where a piece is put (DIST-1.a)."""

    WEBSITE = "website", _("Website")
    BLOG = "blog", _("Blog")
    NEWSLETTER = "newsletter", _("Newsletter")
    SOCIAL = "social", _("Social media")
    ADVERTISING = "advertising", _("Advertising")
    SALES_DECK = "sales_deck", _("Sales deck")
    EVENT = "event", _("Event")


class Derived(models.TextChoices):
    """What is made of a recording (DIST-1.b)."""

    VIDEO = "video", _("Video")
    POST = "post", _("Post")
    TRANSCRIPT = "transcript", _("Transcript")
    CLIPS = "clips", _("Clips")
    SALES_ASSET = "sales_asset", _("Sales asset")


class PlacementState(models.TextChoices):
    """Whether it is there."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Left out")


class RepurposingState(models.TextChoices):
    """Whether its piece was begun."""

    OPEN = "open", _("Open")
    BEGUN = "begun", _("Begun")
    DROPPED = "dropped", _("Left out")


PLACEMENT = Lifecycle(
    "placement",
    PlacementState,
    Move(
        name="finish",
        verb="placement.finished",
        words=_("placed the piece"),
        source=("open",),
        to="done",
        may="assets.edit",
        label=_("It is placed"),
        icon="check",
        tone="success",
        takes=("url",),
        primary=True,
        many=False,
        done=_("Placed. The link stands with the piece."),
    ),
    Move(
        name="drop",
        verb="placement.dropped",
        words=_("left a placement out"),
        source=("open",),
        to="dropped",
        may="assets.edit",
        label=_("Leave out"),
        icon="x",
        done=_("Left out. It can be taken up again."),
    ),
    Move(
        name="reopen",
        verb="placement.reopened",
        words=_("took a placement up again"),
        source=("done", "dropped"),
        to="open",
        may="assets.edit",
        label=_("Take up again"),
        icon="arrow-back-up",
        done=_("It is open again."),
    ),
)

REPURPOSING = Lifecycle(
    "repurposing",
    RepurposingState,
    Move(
        name="begin",
        verb="repurposing.begun",
        words=_("began a piece made of a recording"),
        source=("open",),
        to="begun",
        may="assets.edit",
        label=_("Begin the piece"),
        icon="file-plus",
        tone="info",
        primary=True,
        many=False,
        done=_("Begun. Its draft knows what it was made of."),
    ),
    Move(
        name="drop",
        verb="repurposing.dropped",
        words=_("left out a piece planned of a recording"),
        source=("open",),
        to="dropped",
        may="assets.edit",
        label=_("Leave out"),
        icon="x",
        done=_("Left out. It can be taken up again."),
    ),
    Move(
        name="reopen",
        verb="repurposing.reopened",
        words=_("took up a piece planned of a recording"),
        source=("dropped",),
        to="open",
        may="assets.edit",
        label=_("Take up again"),
        icon="arrow-back-up",
        done=_("It is open again."),
    ),
)
