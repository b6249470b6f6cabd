"""How far a deal has to be (REQ-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeastStage(models.TextChoices):
    """The stages a type can ask for; what is won has been qualified."""

    OPEN = "open", _("A deal that is not lost")
    QUALIFIED = "qualified", _("A qualified deal")
