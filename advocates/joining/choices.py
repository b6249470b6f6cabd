"""States of nominations and invitations (IDN-2, ENR-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NominationState(models.TextChoices):
    """Life of a nomination (IDN-2)."""

    SUBMITTED = "submitted", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class NominationOrigin(models.TextChoices):
    """Who proposed a person for the program (IDN-2)."""

    COLLEAGUE = "colleague", _("A colleague")
    SELF = "self", _("The person themselves")


class InvitationState(models.TextChoices):
    """Life of an invitation into the program (ENR-1)."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
