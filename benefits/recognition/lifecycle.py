"""Life of something on the wall: draft → published → taken down, and up again (BEN-8.a)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class WallState(models.TextChoices):
    """Whether it is on the wall."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("On the wall")
    TAKEN_DOWN = "taken_down", _("Taken down")


RECOGNITION = Lifecycle(
    "recognition",
    WallState,
    Move(
        name="publish",
        verb="recognition.published",
        words=_("put somebody on the recognition wall"),
        source=("draft", "taken_down"),
        to="published",
        may="recognition.edit",
        label=_("Put it on the wall"),
        icon="award",
        tone="success",
        primary=True,
        done=_("It is on the wall. Everybody in the program can read it on their own page."),
    ),
    Move(
        name="take_down",
        verb="recognition.taken_down",
        words=_("took somebody off the recognition wall"),
        source=("published",),
        to="taken_down",
        may="recognition.edit",
        label=_("Take it down"),
        icon="eye-off",
        tone="warning",
        done=_("Taken down. Nobody reads it any more."),
    ),
    # The leave it rested on has ended.
    Move(
        name="end",
        verb="recognition.ended",
        words=_("left the recognition wall, since the leave for it had ended"),
        source=("published",),
        to="taken_down",
        icon="eye-off",
        tone="warning",
    ),
)
