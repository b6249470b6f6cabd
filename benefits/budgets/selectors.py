"""Reading budgets: what is spent, committed and left (BEN-5.b)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from advocacy.tenancy.models import Membership
from advocates.changes import tenant_today
from advocates.models import Account
from benefits.budgets.models import Budget
from benefits.grants.lifecycle import SPENT, GrantState
from benefits.grants.models import Grant

_AMOUNT = DecimalField(max_digits=14, decimal_places=2)
#: Approved, and not yet out of the house.
_ON_THE_WAY = (GrantState.APPROVED, GrantState.ORDERED)


@dataclass(frozen=True, slots=True)
class Left:
    """What there is of the budgets of a day, all segments together, in the tenant's currency."""

    amount: Decimal
    spent: Decimal
    committed: Decimal

    @property
    def left(self) -> Decimal:
        """Below zero where more was approved than there is."""
        return self.amount - self.spent - self.committed


def with_totals(rows: QuerySet[Budget]) -> QuerySet[Budget]:
    """Each with ``spent``, ``committed`` and ``left``."""

    def total(states: tuple[GrantState, ...]) -> Coalesce:
        grants = Grant.objects.filter(budget=OuterRef("pk"), state__in=states).order_by()
        summed = grants.values("budget").annotate(total=Sum("cost")).values("total")
        return Coalesce(Subquery(summed, output_field=_AMOUNT), Value(Decimal(0)))

    return rows.annotate(spent=total(SPENT), committed=total(_ON_THE_WAY)).annotate(
        left=F("amount") - F("spent") - F("committed")
    )


def listed_budgets(membership: Membership) -> QuerySet[Budget]:
    """Every budget with what is left of it."""
    return with_totals(Budget.objects.select_related("tenant"))


def budgets_on(day: date) -> QuerySet[Budget]:
    """Those whose period holds a day."""
    return Budget.objects.filter(starts_on__lte=day, ends_on__gte=day)


def budget_for(account: Account, day: date) -> Budget | None:
    """From which a benefit for somebody at an account is paid: the segment's own before that of
    all, then the one that began last. None where nobody wrote a budget.
    """
    own = Case(When(segment="", then=Value(1)), default=Value(0))
    rows = budgets_on(day).filter(Q(segment="") | Q(segment=account.segment))
    return rows.order_by(own, "-starts_on", "pk").first()


def budget_left() -> Left | None:
    """What is left of today's budgets together (CAP-6.d); None where there are none."""
    rows = budgets_on(tenant_today())
    totals = with_totals(rows).aggregate(
        amount=Sum("amount"), all_spent=Sum("spent"), all_committed=Sum("committed")
    )
    if totals["amount"] is None:
        return None
    return Left(totals["amount"], totals["all_spent"], totals["all_committed"])
