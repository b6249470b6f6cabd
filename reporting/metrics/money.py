"""Amounts of deals in the tenant's base currency, at the rate of the day they closed (MET-6.b)."""

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


def with_base_amount(deals: QuerySet[Any], tenant: Tenant) -> QuerySet[Any]:
    """Deals with ``part``: the amount in the base currency, to the cent; None without an amount, or
    without a rate that holds on the day it closed. A rate holds until the next one, though no
    longer than the tenant says.
    """
    held = timedelta(days=current(Measuring).rate_holds_days)
    rates = (
        ExchangeRate.objects.filter(
            base=tenant.currency,
            currency=OuterRef("currency"),
            on__lte=OuterRef("closes_on"),
            on__gt=OuterRef("rates_after"),
        )
        .order_by("-on")
        .values("rate")[:1]
    )
    own = Q(currency=tenant.currency) | Q(currency="")
    return deals.annotate(rates_after=F("closes_on") - held).annotate(
        part=Round(
            F("amount")
            * Case(When(own, then=Value(1)), default=Subquery(rates), output_field=_RATE),
            precision=2,
            output_field=_AMOUNT,
        )
    )
