"""Metrics over REST: the numbers of the pages, from the same definitions (API-2)."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.resources import Resource
from advocacy.tenancy.models import Tenant
from reporting.definitions import Metric
from reporting.metrics import METRICS

_MEANING = ("code", "name", "formula", "unit", "days", "target", "higher_is_better")


class BarSerializer(serializers.Serializer):
    """A part of a number: what it stands for, how much, and beside what."""

    key = serializers.CharField()
    total = serializers.IntegerField()
    parts = serializers.DictField(child=serializers.IntegerField())


class MetricSerializer(serializers.Serializer):
    """What a number means, and what it is now. Null where nothing happened that counts."""

    code = serializers.CharField()
    name = serializers.CharField()
    formula = serializers.CharField()
    unit = serializers.CharField(help_text="share (0 to 1), hours or count")
    days = serializers.IntegerField(help_text="The period, up to now.")
    target = serializers.FloatField(allow_null=True)
    higher_is_better = serializers.BooleanField()
    value = serializers.FloatField(allow_null=True)
    counted = serializers.IntegerField(help_text="How many things the value is made of.")
    parts = BarSerializer(many=True, allow_null=True, help_text="Null for a number without parts.")


class MetricResource(Resource):
    """Numbers with target and period (MET-1)."""

    resource = "metrics"
    permissions = {"list": "metrics.view", "retrieve": "metrics.view"}
    queryset = Tenant.objects.none()  # for the schema's sake: metrics are no rows
    serializer_class = MetricSerializer
    pagination_class = None
    filter_backends = ()
    lookup_value_converter = "slug"

    @extend_schema(responses=MetricSerializer(many=True))
    def list(self, request: Request) -> Response:
        """All of them; there are few."""
        self._refuse_unknown_parameters()
        return Response([self._read(metric.of_tenant()) for metric in METRICS.values()])

    @extend_schema(
        parameters=[OpenApiParameter("id", str, OpenApiParameter.PATH, description="Its code.")],
        responses=MetricSerializer,
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """One, by its code."""
        if pk not in METRICS:
            raise Http404
        return Response(self._read(METRICS[pk].of_tenant()))

    def _read(self, metric: Metric) -> dict[str, Any]:
        reading = metric.now(self.membership.tenant)
        meaning = {name: getattr(metric, name) for name in _MEANING}
        now = {name: getattr(reading, name) for name in ("value", "counted", "parts")}
        return dict(MetricSerializer({**meaning, **now}).data)
