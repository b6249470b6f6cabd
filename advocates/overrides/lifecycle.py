"""Life of a tier set by hand: standing → lifted | over (TIER-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class OverrideState(models.TextChoices):
    """Whether it holds."""

    STANDING = "standing", _("In force")
    LIFTED = "lifted", _("Lifted")
    OVER = "over", _("Over")


OVERRIDE = Lifecycle(
    "tier override",
    OverrideState,
    Move(
        name="lift",
        verb="tier_override.lifted",
        words=_("lifted the tier set by hand"),
        source=("standing",),
        to="lifted",
        may="tiers.override",
        label=_("Lift"),
        icon="arrow-back-up",
        confirm=_("They take the tier they earn, at once."),
        done=_("Lifted: the tier is the one that is earned."),
        many=False,
    ),
    Move(
        name="end",
        verb="tier_override.ended",
        words=_("the tier set by hand ended"),
        source=("standing",),
        to="over",
        icon="calendar-off",
    ),
)
