"""Activity types and tiers over REST (API-2, ACT-3, TIER-1)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.families import MovedPeople
from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Creates, Resource, Updates, command
from advocacy.rest.serializers import Body, RowSerializer
from advocates.models import ActivityType, Tier
from advocates.program import selectors as interface
from advocates.program.catalogue.previews import preview_activity_type
from advocates.program.catalogue.services import (
    create_activity_type,
    put_back_activity_type,
    update_activity_type,
)
from advocates.recruiting.api import TemplateActions


class ActivityTypeSerializer(RowSerializer):
    """One kind of activity with its limits (ACT-3)."""

    class Meta:
        model = ActivityType
        fields = (
            "id",
            "code",
            "name",
            "description",
            "steps",
            "gives_back",
            "importance",
            "effort",
            "minutes_low",
            "minutes_high",
            "units",
            "tier_credit",
            "rewards",
            "per_year",
            "per_detail_per_year",
            "at_once",
            "gap_days",
            "warn_gap_days",
            "is_reference",
            "needs_comfort",
            "default_approvals",
            "produces",
            "reach",
            "is_on",
            "position",
        )
        read_only_fields = ("id", "code", "position")


class ActivityTypeFilter(FilterSet):
    """By code and whether it can be requested."""

    class Meta:
        model = ActivityType
        fields = ("code", "effort", "is_on", "is_reference")


class UsualFields(Body):
    """Which fields get their usual values again; none named means all."""

    keys = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list, max_length=50
    )


class NewTypeSerializer(ActivityTypeSerializer):
    """A type of the tenant's own, with the code it will be known by (CAT-1)."""

    class Meta(ActivityTypeSerializer.Meta):
        read_only_fields = ("id", "position")  # type: ignore[assignment]


class ActivityTypeResource(TemplateActions, Creates, Updates, Resource):
    """What may be asked of an advocate (ACT-3): the catalogue, and what a tenant adds to it."""

    resource = "activity-types"
    permissions = {
        "list": "settings.view",
        "retrieve": "settings.view",
        "create": "settings.rules",
        "partial_update": "settings.rules",
        "put_back": "settings.rules",
        "preview": "settings.rules",
    }
    serializer_class = ActivityTypeSerializer
    filterset_class = ActivityTypeFilter
    ordering_fields = ("position", "code", "name", "id")
    ordering = "position"

    def get_queryset(self) -> QuerySet[ActivityType]:
        return interface.rest_types()

    def get_serializer_class(self) -> type[RowSerializer]:
        return NewTypeSerializer if self.action == "create" else ActivityTypeSerializer

    def create_row(self, **values: Any) -> ActivityType:
        return create_activity_type(actor=self.actor, **values)

    def update_row(self, row: ActivityType, **values: Any) -> ActivityType:
        return update_activity_type(actor=self.actor, activity_type=row, **values)

    @command(UsualFields)
    def put_back(self, row: ActivityType, *, keys: list[str]) -> None:
        """Give fields their usual values again; all of them where none is named."""
        put_back_activity_type(actor=self.actor, activity_type=row, fields=keys)

    @extend_schema(
        description="Whom a change would move, before it is made.",
        request=ActivityTypeSerializer(partial=True),
        responses=MovedPeople(many=True),
    )
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def preview(self, request: Request, pk: str) -> Response:
        """Say who could be asked for one more of it, and then could not."""
        row = self.get_object()
        reader = self.get_serializer(row, data=request.data, partial=True)
        reader.is_valid(raise_exception=True)
        moved = preview_activity_type(actor=self.actor, activity_type=row, **reader.validated_data)
        return Response(MovedPeople(moved, many=True).data)


class TierSerializer(RowSerializer):
    """One tier with its minimums and seats (TIER-1)."""

    class Meta:
        model = Tier
        fields = (
            "id",
            "code",
            "name",
            "rank",
            "min_activities",
            "min_high_effort",
            "expected_max",
            "seats_percent",
            "guide_low",
            "guide_high",
            "touch_model",
            "touch_days",
            "entitlements",
        )
        read_only_fields = fields


class TierResource(Resource):
    """The tiers (TIER-1). They are edited in the settings."""

    resource = "tiers"
    permissions = {"list": "tiers.view", "retrieve": "tiers.view"}
    serializer_class = TierSerializer
    ordering_fields = ("rank", "code", "id")
    ordering = "-rank"

    def get_queryset(self) -> QuerySet[Tier]:
        return interface.rest_tiers()
