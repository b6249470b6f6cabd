"""Exchange rates over REST (MET-6.b)."""

from advocacy.rest.serializers import RowSerializer
from reporting.rates.models import ExchangeRate


class ExchangeRateSerializer(RowSerializer):
    """What one unit of a currency is worth in the base currency, from a day on."""

    class Meta:
        model = ExchangeRate
        fields = ("id", "currency", "base", "on", "rate", "created_at")
        read_only_fields = ("id", "base", "created_at")
