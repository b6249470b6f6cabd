"""Properties of an activity type in fixed words (CAT-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Effort(models.TextChoices):
    """What an activity asks of the advocate."""

    LOW = "low", _("Low effort")
    MODERATE = "moderate", _("Moderate effort")
    HIGH = "high", _("High effort")


class TierCredit(models.TextChoices):
    """When a completed activity counts towards tiers (spec.md, section 5)."""

    YES = "yes", _("When completed")
    QUALIFIED = "qualified", _("When qualified")
    CALLED = "called", _("When called")
    TERM = "term", _("Once a term")
    NO = "no", _("Never")


class Rewards(models.TextChoices):
    """Whether benefits may be tied to an activity type (BEN-4)."""

    YES = "yes", _("Allowed")
    TENANT = "tenant", _("As the program decides")
    NEVER = "never", _("Never")
