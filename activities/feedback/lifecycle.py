"""Life of one side's feedback: asked → given → looked at, where it was a low one (FUL-3.a)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class FeedbackState(models.TextChoices):
    """How far it is."""

    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Given")
    HANDLED = "handled", _("Looked at")


class Side(models.TextChoices):
    """Whose word it is."""

    ADVOCATE = "advocate", _("The advocate")
    REQUESTER = "requester", _("The requester")


class Again(models.TextChoices):
    """Whether an advocate would do it again."""

    YES = "yes", _("Yes, gladly")
    MAYBE = "maybe", _("Perhaps, not soon")
    NO = "no", _("Rather not")


def _is_low(feedback: Any) -> bool:
    return bool(feedback.is_low)


FEEDBACK = Lifecycle(
    "feedback",
    FeedbackState,
    # Also anew, for as long as the link is open.
    Move(
        name="give",
        verb="feedback.given",
        words=_("said how it was"),
        source=("asked", "given", "handled"),
        to="given",
        may="feedback.give",
        label=_("Say how it was"),
        icon="message-star",
        tone="success",
        needs=("rating",),
        takes=("comment",),
        primary=True,
        many=False,
        done=_("Thank you. It helps the next one."),
    ),
    Move(
        name="handle",
        verb="feedback.handled",
        words=_("looked into a low rating"),
        source=("given",),
        to="handled",
        may="feedback.handle",
        label=_("I looked into it"),
        icon="eye-check",
        tone="success",
        takes=("note",),
        many=False,
        primary=True,
        when=_is_low,
        done=_("Noted."),
    ),
)
