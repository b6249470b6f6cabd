"""For whom a briefing is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Who reads it before the call."""

    ADVOCATE = "advocate", _("The advocate")
    REQUESTER = "requester", _("The requester, for the prospect")
