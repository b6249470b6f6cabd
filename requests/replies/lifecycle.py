"""Life of an answer by mail: waiting → read (MSG-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class ReplyState(models.TextChoices):
    """Whether a colleague has seen to it."""

    WAITING = "waiting", _("To be read")
    READ = "read", _("Read")


REPLY = Lifecycle(
    "reply",
    ReplyState,
    Move(
        name="settle",
        verb="ask_reply.settled",
        words=_("dealt with an answer that came by mail"),
        source=("waiting",),
        to="read",
        may="asks.answer_for",
        label=_("Done with it"),
        icon="mail-opened",
        done=_("Good. It is off Today."),
    ),
)
