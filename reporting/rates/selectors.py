"""Reading exchange rates."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from reporting.rates.models import ExchangeRate


def listed_rates(membership: Membership) -> QuerySet[ExchangeRate]:
    """Every rate that was written, those of a former base currency too."""
    return ExchangeRate.objects.all()
