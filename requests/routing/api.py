"""Routing rules over REST; most is made from the manifest (REQ-3)."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.relations import PKOnlyObject
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import MemberField, RowSerializer
from advocates.api import TypeField
from requests.models import RoutingRule, RoutingTurn
from requests.routing.preview import preview_rule
from requests.routing.services import checked, require_managers


class Managers(serializers.ListField):
    """Who gets the requests, by id; several take turns."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("child", MemberField())
        kwargs.setdefault("max_length", 50)
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> list[Any]:
        """In the order they were named."""
        return [PKOnlyObject(pk=turn.member_id) for turn in instance.turns.all()]

    def json_expression(self, model: type[models.Model]) -> ArraySubquery:
        """The same."""
        turns = RoutingTurn.objects.filter(rule=models.OuterRef("pk"))
        return ArraySubquery(turns.order_by("id").values("member_id"))


class RoutingRuleSerializer(RowSerializer):
    """Which requests, to whom; what is empty narrows nothing."""

    activity_type = TypeField(required=False, allow_null=True)
    managers = Managers()

    class Meta:
        model = RoutingRule
        fields = (
            "id",
            "position",
            "activity_type",
            "segment",
            "region",
            "managers",
            "state",
            "created_at",
        )
        read_only_fields = ("id", "state", "created_at")
        extra_kwargs = {"position": {"required": False, "allow_null": True}}


class RoutedShown(serializers.Serializer):
    """A request, who would have had it, and who had it."""

    request = serializers.UUIDField(source="request.pk")
    number = serializers.IntegerField(source="request.number")
    manager = serializers.UUIDField(source="would.pk")
    had = serializers.UUIDField(source="had.pk", allow_null=True, default=None)


class PreviewShown(serializers.Serializer):
    """What a rule would have done with the requests of the last 30 days."""

    seen = serializers.IntegerField(help_text="Requests handed in within the last 30 days.")
    decided = serializers.IntegerField(help_text="So many of them this rule would have decided.")
    moved = serializers.IntegerField(help_text="So many of these somebody else had.")
    requests = RoutedShown(many=True)


class RoutingRuleApi(OfManifest):
    """With a look at last month before anything is saved."""

    queryset = RoutingRule.objects.none()
    permissions = {"preview": "settings.rules"}

    @extend_schema(request=RoutingRuleSerializer, responses=PreviewShown)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def preview(self, request: HttpRequest) -> Response:
        """Which requests of the last month would have gone to whom by a rule like this."""
        values: dict[str, Any] = self.read(RoutingRuleSerializer)
        members = values.pop("managers")
        require_managers(members)
        rule = RoutingRule(**checked(RoutingRule(), values))
        found = preview_rule(rule, members)
        return Response(
            PreviewShown(
                {
                    "seen": found.seen,
                    "decided": len(found.routed),
                    "moved": found.moved,
                    "requests": found.shown,
                }
            ).data
        )
