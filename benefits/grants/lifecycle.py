"""Life of a grant: planned → approved → ordered → delivered → confirmed | returned; cancelled
before it is delivered (BEN-2.b).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class GrantState(models.TextChoices):
    """How far it is."""

    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    ORDERED = "ordered", _("Ordered")
    DELIVERED = "delivered", _("Delivered")
    CONFIRMED = "confirmed", _("Arrived")
    RETURNED = "returned", _("Came back")
    CANCELLED = "cancelled", _("Cancelled")


#: Promised, and not with them yet (BEN-2.c).
OPEN = (GrantState.PLANNED, GrantState.APPROVED, GrantState.ORDERED)
#: It takes from budget, and from what a company allows.
COMMITTED = (GrantState.APPROVED, GrantState.ORDERED, GrantState.DELIVERED, GrantState.CONFIRMED)
#: The money is gone, also for what came back.
SPENT = (GrantState.DELIVERED, GrantState.CONFIRMED, GrantState.RETURNED)
#: With them.
GOT = (GrantState.DELIVERED, GrantState.CONFIRMED)
#: It rewards what it was given for.
LIVE = (GrantState.PLANNED, *COMMITTED)

GRANT = Lifecycle(
    "grant",
    GrantState,
    Move(
        name="approve",
        verb="grant.approved",
        words=_("approved a benefit"),
        source=("planned",),
        to="approved",
        may="grants.approve",
        label=_("Approve"),
        icon="check",
        tone="success",
        primary=True,
        done=_("Approved. Its owner can order it now."),
    ),
    Move(
        name="approve_beyond",
        verb="grant.approved_beyond",
        words=_("approved a benefit beyond the budget"),
        source=("planned",),
        to="approved",
        may="grants.approve",
        label=_("Approve beyond the budget"),
        icon="alert-triangle",
        tone="warning",
        needs=("beyond_reason",),
        many=False,
        done=_("Approved, beyond the budget."),
    ),
    Move(
        name="order",
        verb="grant.ordered",
        words=_("ordered a benefit"),
        source=("approved",),
        to="ordered",
        may="grants.edit",
        label=_("Ordered"),
        icon="shopping-cart",
        primary=True,
        done=_("Noted: it is on its way."),
    ),
    Move(
        name="deliver",
        verb="grant.delivered",
        words=_("delivered a benefit"),
        source=("approved", "ordered"),
        to="delivered",
        may="grants.edit",
        label=_("Delivered"),
        icon="package",
        tone="success",
        done=_("Noted. Did it arrive? Say so when you hear of it."),
    ),
    Move(
        name="confirm",
        verb="grant.confirmed",
        words=_("heard that a benefit arrived"),
        source=("delivered",),
        to="confirmed",
        may="grants.edit",
        label=_("Arrived"),
        icon="circle-check",
        tone="success",
        primary=True,
        done=_("Good: it arrived."),
    ),
    Move(
        name="return",
        verb="grant.returned",
        words=_("got a benefit back"),
        source=("delivered",),
        to="returned",
        may="grants.edit",
        label=_("Came back"),
        icon="arrow-back-up",
        tone="warning",
        needs=("reason",),
        done=_("Noted: it came back, and is in stock again."),
    ),
    Move(
        name="cancel",
        verb="grant.cancelled",
        words=_("cancelled a benefit"),
        source=tuple(OPEN),
        to="cancelled",
        may="grants.edit",
        label=_("Cancel"),
        icon="x",
        needs=("reason",),
        many=True,
        done=_("Cancelled. What it took of budget and stock is free again."),
    ),
)
