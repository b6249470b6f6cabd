"""Which asks count as like one that is about to be made (TIMER-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Likeness(models.TextChoices):
    """From the narrowest group to the widest."""

    MARKET = "market", _("Same type, industry and region")
    INDUSTRY = "industry", _("Same type and industry")
    TYPE = "type", _("Same type")
    EFFORT = "effort", _("Same effort")
    ALL = "all", _("All asks")
