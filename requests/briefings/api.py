"""Briefings over REST: read whole, and said to be done (FUL-2)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import command
from requests.briefings import services
from requests.briefings.contents import sheet_of
from requests.briefings.models import Briefing


class BriefingFact(serializers.Serializer):
    """A name and a value."""

    name = serializers.CharField()
    value = serializers.CharField()


class BriefingSection(serializers.Serializer):
    """A part of a briefing: names and values, or lines."""

    code = serializers.CharField()
    heading = serializers.CharField()
    facts = BriefingFact(many=True)
    lines = serializers.ListField(child=serializers.CharField())


class BriefingSheet(serializers.Serializer):
    """A briefing as its reader gets it, in their language."""

    language = serializers.CharField()
    sections = BriefingSection(many=True)


class BriefingApi(OfManifest):
    """With the whole text, and the press that says it is done."""

    queryset = Briefing.objects.none()
    permissions = {"sheet": "requests.view", "confirm": "requests.view"}

    @extend_schema(responses=BriefingSheet)
    @action(detail=True, methods=["get"])
    def sheet(self, request: HttpRequest, pk: str) -> Response:
        """What its reader gets: written texts, and what is made where nothing was written."""
        found = sheet_of(self.get_object())
        sections: list[dict[str, Any]] = [
            {
                "code": each.code,
                "heading": each.heading,
                "facts": [{"name": name, "value": str(value)} for name, value in each.facts],
                "lines": each.lines,
            }
            for each in found.sections
        ]
        body = {"language": found.language, "sections": sections}
        return Response(BriefingSheet(body).data)

    @command()
    def confirm(self, row: Briefing) -> None:
        """That side was briefed, before the call."""
        services.confirm_briefing(actor=self.actor, briefing=row)
