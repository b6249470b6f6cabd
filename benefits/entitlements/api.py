"""Entitlements over REST (BEN-2.a)."""

from collections.abc import Mapping
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import Body, RowSerializer
from benefits.entitlements.models import Entitlement
from benefits.entitlements.services import put_usual_in


class EntitlementSerializer(RowSerializer):
    """Everybody on a tier gets a benefit; an empty ``segment`` means all."""

    anyway = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Promise it although what there is does not last (409 over_committed).",
    )

    class Meta:
        model = Entitlement
        fields = (
            "id",
            "tier",
            "segment",
            "benefit",
            "every_months",
            "is_automatic",
            "is_on",
            "anyway",
            "created_at",
        )
        read_only_fields = ("id", "created_at")

    #: Without what is only written.
    SHOWN: ClassVar[tuple[str, ...]] = tuple(name for name in Meta.fields if name != "anyway")


class UsualBody(Body):
    """What a new tenant's tiers bring."""

    anyway = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Promise it although what there is does not last (409 over_committed).",
    )


class MadeCount(serializers.Serializer):
    """How many were not there yet."""

    made = serializers.IntegerField()


class EntitlementApi(OfManifest):
    """With the usual ones."""

    permissions: ClassVar[Mapping[str, str]] = {"usual": "entitlements.edit"}

    @extend_schema(request=UsualBody, responses=MadeCount)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def usual(self, request: Request) -> Response:
        """Put in what a new tenant's tiers bring, where it is not there yet."""
        made = put_usual_in(actor=self.actor, **self.read(UsualBody))
        return Response(MadeCount({"made": made}).data)
