"""Opportunities over REST (API-2, API-4, OPP-1)."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.events.happened import happened
from advocacy.rest.filters import UpdatedSince
from advocacy.rest.resources import Creates, ExternalIds, Resource, Updates, command
from advocacy.rest.serializers import Body, MemberField, RowSerializer
from advocacy.tenancy.errors import Conflict
from advocates.external_ids import forms_of
from advocates.models import Account
from requests.gates import services
from requests.models import Opportunity, Touchpoint
from requests.opportunities import selectors as interface
from requests.opportunities.services import OPPORTUNITY_FIELDS, upsert_opportunity
from requests.untouched.api import ShowsUntouched


class OpportunitySerializer(RowSerializer):
    """A deal; ``stage`` follows from ``crm_stage`` by the tenant's mapping (OPP-1)."""

    account = serializers.PrimaryKeyRelatedField(
        queryset=Account.objects.all(), required=False, allow_null=True
    )
    owner = MemberField(required=False, allow_null=True)

    class Meta:
        model = Opportunity
        fields = (
            "id",
            "source",
            "external_id",
            *OPPORTUNITY_FIELDS,
            "stage",
            "created_at",
            "gate_lifted_at",
            "updated_at",
        )
        read_only_fields: tuple[str, ...] = (
            "id",
            "source",
            "external_id",
            "stage",
            "created_at",
            "gate_lifted_at",
            "updated_at",
        )


class NewOpportunitySerializer(OpportunitySerializer):
    """A deal that is made. Its external id is given here and stays; an upsert has it in the
    address.
    """

    class Meta(OpportunitySerializer.Meta):
        read_only_fields = ("id", "stage", "created_at", "gate_lifted_at", "updated_at")


class LetThroughBody(Body):
    """Why somebody may be asked for this deal already."""

    reason = serializers.CharField(max_length=300)


class TouchpointSerializer(serializers.Serializer):
    """Something the program did for a deal."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Touchpoint.Kind.choices)
    at = serializers.DateTimeField()
    activity_type = serializers.CharField(
        source="activity.activity_type.code",
        allow_null=True,
        default=None,
        help_text="The code of what was done; null for an opened share.",
    )
    share = serializers.UUIDField(
        source="share_id", allow_null=True, help_text="What was opened; null for what was done."
    )


class FollowedSerializer(serializers.Serializer):
    """What belongs to it."""

    text = serializers.CharField()
    detail = serializers.CharField()


class HappenedSerializer(serializers.Serializer):
    """What somebody did at once, in the words of the token's owner."""

    at = serializers.DateTimeField()
    text = serializers.CharField()
    who = serializers.CharField()
    detail = serializers.CharField()
    steps = FollowedSerializer(many=True)


class OpportunityFilter(UpdatedSince):
    """By where it stands, whose it is and when it closes."""

    account = django_filters.UUIDFilter(field_name="account_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")
    external_id = django_filters.CharFilter(method="filter_external_id")
    closes_from = django_filters.DateFilter(field_name="closes_on", lookup_expr="gte")
    closes_to = django_filters.DateFilter(field_name="closes_on", lookup_expr="lte")

    class Meta:
        model = Opportunity
        fields = ("stage", "crm_stage", "source")

    def filter_external_id(
        self, queryset: QuerySet[Opportunity], name: str, value: str
    ) -> QuerySet[Opportunity]:
        """In whichever form the id is kept."""
        return queryset.filter(external_id__in=forms_of(value))


class OpportunityResource(ShowsUntouched, ExternalIds, Creates, Updates, Resource):
    """Deals as the CRM knows them (OPP-1)."""

    resource = "opportunities"
    permissions = {
        "list": "opportunities.view",
        "touchpoints": "opportunities.view",
        "timeline": "opportunities.view",
        "lift_gate": "requests.triage",
        "retrieve": "opportunities.view",
        "by_external_id": "opportunities.view",
        "create": "opportunities.edit",
        "partial_update": "opportunities.edit",
        "upsert": "opportunities.edit",
        **ShowsUntouched.reads,
    }
    serializer_class = OpportunitySerializer
    filterset_class = OpportunityFilter
    search_kind = "opportunity"
    ordering_fields = ("name", "created_at", "updated_at", "id")
    ordering = "name"

    def get_queryset(self) -> QuerySet[Opportunity]:
        return interface.rest_opportunities()

    def get_serializer_class(self) -> type[RowSerializer]:
        return NewOpportunitySerializer if self.action == "create" else OpportunitySerializer

    @extend_schema(
        description="What the program did for a deal, the newest first; never who did it.",
        responses=TouchpointSerializer(many=True),
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def touchpoints(self, request: HttpRequest, pk: str) -> Response:
        """Completed references, opened shares, events (OPP-1.c)."""
        rows = interface.touchpoints_of(self.get_object())
        return Response(TouchpointSerializer(rows, many=True).data)

    @extend_schema(
        description="What happened to a deal and to the requests for it, the newest first.",
        responses=HappenedSerializer(many=True),
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def timeline(self, request: HttpRequest, pk: str) -> Response:
        """As its page tells it (OPP-1.d)."""
        return Response(HappenedSerializer(happened(self.get_object()).presses, many=True).data)

    @command(LetThroughBody, path="let-through")
    def lift_gate(self, row: Opportunity, *, reason: str) -> None:
        """Requests for this deal may be handed in, whatever their types need (REQ-4)."""
        services.lift_gate(actor=self.actor, opportunity=row, reason=reason)

    def create_row(self, **values: Any) -> Opportunity:
        """Make a deal; one that is there already is a conflict, not an update."""
        row, what = upsert_opportunity(actor=self.actor, **values)
        if what != "created":
            raise Conflict(
                _("There is an opportunity with this external id already."),
                code="external_id_taken",
            )
        return row

    def update_row(self, row: Opportunity, **values: Any) -> Opportunity:
        return upsert_opportunity(
            actor=self.actor, source=row.source, external_id=row.external_id, **values
        )[0]

    def find_row(self, *, source: str, external_id: str) -> Opportunity | None:
        return interface.opportunity_by_identifier(source=source, external_id=external_id)

    def upsert_row(self, *, source: str, external_id: str, **values: Any) -> tuple[Model, str]:
        return upsert_opportunity(
            actor=self.actor, source=source, external_id=external_id, **values
        )
