"""Life of an erasure request: open → erased | kept | withdrawn (PRT-1.d, GDPR-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class ErasureState(models.TextChoices):
    """What became of it."""

    OPEN = "open", _("Open")
    ERASED = "erased", _("Erased")
    KEPT = "kept", _("Kept")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ERASURE = Lifecycle(
    "erasure_request",
    ErasureState,
    Move(
        name="keep",
        verb="erasure_request.kept",
        words=_("told somebody why their data has to be kept"),
        source=("open",),
        to="kept",
        may="advocates.erase",
        label=_("It has to be kept"),
        icon="lock",
        needs=("reason",),
        many=False,
        done=_("Kept. They are told why."),
    ),
    Move(
        name="withdraw",
        verb="erasure_request.withdrawn",
        words=_("wants to stay after all"),
        source=("open",),
        to="withdrawn",
    ),
    Move(
        name="erase",
        verb="erasure_request.done",
        words=_("was erased as they asked"),
        source=("open",),
        to="erased",
    ),
)
