"""Costs over REST (COST-1.a)."""

from advocacy.rest.serializers import RowSerializer
from reporting.costs.models import Cost


class CostSerializer(RowSerializer):
    """Money of a day, or of a period that it is spread over evenly; ``hours`` at an ``hourly_rate``
    say the ``amount`` themselves. An ``external_id`` comes in once.
    """

    class Meta:
        model = Cost
        fields = (
            *("id", "kind", "name", "lead_source", "starts_on", "ends_on", "amount", "currency"),
            *("hours", "hourly_rate", "segment", "note", "external_id", "state", "created_at"),
        )
        read_only_fields = ("id", "state", "created_at")
