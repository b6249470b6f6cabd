"""A routing rule is in use or switched off; it is kept, since requests were given by it (REQ-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class RuleState(models.TextChoices):
    """Whether new requests follow it."""

    IN_USE = "in_use", _("In use")
    OFF = "off", _("Switched off")


ROUTING_RULE = Lifecycle(
    "routing_rule",
    RuleState,
    Move(
        name="switch_off",
        verb="routing_rule.switched_off",
        words=_("switched a routing rule off"),
        source=("in_use",),
        to="off",
        may="settings.rules",
        label=_("Switch off"),
        icon="player-pause",
        done=_("Switched off. Requests that were given by it stay where they are."),
    ),
    Move(
        name="switch_on",
        verb="routing_rule.switched_on",
        words=_("switched a routing rule on again"),
        source=("off",),
        to="in_use",
        may="settings.rules",
        label=_("Switch on"),
        icon="player-play",
        done=_("In use from the next request on."),
    ),
)
