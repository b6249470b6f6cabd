"""Distribution over REST (DIST-1): ``placements/`` and ``repurposings/``."""

from typing import Any

from rest_framework import serializers

from activities.assets.models import Asset
from activities.distribution.models import Placement, Repurposing
from advocacy.rest.serializers import MemberField, RowSerializer


class _PlanSerializer(RowSerializer):
    asset: Any = serializers.PrimaryKeyRelatedField(
        queryset=Asset.objects.select_related(
            "advocate__account__owner", "activity__activity_type", "owner", "tenant"
        )
    )
    owner = MemberField(required=False, allow_null=True)
    due_on = serializers.DateField(required=False)


class PlacementSerializer(_PlanSerializer):
    """Where a piece is placed, by whom until when, and the link once it is there."""

    class Meta:
        model = Placement
        fields = (
            *("id", "asset", "channel", "owner", "due_on", "url", "state"),
            *("done_at", "done_by", "created_at"),
        )
        read_only_fields = ("id", "url", "state", "done_at", "done_by", "created_at")


class RepurposingSerializer(_PlanSerializer):
    """What is made of a recording; ``derived`` is the piece once it is begun."""

    class Meta:
        model = Repurposing
        fields = ("id", "asset", "form", "owner", "due_on", "state", "derived", "created_at")
        read_only_fields = ("id", "state", "derived", "created_at")
