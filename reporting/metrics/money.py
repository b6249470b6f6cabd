"""Amounts in the tenant's base currency, at the rate of their day: of a deal the one it closed on
(MET-6.b).
"""

from datetime import timedelta
from typing import Any

from django.db.models import Case, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Round

from advocacy.tenancy.models import Tenant
from advocacy.tenant_settings.reading import current
from reporting.rates.models import ExchangeRate
from reporting.settings import Measuring

_RATE: Any = DecimalField(max_digits=18, decimal_places=9)
_AMOUNT: Any = DecimalField(max_digits=18, decimal_places=2)


def with_base_amount(
    rows: QuerySet[Any], tenant: Tenant, *, on: str = "closes_on", share: Any = None
) -> QuerySet[Any]:
    """Rows with ``part``: the amount, or a ``share`` of it, in the base currency, to the cent; None
    without an amount, or without a rate that holds on the day of ``on``. A rate holds until the
    next one, though no longer than the tenant says.
    """
    held = timedelta(days=current(Measuring).rate_holds_days)
    rates = (
        ExchangeRate.objects.filter(
            base=tenant.currency,
            currency=OuterRef("currency"),
            on__lte=OuterRef(on),
            on__gt=OuterRef("rates_after"),
        )
        .order_by("-on")
        .values("rate")[:1]
    )
    own = Q(currency=tenant.currency) | Q(currency="")
    rate = Case(When(own, then=Value(1)), default=Subquery(rates), output_field=_RATE)
    worth = F("amount") * rate if share is None else F("amount") * rate * share
    return rows.annotate(rates_after=F(on) - held).annotate(
        part=Round(worth, precision=2, output_field=_AMOUNT)
    )
