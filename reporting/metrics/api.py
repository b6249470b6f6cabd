"""Metrics over REST: the numbers of the pages, from the same definitions (API-2, MET-6.a)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.pagination import KeysetPagination
from advocacy.rest.resources import Resource
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from reporting.metrics.composed import Composed
from reporting.metrics.definitions import Metric
from reporting.metrics.filters import frame_of
from reporting.metrics.frame import Frame
from reporting.metrics.registry import breakdowns_of, metric_of, shown_to
from reporting.metrics.words import in_unit, left_out_of

_MEANING = (
    *("code", "name", "formula", "unit", "source", "dated", "dimensions", "days", "target"),
    "higher_is_better",
)
_NOW = (
    *("value", "counted", "numerator", "denominator", "low", "high", "groups", "parts"),
    *("too_few", "lacks"),
)
_TERM = ("side", "factor", "amount")


class BarSerializer(serializers.Serializer):
    """A part of a number: what it stands for, how much, and beside what."""

    key = serializers.CharField(allow_blank=True)
    total = serializers.FloatField()
    parts = serializers.DictField(child=serializers.FloatField())


class GroupSerializer(serializers.Serializer):
    """One side of a comparison."""

    key = serializers.CharField(help_text="with or without")
    counted = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)


class LeftOutSerializer(serializers.Serializer):
    """What could not be counted, and why."""

    lacks = serializers.CharField(help_text="rate, amount, day, or segment: it is for all of them")
    count = serializers.IntegerField()
    currency = serializers.CharField(allow_blank=True)
    amount = serializers.FloatField(
        allow_null=True, help_text="What they come to in the base currency, where that is known."
    )
    text = serializers.CharField()


class TermSerializer(serializers.Serializer):
    """A number that another one is made of; its rows are under its own code."""

    code = serializers.CharField()
    side = serializers.CharField(help_text="value, cost, or by: what it is divided by")
    value = serializers.FloatField(allow_null=True)
    factor = serializers.FloatField(allow_null=True, help_text="By what it is multiplied.")
    amount = serializers.FloatField(allow_null=True, help_text="Null where it gives nothing.")


class MetricSerializer(serializers.Serializer):
    """What a number means, and what it is now. Null where nothing happened that counts."""

    code = serializers.CharField()
    name = serializers.CharField()
    formula = serializers.CharField()
    unit = serializers.CharField(
        help_text="share (0 to 1), hours, days, business_days, count, money, difference (0.15: 15 %"
        " more) or return (1.5: one and a half for each unit of money beyond that unit)"
    )
    source = serializers.CharField(help_text="Of which rows it is made.")  # type: ignore[assignment]
    dated = serializers.CharField(help_text="Which day of a row decides about the period.")
    dimensions = serializers.ListField(
        child=serializers.CharField(), help_text="By what it can be narrowed."
    )
    days = serializers.IntegerField(help_text="Its own period, up to today.")
    since = serializers.DateField(help_text="First day of what was asked for.")
    until = serializers.DateField(help_text="Last day of it.")
    currency = serializers.CharField(help_text="Of money: the tenant's base currency.")
    target = serializers.FloatField(allow_null=True)
    higher_is_better = serializers.BooleanField()
    value = serializers.FloatField(allow_null=True)
    counted = serializers.IntegerField(help_text="How many things the value is made of.")
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Of the interval of 95 in 100.")
    high = serializers.FloatField(allow_null=True, help_text="Of the interval of 95 in 100.")
    groups = GroupSerializer(many=True, help_text="The two sides of a comparison.")
    too_few = serializers.BooleanField(help_text="Too few deals on one side to tell.")
    lacks = serializers.CharField(
        allow_blank=True,
        help_text="Of a number made of others: costs, or divisor, without which it is null.",
    )
    terms = TermSerializer(many=True, help_text="Of a number made of others: these. Else empty.")
    left_out = LeftOutSerializer(many=True)
    not_told_by = serializers.ListField(
        child=serializers.CharField(),
        help_text="What was asked for by which it is not told apart, so that it is of everybody.",
    )
    parts = BarSerializer(many=True, allow_null=True, help_text="Null for a number without parts.")


class MetricRowSerializer(serializers.Serializer):
    """A row behind a number, and what it gives to it: 1 or 0, an amount, hours or days, as
    the number's unit says.
    """

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="What the row is: opportunity, ask, activity, …")
    part = serializers.FloatField(allow_null=True, help_text="Null where it is left out.")
    side = serializers.CharField(allow_blank=True, help_text="Of a comparison: with or without.")


class BreakdownSerializer(serializers.Serializer):
    """A number taken apart."""

    code = serializers.CharField()
    name = serializers.CharField()
    formula = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    parts = BarSerializer(many=True)


def _part(value: Any, unit: str, tenant: Tenant) -> float | None:
    found = in_unit(value, unit, tenant)
    return None if found is None else float(found)


_CODE = OpenApiParameter("id", str, OpenApiParameter.PATH, description="Its code.")
_FRAME = [
    OpenApiParameter("period", str, enum=["30", "90", "365"], description="Days up to today."),
    OpenApiParameter("since", str, description="First day, such as 2026-01-31."),
    OpenApiParameter("until", str, description="Last day; today without it."),
    OpenApiParameter("segment", str, description="Size of the company."),
    OpenApiParameter("region", str),
    OpenApiParameter("team", str, description="Role of whoever it belongs to, such as sales."),
    OpenApiParameter("type", str, description="Code of an activity type."),
    OpenApiParameter("in_segment", UUID, description="A saved segment, of people or accounts."),
    OpenApiParameter("of", str, description="One part, as a breakdown's key says it."),
]


class MetricResource(Resource):
    """Numbers with target and period, and the rows behind them (MET-1, MET-3, MET-6)."""

    resource = "metrics"
    permissions = {
        "list": "impact.view",
        "retrieve": "impact.view",
        "rows": "impact.view",
        "breakdowns": "impact.view",
    }
    queryset = Tenant.objects.none()  # for the schema's sake: metrics are no rows
    serializer_class = MetricSerializer
    pagination_class: type[BasePagination] | None = None
    filter_backends = ()
    lookup_value_converter = "slug"

    @extend_schema(parameters=_FRAME, responses=MetricSerializer(many=True))
    def list(self, request: Request) -> Response:
        """All of them a token's owner may see; there are few."""
        self._refuse_unknown(request)
        return Response(
            [
                self._read(each, self._frame(request, each.days))
                for each in shown_to(self.membership)
            ]
        )

    @extend_schema(parameters=[_CODE, *_FRAME], responses=MetricSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One, by its code."""
        self._refuse_unknown(request)
        metric = self._metric(pk)
        return Response(self._read(metric, self._frame(request, metric.days)))

    @extend_schema(parameters=[_CODE, *_FRAME], responses=MetricRowSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=KeysetPagination)
    def rows(self, request: Request, pk: str) -> Response:
        """The rows behind one; what they give adds up to it (REP-1.b)."""
        self._refuse_unknown(request, *KeysetPagination.parameters)
        metric = self._metric(pk)
        if isinstance(metric, Composed):
            codes = ", ".join(term.metric.code for term in metric.terms)
            text = _("This number is made of others; ask for the rows of one of: %(codes)s.")
            raise ValidationError({"id": [text % {"codes": codes}]})
        rows: QuerySet[Any] = metric.behind(self._frame(request, metric.days))
        found = [
            {
                "id": row.pk,
                "kind": row._meta.model_name,
                "part": _part(row.part, metric.unit, self.membership.tenant),
                "side": ("with" if row.touched else "without") if hasattr(row, "touched") else "",
            }
            for row in self.paginate_queryset(rows) or ()
        ]
        return self.get_paginated_response(MetricRowSerializer(found, many=True).data)

    @extend_schema(parameters=_FRAME, responses=BreakdownSerializer(many=True))
    @action(detail=False, methods=["get"])
    def breakdowns(self, request: Request) -> Response:
        """Numbers taken apart: advocates by tier, activities by type, revenue by touchpoint."""
        self._refuse_unknown(request)
        found = []
        for each in breakdowns_of(self.membership):
            frame = self._frame(request, each.days)
            found.append(
                {
                    **{name: getattr(each, name) for name in ("code", "name", "formula")},
                    "since": frame.first,
                    "until": frame.last,
                    "parts": each.read(frame),
                }
            )
        return Response(BreakdownSerializer(found, many=True).data)

    def _metric(self, code: str) -> Metric:
        found = metric_of(code, self.membership)
        if found is None:
            raise Http404
        return found

    def _frame(self, request: Request, days: int) -> Frame:
        try:
            return frame_of(request.query_params, self.membership, days=days, strict=True)
        except DomainError as error:
            raise ValidationError(error.fields) from None

    def _refuse_unknown(self, request: Request, *more: str) -> None:
        known = {each.name for each in _FRAME} | set(more)
        if unknown := sorted(set(request.query_params) - known):
            text = _("There is no such parameter; there are: %(names)s.")
            text %= {"names": ", ".join(sorted(known))}
            raise ValidationError({name: [text] for name in unknown})

    def _read(self, metric: Metric, frame: Frame) -> dict[str, Any]:
        steps = metric.steps(frame) if isinstance(metric, Composed) else []
        reading = metric.make(steps) if isinstance(metric, Composed) else metric.read(frame)
        meaning = {name: getattr(metric, name) for name in _MEANING}
        now = {name: getattr(reading, name) for name in _NOW}
        lost = [
            {
                "lacks": each.lacks,
                "count": each.count,
                "currency": each.currency,
                "amount": each.amount,
                "text": left_out_of(each),
            }
            for each in reading.left_out
        ]
        currency = self.membership.tenant.currency if metric.unit == "money" else ""
        days = {"since": frame.first, "until": frame.last, "currency": currency}
        terms = [
            {"code": step.metric.code, **{name: getattr(step, name) for name in _TERM}}
            | {"value": step.reading.value}
            for step in steps
        ]
        found = {**meaning, **now, **days, "left_out": lost, "terms": terms}
        found["not_told_by"] = metric.not_told_by(frame)
        return dict(MetricSerializer(found).data)
