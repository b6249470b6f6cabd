"""Asking how the pilot was over REST; the rest is made from the manifest (PIL-1)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import Body, MemberField
from advocates.models import Advocate
from advocates.pilot import services
from advocates.pilot.lifecycle import Decision
from advocates.pilot.models import PilotVoice


class AskBody(Body):
    """Whom to ask; who was asked already is left out."""

    advocates = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related("account", "tenant"),
        many=True,
        required=False,
    )
    members = MemberField(many=True, required=False)


class DecideBody(Body):
    """What is made of it, and who sees to it."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    owner = MemberField()
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class Asked(serializers.Serializer):
    """How many were asked by this."""

    asked = serializers.IntegerField()


class PilotVoiceApi(OfManifest):
    """With the asking."""

    queryset = PilotVoice.objects.none()
    permissions = {"ask": "settings.rules"}

    @extend_schema(request=AskBody, responses=Asked)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def ask(self, request: Request) -> Response:
        """Send each a link with three questions; only who was not asked yet."""
        found: dict[str, Any] = self.read(AskBody)
        return Response({"asked": len(services.ask_pilot(actor=self.actor, **found))})
