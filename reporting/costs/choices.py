"""What money goes into."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CostKind(models.TextChoices):
    """What a cost is for."""

    PEOPLE = "people", _("People")
    TOOLS = "tools", _("Tools")
    INCENTIVES = "incentives", _("Incentives")
    EVENTS = "events", _("Events")
    PRODUCTION = "production", _("Production")
    ACQUISITION = "acquisition", _("Acquisition")


#: What can have a budget of its own; of incentives it is that of benefits (BEN-5.b).
BUDGETED = tuple((k, v) for k, v in CostKind.choices if k != CostKind.INCENTIVES)
