"""Life of a nomination: submitted → accepted | returned | withdrawn (IDN-2)."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from advocates.joining.choices import NominationState

NOMINATION = Lifecycle(
    "nomination",
    NominationState,
    Move(
        name="withdraw",
        verb="nomination.withdrawn",
        words=_("withdrew the nomination"),
        source=("submitted",),
        to="withdrawn",
        may="nominations.submit",
        label=_("Take back"),
        icon="user-up",
        tone="info",
        confirm=_("They become a candidate again. Nobody is written to."),
        done=_("Taken back."),
    ),
    Move(
        name="return",
        verb="nomination.returned",
        words=_("returned the nomination"),
        source=("submitted",),
        to="returned",
        may="nominations.decide",
        label=_("Return"),
        icon="arrow-back-up",
        tone="warning",
        needs=("reason",),
    ),
    Move(
        name="accept",
        verb="nomination.accepted",
        words=_("accepted the nomination"),
        source=("submitted",),
        to="accepted",
        may="nominations.decide",
        label=_("Accept"),
        icon="user-check",
        tone="success",
        takes=("override_reason",),
        primary=True,
    ),
)
