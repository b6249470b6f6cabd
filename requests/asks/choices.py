"""States of an ask, who answered it, and what the account's owner said (ASK-1, ASK-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskState(models.TextChoices):
    """Life of an ask (ASK-1)."""

    PROPOSED = "proposed", _("Waiting for the account's owner")
    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LATER = "later", _("Another time")
    SOMEONE_ELSE = "someone_else", _("Suggested somebody else")
    EXPIRED = "expired", _("Not answered")
    FILLED = "filled", _("Already filled")
    CANCELLED = "cancelled", _("Withdrawn")
    NOT_ASKED = "not_asked", _("Not asked after all")


#: Nobody has answered yet: its unit is taken, and it may still become a yes.
WAITING = (AskState.PROPOSED, AskState.SENT)
#: What counts towards as many as are needed (ASK-3).
IN_PLAY = (*WAITING, AskState.ACCEPTED)


class AnsweredBy(models.TextChoices):
    """Through whom an answer came."""

    ADVOCATE = "advocate", _("The advocate")
    STAFF = "staff", _("A colleague on the advocate's behalf")


class OwnerSaid(models.TextChoices):
    """What the account's owner said to a proposed ask (ASK-2)."""

    GO = "go", _("Go")
    NOT_BEFORE = "not_before", _("Not before a day")
    RATHER_NOT = "rather_not", _("Rather somebody else")
    SILENCE = "silence", _("Nothing, so it went out")
