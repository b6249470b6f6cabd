"""Suggestions over REST: what fits somebody, for an activity or an occasion (BEN-9.a)."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from activities.activities.models import Activity
from advocacy.rest.plain import PlainView
from advocates.models import Advocate
from benefits.catalogue.choices import Category
from benefits.fitting.points import Reason
from benefits.fitting.selectors import Suggested, suggestions_for

_MOST = 10


class SuggestedBenefitSerializer(serializers.Serializer):
    """A benefit that fits, the best first; ``reasons`` as codes, ``why`` in words."""

    benefit = serializers.UUIDField(source="kind.pk")
    name = serializers.CharField(source="kind.name")
    category = serializers.ChoiceField(choices=Category.choices, source="kind.category")
    cost = serializers.DecimalField(10, 2, source="kind.cost")
    value = serializers.DecimalField(10, 2, source="kind.value")
    points = serializers.IntegerField(source="found.points")
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=Reason.choices), source="found.reasons"
    )
    why = serializers.CharField()


class SuggestionQuery(serializers.Serializer):
    """What it is for."""

    activity = serializers.UUIDField(required=False)
    occasion = serializers.CharField(required=False, max_length=200)


class SuggestedBenefits(PlainView):
    """What fits somebody now; nothing for a review."""

    resource = "grants"
    operations = "suggested_benefits"
    permissions = {"list": "grants.view"}

    @extend_schema(
        operation_id="advocates_suggested_benefits",
        parameters=[
            OpenApiParameter("activity", UUID, description="What they did, one of theirs."),
            OpenApiParameter("occasion", str, description="Or an occasion, in words."),
        ],
        responses=SuggestedBenefitSerializer(many=True),
    )
    def list(self, request: Request, pk: UUID) -> Response:
        """Not in pages: ten at most."""
        query = SuggestionQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = Advocate.objects.select_related("account__tenant", "tenant")
        person = get_object_or_404(rows, pk=pk)
        done = []
        if "activity" in asked:
            own = Activity.objects.select_related("activity_type").filter(advocate=person)
            done = [get_object_or_404(own, pk=asked["activity"])]
        found: list[Suggested] = suggestions_for(
            [person], activities=done, occasion=asked.get("occasion", ""), most=_MOST
        )[person.pk]
        return Response(SuggestedBenefitSerializer(found, many=True).data)


def urlpatterns() -> list[URLPattern]:
    """The address, below a person's own."""
    return [
        path(
            "advocates/<uuid:pk>/suggested-benefits/",
            SuggestedBenefits.as_view({"get": "list"}),
            name="advocates-suggested-benefits",
        )
    ]
