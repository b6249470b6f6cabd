"""A step waits for its turn, then for whoever decides (APR-1.a)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class StepKind(models.TextChoices):
    """For whom somebody approves."""

    LEGAL = "legal", _("Legal")
    PR = "pr", _("PR")
    CUSTOMER = "customer", _("Customer")
    ADVOCATE = "advocate", _("Advocate")
    ACCOUNT_OWNER = "account_owner", _("Account owner")


class StepState(models.TextChoices):
    """What became of it."""

    PLANNED = "planned", _("Not yet their turn")
    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Left out")


#: Decided by somebody outside; a colleague only records what they said.
OUTSIDE = frozenset({StepKind.CUSTOMER, StepKind.ADVOCATE})

APPROVAL_STEP = Lifecycle(
    "approval step",
    StepState,
    Move(
        name="open",
        verb="asset_approval.asked",
        words=_("asked for approval of the text"),
        source=("planned",),
        to="waiting",
        icon="writing-sign",
        tone="warning",
    ),
    Move(
        name="approve",
        verb="asset_approval.approved",
        words=_("approved the text"),
        source=("waiting",),
        to="approved",
        may="asset_approvals.decide",
        label=_("Approve"),
        icon="check",
        tone="success",
        takes=("comment",),
        primary=True,
        many=False,
        done=_("Approved, exactly this text."),
    ),
    Move(
        name="refuse",
        verb="asset_approval.refused",
        words=_("did not approve the text"),
        source=("waiting",),
        to="refused",
        may="asset_approvals.decide",
        label=_("Refuse"),
        icon="x",
        tone="danger",
        needs=("comment",),
        many=False,
        done=_("Refused. Whoever sees to the text reads why and changes it."),
    ),
    Move(
        name="hand_over",
        verb="asset_approval.handed_over",
        words=_("let a colleague approve the text"),
        source=("waiting",),
        to="waiting",
        may="asset_approvals.decide",
        label=_("Let a colleague decide"),
        icon="arrow-forward-up",
        needs=("assignee",),
        many=False,
        gives_away=True,
        done=_("Handed over, for this one step."),
    ),
    Move(
        name="drop",
        verb="asset_approval.dropped",
        words=_("left an approval out"),
        source=("planned", "waiting"),
        to="dropped",
        may="assets.edit",
        label=_("Leave out"),
        icon="circle-minus",
        many=False,
        confirm=_("Nobody is asked for this step. What else was planned goes on."),
        done=_("Left out."),
    ),
    Move(
        name="close",
        source=("waiting",),
        to="planned",
    ),
)
