"""The catalogue of benefits over REST (BEN-1)."""

from typing import ClassVar

from rest_framework import serializers

from advocacy.rest.serializers import RowSerializer
from benefits.catalogue.models import Benefit


class BenefitSerializer(RowSerializer):
    """A kind of thing of value."""

    anyway = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Let it be given again although it does not last (409 over_committed).",
    )

    class Meta:
        model = Benefit
        fields = (
            "id",
            "name",
            "category",
            "description",
            "cost",
            "value",
            "stock",
            "tiers",
            "effort_levels",
            "needs_approval",
            "is_on",
            "anyway",
            "created_at",
        )
        read_only_fields = ("id", "created_at")

    #: Without what is only written.
    SHOWN: ClassVar[tuple[str, ...]] = tuple(name for name in Meta.fields if name != "anyway")
