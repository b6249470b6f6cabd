"""Entitlements over REST (BEN-2.a)."""

from advocacy.rest.serializers import RowSerializer
from benefits.entitlements.models import Entitlement


class EntitlementSerializer(RowSerializer):
    """Everybody on a tier gets a benefit; an empty ``segment`` means all."""

    class Meta:
        model = Entitlement
        fields = (
            "id",
            "tier",
            "segment",
            "benefit",
            "every_months",
            "is_automatic",
            "is_on",
            "created_at",
        )
        read_only_fields = ("id", "created_at")
