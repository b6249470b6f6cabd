"""Tiers set by hand over REST (TIER-5)."""

from typing import ClassVar

from rest_framework import serializers

from advocacy.rest.serializers import RowSerializer
from advocates.models import TierOverride


class TierOverrideSerializer(RowSerializer):
    """Somebody stands on a tier until a day, whatever is earned."""

    anyway = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Set it although what the tier brings does not last (409 over_committed).",
    )

    class Meta:
        model = TierOverride
        fields = (
            "id",
            "advocate",
            "tier",
            "until",
            "reason",
            "state",
            "set_by",
            "anyway",
            "created_at",
        )
        read_only_fields = ("id", "state", "set_by", "created_at")

    #: Without what is only written.
    SHOWN: ClassVar[tuple[str, ...]] = tuple(name for name in Meta.fields if name != "anyway")
