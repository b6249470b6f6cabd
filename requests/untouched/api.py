"""Deals without support over REST (ADO-1.b)."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from requests.models import Opportunity
from requests.untouched import selectors


class UntouchedDealSerializer(serializers.Serializer):
    """A qualified deal nothing has touched, and what would fit it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    owner = serializers.UUIDField(source="owner_id", allow_null=True)
    owner_name = serializers.SerializerMethodField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    currency = serializers.CharField()
    closes_on = serializers.DateField(allow_null=True)
    fits = serializers.UUIDField(
        source="piece_id", allow_null=True, help_text="A piece of the library, id of `assets`."
    )
    fits_title = serializers.CharField(source="piece_title", allow_null=True)
    fits_by = serializers.SerializerMethodField(help_text="`industry` or `segment`.")
    is_asked = serializers.BooleanField(help_text="Whether a request for it is running.")

    @extend_schema_field(OpenApiTypes.STR)
    def get_owner_name(self, deal: Opportunity) -> str:
        return deal.owner.name if deal.owner else ""

    @extend_schema_field(OpenApiTypes.STR)
    def get_fits_by(self, deal: Any) -> str:
        return {2: "industry", 1: "segment"}.get(deal.is_alike, "")


class ShowsUntouched:
    """What the deals' resource says of those without support."""

    reads: ClassVar[dict[str, str]] = {"untouched": "opportunities.view"}

    @extend_schema(
        description="Qualified deals that are not over and that nothing has touched, each with the"
        " piece of content that fits best (ADO-1). `owner` narrows it to one seller's.",
        responses=UntouchedDealSerializer(many=True),
    )
    @action(detail=False, methods=["get"])
    def untouched(self: Any, request: HttpRequest) -> Response:
        """One page of them."""
        rows = self.filter_queryset(selectors.untouched_deals())
        page = self.paginate_queryset(selectors.with_what_fits(rows))
        return self.get_paginated_response(UntouchedDealSerializer(page, many=True).data)
