"""Holds on an account, and its dated renewals (ACC-2)."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.records.writes import refusal, tidy
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.access import require_change
from advocates.accounts.selectors import health_limits
from advocates.changes import check_fields, required, tenant_today
from advocates.models import (
    Account,
    AccountHold,
    RevenueEvent,
)


@transaction.atomic
def hold_account(
    *,
    actor: Actor,
    account: Account,
    reason: str,
    ends_on: date | None = None,
    starts_on: date | None = None,
) -> AccountHold:
    """Nobody at the account is asked until the hold ends or is lifted (ACC-2).

    Apps above subscribe: unsent asks stop, those that wait for an answer and booked activities
    become a question to the owner. Raises :class:`Conflict` when a hold is on already.
    """
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    require_change(actor, "accounts.edit", account)
    today = tenant_today()
    hold = AccountHold(
        account=account,
        reason=tidy(reason),
        starts_on=starts_on or today,
        ends_on=ends_on,
        placed_by=actor.membership,
    )
    if not hold.reason:
        raise required(hold, "reason")
    if ends_on is not None and ends_on < max(hold.starts_on, today):
        raise refusal(hold, {"ends_on": [_("A hold ends today at the earliest, after it began.")]})
    check_fields(hold, ["reason"])
    if account.holds.filter(lifted_at=None).exclude(ends_on__lt=today).exists():
        raise Conflict(
            _("%(account)s is on hold already; lift that hold first.") % {"account": account},
            code="on_hold",
        )
    hold.save(force_insert=True)
    record(
        "account.held",
        account,
        actor=actor,
        payload={
            "hold": str(hold.pk),
            "starts_on": hold.starts_on.isoformat(),
            "ends_on": ends_on.isoformat() if ends_on else None,
        },
    )
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, hold: AccountHold) -> AccountHold:
    """End a hold now (ACC-2); :class:`Conflict` when it was lifted already."""
    account = hold.account
    require_change(actor, "accounts.edit", account)
    lifted = AccountHold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=clock.now())
    if not lifted:
        raise Conflict(_("This hold was lifted already."), code="not_on_hold")
    record("account.hold_lifted", account, actor=actor, payload={"hold": str(hold.pk)})
    return hold.reload()


#: What may begin a hold.
HOLDING = ("account.held", "account.updated")


def begins_hold(event: Event) -> bool:
    """Whether an event put its account on hold: somebody did, or its health fell (ACC-2)."""
    if event.verb == "account.held":
        return True
    before, after = event.payload.get("changes", {}).get("health", [None, None])
    if after is None or (before is not None and before <= after):
        return False
    limits = health_limits()
    return limits.band(after) == "hold" != limits.band(before)


@transaction.atomic
def record_revenue(
    *,
    actor: Actor,
    account: Account,
    kind: str,
    on: date,
    amount: Decimal,
    currency: str,
) -> RevenueEvent:
    """Add a dated renewal, expansion or churn with its amount (ACC-1)."""
    require_change(actor, "accounts.edit", account)
    row = RevenueEvent(
        account=account, kind=kind, on=on, amount=amount, currency=currency.strip().upper()
    )
    check_fields(row, ["kind", "on", "amount", "currency"])
    row.save(force_insert=True)
    record(
        "account.revenue_recorded",
        account,
        actor=actor,
        payload={
            "kind": row.kind,
            "on": on.isoformat(),
            "amount": str(amount),
            "currency": row.currency,
        },
    )
    return row


def not_on_hold(account: Account) -> Conflict:
    """The refusal to lift a hold that is none."""
    return Conflict(_("%(account)s is not on hold.") % {"account": account}, code="not_on_hold")
