"""Entitlements over REST (BEN-2.a)."""

from rest_framework import serializers

from advocacy.rest.serializers import RowSerializer
from benefits.entitlements.models import Entitlement


class EntitlementSerializer(RowSerializer):
    """Everybody on a tier gets a benefit; an empty ``segment`` means all."""

    anyway = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Promise it although what there is does not last (409 over_committed).",
    )

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
            "anyway",
            "created_at",
        )
        read_only_fields = ("id", "created_at")
