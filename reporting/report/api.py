"""The executive report over REST, and who gets it by mail (REP-1.e)."""

from typing import Any
from uuid import UUID

from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.plain import PlainView
from advocacy.rest.serializers import Body
from advocates.models import SavedSegment
from reporting.metrics.filters import segment_asked
from reporting.report.content import report_of
from reporting.report.periods import Every, Period
from reporting.report.services import subscribe, subscription_of


class ReportLineSerializer(serializers.Serializer):
    """A number in words; ``metrics/{code}/`` says it as a number."""

    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.CharField()
    target = serializers.CharField(allow_blank=True)
    before = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class ReportVoiceSerializer(serializers.Serializer):
    """What stands on the wall about somebody, with their leave."""

    title = serializers.CharField()
    text = serializers.CharField()
    who = serializers.CharField()


class ReportDecisionSerializer(serializers.Serializer):
    """A sentence, and the page it leads to."""

    text = serializers.CharField()
    url = serializers.CharField()


class ReportSerializer(serializers.Serializer):
    """The report over a period."""

    title = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    segment = serializers.CharField(
        allow_blank=True, help_text="The saved segment its numbers are of; empty: everybody."
    )
    lines = ReportLineSerializer(many=True)
    worth = ReportLineSerializer(allow_null=True)
    voices = ReportVoiceSerializer(many=True)
    goals = ReportDecisionSerializer(many=True, help_text="Goals of today that are on pace.")
    decisions = ReportDecisionSerializer(many=True)
    mailed = serializers.CharField(
        allow_blank=True, help_text="How often you get it by mail: month, quarter, or never."
    )


class ReportSubscriptionBody(Body):
    """How often it is mailed to whoever asks; empty: never."""

    every = serializers.ChoiceField(choices=Every.choices, allow_blank=True)


class ReportView(PlainView):
    """What an executive reads once a month or quarter."""

    resource = "metrics"
    operations = "report"
    permissions = dict.fromkeys(("retrieve", "subscribe"), "report.view")

    @extend_schema(
        operation_id="report_retrieve",
        parameters=[
            OpenApiParameter("every", str, enum=list(Every.values), description="Its length."),
            OpenApiParameter("since", str, description="Any day of it; else the last whole one."),
            OpenApiParameter("in_segment", UUID, description="Numbers of a saved segment only."),
        ],
        responses=ReportSerializer,
    )
    def retrieve(self, request: Request) -> Response:
        """The report of a period."""
        asked, tenant = request.query_params, self.membership.tenant
        period = Period.asked(asked.get("every", ""), asked.get("since", ""), tenant)
        among = segment_asked(self.membership, asked.get("in_segment", ""), strict=True)
        return Response(self._said(period, among))

    @extend_schema(
        operation_id="report_subscribe",
        request=ReportSubscriptionBody,
        responses=ReportSerializer,
    )
    def subscribe(self, request: Request) -> Response:
        """Have it mailed to the token's owner, or not any more."""
        subscribe(actor=self.actor, **self.read(ReportSubscriptionBody))
        return Response(self._said(Period.asked("", "", self.membership.tenant)))

    def _said(self, period: Period, among: SavedSegment | None = None) -> dict[str, Any]:
        member = self.membership
        report = report_of(member, period, among)
        names = ("title", "lines", "worth", "voices", "goals", "decisions")
        found = {name: getattr(report, name) for name in names}
        found |= {"since": period.first, "until": period.last}
        found["mailed"] = subscription_of(member)
        found["segment"] = among.name if among else ""
        return dict(ReportSerializer(found).data)


def urlpatterns() -> list[URLPattern]:
    """The addresses."""
    return [
        path("report/", ReportView.as_view({"get": "retrieve"}), name="report"),
        path(
            "report/subscribe/", ReportView.as_view({"post": "subscribe"}), name="report-subscribe"
        ),
    ]
