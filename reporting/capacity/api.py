"""How full everybody is, over REST: each night's figures, and looking now (CAP-6)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Resource, command
from advocacy.rest.serializers import RowSerializer
from advocacy.tenancy.models import Membership
from reporting.capacity.measuring import figures_in
from reporting.capacity.selectors import listed_checks, shown_to, warnings_for
from reporting.capacity.services import look_now, note_check
from reporting.capacity.warnings import sentence_of
from reporting.models import CapacityCheck


class ManagerLoadSerializer(serializers.Serializer):
    """A program manager: open requests beside what their share of time carries."""

    member = serializers.UUIDField()
    open = serializers.IntegerField()
    target = serializers.IntegerField()
    share = serializers.IntegerField(help_text="Per cent of their working time.")


class TeamLoadSerializer(serializers.Serializer):
    """A team: minutes that open work needs, hours it gives a week."""

    role = serializers.CharField()
    minutes = serializers.IntegerField()
    hours = serializers.IntegerField()


class FundsSerializer(serializers.Serializer):
    """Today's budgets for benefits together, in hundredths of the tenant's currency."""

    amount = serializers.IntegerField()
    spent = serializers.IntegerField(help_text="Delivered.")
    committed = serializers.IntegerField(help_text="Approved and on its way.")
    left = serializers.IntegerField(help_text="Below zero where more was approved than there is.")
    planned = serializers.IntegerField(help_text="Waits for an approval; in none of the others.")


class CapacityFiguresSerializer(serializers.Serializer):
    """What was counted."""

    enrolled = serializers.IntegerField()
    near = serializers.IntegerField(help_text="Near their yearly limit.")
    over = serializers.IntegerField(help_text="Over their yearly limit.")
    asks = serializers.IntegerField(help_text="Asks of a year.")
    busiest = serializers.IntegerField(help_text="People in the tenth asked most.")
    busiest_asks = serializers.IntegerField(help_text="Asks that went to them.")
    never_asked = serializers.IntegerField(help_text="Promoters in the program never asked.")
    never_asked_candidates = serializers.IntegerField(help_text="Candidates, likewise.")
    overdue_touch = serializers.IntegerField(help_text="Who waits for a word by their own tier.")
    share = serializers.IntegerField(help_text="Per cent of a job all managers have together.")
    managers = ManagerLoadSerializer(many=True)
    teams = TeamLoadSerializer(many=True)
    funds = FundsSerializer(
        allow_null=True, help_text="Null without a budget, and for whoever may not open budgets."
    )


class CapacityWarningSerializer(serializers.Serializer):
    """One thing worth a word."""

    code = serializers.CharField()
    text = serializers.CharField()


class CapacityCheckSerializer(RowSerializer):
    """How full everybody was on a day."""

    figures = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = CapacityCheck
        fields = ("id", "on", "made_at", "figures", "warnings", "noted_at")
        read_only_fields = fields

    @extend_schema_field(CapacityFiguresSerializer)
    def get_figures(self, row: CapacityCheck) -> Any:
        """What was counted."""
        figures = shown_to(self._member, figures_in(row.figures))
        return CapacityFiguresSerializer(figures).data

    @extend_schema_field(CapacityWarningSerializer(many=True))
    def get_warnings(self, row: CapacityCheck) -> Any:
        """What of it is too much, in words of the tenant's numbers of today."""
        figures, codes = figures_in(row.figures), warnings_for(self._member, row)
        return [{"code": code, "text": sentence_of(code, figures)} for code in codes]

    @property
    def _member(self) -> Membership:
        member: Membership = self.context["view"].membership
        return member


class CapacityCheckFilter(FilterSet):
    """By day."""

    class Meta:
        model = CapacityCheck
        fields = ("on",)


class CapacityCheckResource(Resource):
    """How full everybody is, a row for each day that was looked at, the newest first."""

    resource = "capacity-checks"
    permissions = {
        "list": "metrics.view",
        "retrieve": "metrics.view",
        "look": "requests.triage",
        "note": "requests.triage",
    }
    queryset = CapacityCheck.objects.none()  # for the schema's sake
    serializer_class = CapacityCheckSerializer
    filterset_class = CapacityCheckFilter
    ordering_fields = ("on",)
    ordering = "-on"

    def get_queryset(self) -> QuerySet[CapacityCheck]:
        return listed_checks(self.membership)

    @extend_schema(request=None, responses=CapacityCheckSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def look(self, request: Request) -> Response:
        """Count anew now; today's row is written anew."""
        self.read(None)
        return Response(self.get_serializer(look_now(actor=self.actor)).data)

    @command()
    def note(self, check: CapacityCheck) -> None:
        """Take it off the managers' Today."""
        note_check(actor=self.actor, check=check)
