"""Saying that one has read a text, and who has, over REST (ENB-1)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import command
from advocacy.rest.serializers import Body
from advocates.enablement import selectors, services
from advocates.enablement.models import Material


class ReadText(serializers.Serializer):
    """A text somebody has read, and in which version."""

    material = serializers.UUIDField()
    version = serializers.IntegerField()
    at = serializers.DateTimeField()


class ReadBody(Body):
    """The version that was read."""

    version = serializers.IntegerField(min_value=1, max_value=1_000_000)


class ReaderShown(serializers.Serializer):
    """A colleague: of how many texts the version of now is read."""

    member = serializers.UUIDField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    read = ReadText(many=True)


class TeamShown(serializers.Serializer):
    """A team's progress."""

    role = serializers.CharField()
    done = serializers.IntegerField(help_text="Colleagues who have read all of it.")
    readers = ReaderShown(many=True)


class MaterialApi(OfManifest):
    """With completion."""

    queryset = Material.objects.none()
    permissions = {"complete": "enablement.view", "team": "settings.rules"}

    @command(ReadBody)
    def complete(self, row: Material, *, version: int) -> None:
        """The token's owner has read this version; 409 where another was written since."""
        services.complete_material(actor=self.actor, material=row, version=version)

    @extend_schema(responses=TeamShown(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def team(self, request: Request) -> Response:
        """Who has completed what, by team."""
        found: list[dict[str, Any]] = [
            {
                "role": team.role,
                "done": team.done,
                "readers": [
                    {
                        "member": reader.member.pk,
                        "done": reader.done,
                        "total": reader.total,
                        "read": [
                            {"material": key, "version": version, "at": at}
                            for key, (version, at) in sorted(reader.read.items())
                        ],
                    }
                    for reader in team.readers
                ],
            }
            for team in selectors.teams()
        ]
        return Response(TeamShown(found, many=True).data)
