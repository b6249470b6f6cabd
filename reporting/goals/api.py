"""Goals over REST, and how each stands (GOAL-1)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import RowSerializer
from reporting.goals.headcount import headcount_plan
from reporting.goals.models import Goal
from reporting.goals.progress import PHASES, progress_of
from reporting.goals.services import set_starting_ambitions

_NUMBER: dict[str, Any] = {"allow_null": True}


class GoalSerializer(RowSerializer):
    """What a number is to be by when; ``target`` in per cent for shares and differences."""

    class Meta:
        model = Goal
        fields = (
            "id",
            "metric",
            "target",
            "starts_on",
            "ends_on",
            "segment",
            "region",
            "state",
            "created_at",
        )
        read_only_fields = ("id", "state", "created_at")


class GoalProgressSerializer(serializers.Serializer):
    """How a goal stands; values in the metric's unit, a share from 0 to 1."""

    phase = serializers.ChoiceField(choices=PHASES, help_text="Before, in or after its period.")
    unit = serializers.CharField()
    target = serializers.FloatField()
    value = serializers.FloatField(**_NUMBER)
    expected = serializers.FloatField(
        help_text="What an even pace would have brought by today.", **_NUMBER
    )
    on_pace = serializers.BooleanField(allow_null=True)
    forecast = serializers.FloatField(help_text="On the last day, at this pace.", **_NUMBER)
    forecast_low = serializers.FloatField(help_text="Of 95 in 100.", **_NUMBER)
    forecast_high = serializers.FloatField(help_text="Of 95 in 100.", **_NUMBER)
    baseline = serializers.FloatField(
        help_text="The own value of the last 90 days; of what adds up, over the goal's period.",
        **_NUMBER,
    )


class TierPlanSerializer(serializers.Serializer):
    """One tier: who is there, who should be, and the most of the usual range."""

    name = serializers.CharField()
    now = serializers.IntegerField()
    plan = serializers.IntegerField()
    most = serializers.IntegerField(allow_null=True)


class HeadcountSerializer(serializers.Serializer):
    """How many there should be on each tier."""

    scale = serializers.FloatField(help_text="By what the usual plan was multiplied.")
    deals = serializers.IntegerField(help_text="Qualified deals of a year.")
    tiers = TierPlanSerializer(many=True)


class SetSerializer(serializers.Serializer):
    """How many were set."""

    count = serializers.IntegerField()


class GoalApi(OfManifest):
    """What is not made from the manifest."""

    permissions = {
        "progress": "goals.view",
        "headcount": "goals.view",
        "starting_ambitions": "goals.edit",
    }

    @extend_schema(responses=GoalProgressSerializer)
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def progress(self, request: Request, pk: str) -> Response:
        """Value, pace, forecast and baseline as of today (GOAL-1.a)."""
        found = progress_of(self.get_object(), self.membership.tenant)
        forecast = found.forecast
        return Response(
            GoalProgressSerializer(
                {
                    "phase": found.phase,
                    "unit": found.metric.unit,
                    "target": found.target,
                    "value": found.reading.value,
                    "expected": found.expected,
                    "on_pace": found.on_pace,
                    "forecast": forecast.value if forecast else None,
                    "forecast_low": forecast.low if forecast else None,
                    "forecast_high": forecast.high if forecast else None,
                    "baseline": found.baseline,
                }
            ).data
        )

    @extend_schema(responses=HeadcountSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def headcount(self, request: Request) -> Response:
        """How many advocates there should be on each tier (GOAL-1.c)."""
        return Response(HeadcountSerializer(headcount_plan(self.membership.tenant)).data)

    @extend_schema(request=None, responses=SetSerializer)
    @action(
        detail=False,
        methods=["post"],
        pagination_class=None,
        filter_backends=[],
        url_path="starting-ambitions",
    )
    def starting_ambitions(self, request: Request) -> Response:
        """Set the usual goals of a first year; what has a goal keeps it (GOAL-1.b)."""
        self.read(None)
        return Response({"count": set_starting_ambitions(actor=self.actor)})
