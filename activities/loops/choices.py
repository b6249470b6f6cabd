"""What there is to tell (AST-3.d)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CameOut(models.TextChoices):
    """What came out of what an advocate did, where it is no deal's end."""

    PUBLISHED = "published", _("Published")
    RECORDED = "recorded", _("Recording")
    RELEASED = "released", _("Released")
    POSTED = "posted", _("Posted")
