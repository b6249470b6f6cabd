"""Supply and demand over REST (MAT-5)."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.serializers import Body
from requests.supply.pages import how_words
from requests.supply.selectors import nothing_wanted, supply_of, wanted_types


class SupplyQuery(Body):
    """Of what."""

    activity_type = serializers.SlugField(
        required=False,
        default="",
        max_length=50,
        help_text="Its code; what is asked for most, unless said otherwise.",
    )


class BalanceSerializer(serializers.Serializer):
    """One market; what is blank was not said, and so may be any."""

    industry = serializers.CharField(source="market.industry")
    segment = serializers.CharField(source="market.segment")
    region = serializers.CharField(source="market.region")
    open = serializers.IntegerField(help_text="Places without a yes or an ask that waits.")
    asked = serializers.IntegerField(help_text="Places asked for within the year.")
    expected = serializers.IntegerField(
        allow_null=True, help_text="Within the days ahead; null: too little history to say."
    )
    available = serializers.IntegerField(help_text="People who can be asked now.")
    gap = serializers.IntegerField(help_text="Open and expected places beyond these.")
    candidates = serializers.IntegerField(help_text="People there who are not in the program yet.")


class SupplySerializer(serializers.Serializer):
    """All markets in which a type is wanted, the largest gap first."""

    activity_type = serializers.CharField(
        source="code", help_text="Blank where nothing can be asked for."
    )
    days = serializers.IntegerField(help_text="How far ahead is looked.")
    requests = serializers.IntegerField(help_text="Of this type within the year.")
    over_days = serializers.IntegerField(help_text="Of the year, so far as there is history.")
    needed = serializers.IntegerField(help_text="Requests it takes to say what to expect.")
    text = serializers.SerializerMethodField(help_text="How it was worked out, in words.")
    markets = BalanceSerializer(source="balances", many=True)

    def get_text(self, found: Any) -> str:
        return how_words(found)


class ShowsSupply:
    """What the requests' resource says of all of them against all advocates."""

    reads: ClassVar[dict[str, str]] = {"supply": "supply.view"}

    @extend_schema(
        description="For each industry, size and region: open and expected places of a type of"
        " activity against who can be asked for it now (MAT-5).",
        parameters=[SupplyQuery],
        responses=SupplySerializer,
    )
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def supply(self, request: HttpRequest) -> Response:
        """Count them."""
        query = SupplyQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        code = query.validated_data["activity_type"]
        kind = next((each for each in wanted_types() if code in ("", each.code)), None)
        if kind is None and code:
            raise Http404
        found = supply_of(kind) if kind else nothing_wanted()
        return Response(SupplySerializer(found).data)
