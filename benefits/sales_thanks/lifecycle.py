"""Life of a colleague's word of thanks: it waits, and goes unless it is held back (THX-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class SalesThanksState(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", _("Waiting to go")
    HELD = "held", _("Held back")
    SENT = "sent", _("Sent")
    TAKEN_BACK = "taken_back", _("Taken back")
    FAILED = "failed", _("Did not arrive")


SALES_THANKS = Lifecycle(
    "sales thanks",
    SalesThanksState,
    Move(
        name="hold",
        verb="sales_thanks.held",
        words=_("held a colleague's thanks back"),
        source=("waiting",),
        to="held",
        may="thanks.send",
        label=_("Hold it back"),
        icon="hand-stop",
        tone="warning",
        done=_("Held back. Whoever wrote it is told."),
    ),
    Move(
        name="let_go",
        verb="sales_thanks.let_go",
        words=_("let a colleague's thanks go"),
        source=("waiting", "held"),
        to="waiting",
        may="thanks.send",
        label=_("Let it go now"),
        icon="send",
        tone="info",
        many=False,
        done=_("It is on its way."),
    ),
    Move(
        name="take_back",
        verb="sales_thanks.taken_back",
        words=_("took their thanks back"),
        source=("waiting", "held"),
        to="taken_back",
        may="sales_thanks.write",
        label=_("Take it back"),
        icon="arrow-back-up",
        many=False,
        done=_("Taken back. It goes to nobody."),
    ),
    Move(
        name="arrive",
        verb="sales_thanks.sent",
        words=_("sent a colleague's thanks"),
        source=("waiting",),
        to="sent",
        icon="heart-handshake",
        tone="success",
    ),
    Move(
        name="fail",
        verb="sales_thanks.failed",
        words=_("could not deliver a colleague's thanks"),
        source=("waiting", "sent"),
        to="failed",
        icon="mail-x",
        tone="danger",
    ),
)
