"""States of an ask, and who answered it (ASK-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskState(models.TextChoices):
    """Life of an ask (ASK-1)."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LATER = "later", _("Another time")
    SOMEONE_ELSE = "someone_else", _("Suggested somebody else")
    EXPIRED = "expired", _("Not answered")
    FILLED = "filled", _("Already filled")
    CANCELLED = "cancelled", _("Withdrawn")


class AnsweredBy(models.TextChoices):
    """Through whom an answer came."""

    ADVOCATE = "advocate", _("The advocate")
    STAFF = "staff", _("A colleague on the advocate's behalf")
