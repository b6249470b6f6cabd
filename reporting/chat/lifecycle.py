"""Life of a connection: on → failing → off (MSG-5.c)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class ChatState(models.TextChoices):
    """Whether anything is posted."""

    ON = "on", _("Connected")
    FAILING = "failing", _("Takes nothing any more")
    OFF = "off", _("Disconnected")


CHAT = Lifecycle(
    "connection",
    ChatState,
    Move(
        name="try_again",
        verb="chat.tried_again",
        words=_("tried a chat again"),
        source=("failing",),
        to="on",
        may="profile.edit",
        label=_("Try again"),
        icon="refresh",
        primary=True,
        done=_("What waits is posted within a few minutes."),
        many=False,
    ),
    Move(
        name="disconnect",
        verb="chat.disconnected",
        words=_("disconnected a chat"),
        source=("on", "failing"),
        to="off",
        may="profile.edit",
        label=_("Disconnect"),
        icon="plug-off",
        confirm=_("Nothing is posted there any more, and its address is forgotten."),
        done=_("Disconnected; the address is forgotten."),
        many=False,
    ),
    # Nobody's press: the chat refused for good.
    Move(
        name="give_up",
        verb="chat.gave_up",
        words=_("could not be reached any more"),
        source=("on",),
        to="failing",
        icon="plug-x",
        tone="danger",
    ),
)
