"""Life of a place in the community pool (TIER-9): offered → member | said no; member → left; back
in by their own wish; whoever joins the program leaves the pool by that.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class PoolState(models.TextChoices):
    """Whether they hear from the program (TIER-9.a)."""

    OFFERED = "offered", _("Offered")
    MEMBER = "member", _("In the pool")
    REFUSED = "said_no", _("Would rather not")
    LEFT = "left", _("Left the pool")
    JOINED = "joined", _("Joined the program")


POOL = Lifecycle(
    "pool place",
    PoolState,
    Move(
        name="agree",
        verb="pool.agreed",
        words=_("agreed to hear from us"),
        source=("offered", "said_no", "left"),
        to="member",
        may="pool.edit",
        label=_("They agreed"),
        icon="user-heart",
        tone="success",
        needs=("agreed_on", "evidence"),
        primary=True,
        many=False,
        done=_("In the community pool."),
    ),
    Move(
        name="refuse",
        verb="pool.refused",
        words=_("would rather not hear from us"),
        source=("offered",),
        to="said_no",
        may="pool.edit",
        label=_("They would rather not"),
        icon="user-x",
        confirm=_("Nobody offers it to them again by itself."),
        done=_("Kept."),
    ),
    Move(
        name="leave",
        verb="pool.left",
        words=_("left the community pool"),
        source=("offered", "member"),
        to="left",
        may="pool.edit",
        label=_("Take out of the pool"),
        icon="door-exit",
        confirm=_("They hear nothing more from the program. Nobody is written to."),
        done=_("Taken out of the pool."),
    ),
    # Nobody makes it: enrolling brings it about.
    Move(
        name="join",
        verb="pool.joined",
        words=_("went from the pool into the program"),
        source=("offered", "member"),
        to="joined",
        icon="user-check",
        tone="success",
    ),
)
