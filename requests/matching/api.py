"""Matches over REST (MAT-1, MAT-2)."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.serializers import Body, Day
from advocates.models import Advocate
from requests.matching.possible import possible_references
from requests.matching.ranking import match, why_not
from requests.models import Request
from requests.requests.lifecycle import REQUEST_ASKABLE

MOST_MATCHES = 50


class ChipSerializer(serializers.Serializer):
    """A reason in words."""

    text = serializers.CharField()
    verdict = serializers.CharField(help_text="fit, unfit or unknown")


class PartSerializer(serializers.Serializer):
    """One criterion: its weight and how much of it is met, 0 to 1."""

    criterion = serializers.CharField()
    weight = serializers.IntegerField()
    value = serializers.FloatField()
    chips = ChipSerializer(many=True)


class WarningSerializer(serializers.Serializer):
    """What is said for or against asking."""

    code = serializers.CharField()
    text = serializers.CharField()
    strength = serializers.CharField(help_text="block, warn or note")
    until = Day(allow_null=True)


class MatchSerializer(serializers.Serializer):
    """One advocate who may be asked, with the fit in parts."""

    advocate = serializers.UUIDField(source="advocate.pk")
    name = serializers.CharField(source="advocate.name")
    account = serializers.UUIDField(source="advocate.account_id")
    account_name = serializers.CharField(source="account.name")
    score = serializers.IntegerField()
    is_good = serializers.BooleanField(help_text="Whether the fit is called good, from 40 on.")
    parts = PartSerializer(many=True)
    reasons = WarningSerializer(many=True)
    outcomes = serializers.ListField(child=serializers.CharField())
    first_steps = serializers.ListField(
        child=serializers.CharField(),
        source="first_step_codes",
        help_text="Codes of what to offer first, to somebody who has done nothing yet.",
    )


class PossibleSerializer(serializers.Serializer):
    """Somebody who might be asked, as far as sales may know of them (VIS-1)."""

    job_title = serializers.CharField()
    seniority = serializers.CharField()
    industry = serializers.CharField()
    segment = serializers.CharField()
    region = serializers.CharField()
    fit = serializers.IntegerField(help_text="0 to 100")
    is_good = serializers.BooleanField(help_text="Whether the fit is called good.")


class TotalsSerializer(serializers.Serializer):
    """``can_be_asked + must_not + poor_fit == enrolled``, always (MAT-2); the first two count good
    fits. Who fits poorly is ranked all the same, below them.
    """

    can_be_asked = serializers.IntegerField()
    must_not = serializers.IntegerField()
    poor_fit = serializers.IntegerField()
    enrolled = serializers.IntegerField()


class MatchesSerializer(serializers.Serializer):
    """The ranking, and the account of everybody who is not in it unless that was left out."""

    ranked = MatchSerializer(many=True)
    totals = TotalsSerializer(required=False)
    excluded = serializers.DictField(child=serializers.IntegerField(), required=False)


class MatchesQuery(Body):
    """How many to rank, and whether everybody else is accounted for."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST_MATCHES, default=10)
    totals = serializers.BooleanField(default=True)


class ShowsMatches:
    """What the requests' resource says of who fits, and who may read it."""

    get_object: Callable[[], Request]
    reads: ClassVar[dict[str, str]] = {
        "possible": "requests.view",
        "why_not": "requests.match",
        "matches": "requests.match",
    }

    @extend_schema(
        description="Who fits, best first, and why everybody else is missing (MAT-1, MAT-2).",
        parameters=[
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MOST_MATCHES, "default": 10},
            ),
            OpenApiParameter(
                "totals",
                {"type": "boolean", "default": True},
                description="`false` leaves `totals` and `excluded` out, which is faster.",
            ),
        ],
        responses=MatchesSerializer,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def matches(self, request: HttpRequest, pk: str) -> Response:
        """Rank everybody who may be asked."""
        query = MatchesQuery(data={n: v for n, v in request.query_params.items() if v})
        query.is_valid(raise_exception=True)
        found = match(self.get_object(), limit=query.validated_data["limit"])
        answer: dict[str, Any] = {"ranked": MatchSerializer(found.ranked, many=True).data}
        if query.validated_data["totals"]:
            answer |= {
                "totals": TotalsSerializer(found.tally.totals).data,
                "excluded": found.tally.excluded,
            }
        return Response(answer)

    @extend_schema(
        description="Role, industry, size, region and fit of those who might be asked (VIS-1).",
        responses=PossibleSerializer(many=True),
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def possible(self, request: HttpRequest, pk: str) -> Response:
        """Whom the program has, without names."""
        row = self.get_object()
        found = possible_references(row) if row.state in REQUEST_ASKABLE else []
        return Response(PossibleSerializer(found, many=True).data)

    @extend_schema(
        description="Score and every reason for or against anybody, enrolled or not (MAT-2).",
        responses=MatchSerializer,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path="matches/<uuid:advocate>",
        url_name="match",
        pagination_class=None,
        filter_backends=[],
    )
    def why_not(self, request: HttpRequest, pk: str, advocate: UUID) -> Response:
        """Look at one advocate."""
        found = why_not(self.get_object(), get_object_or_404(Advocate.objects.all(), pk=advocate))
        return Response(MatchSerializer(found).data)
