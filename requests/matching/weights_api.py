"""The weights of single types over REST, below the settings of requests (MAT-1, SET-1.j)."""

from typing import Any

from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.families import RULES, MovedPeople, SettingsView
from advocacy.rest.serializers import Body
from advocacy.rest.versions import IF_MATCH, require_version, versioned, wants_version
from advocates.models import ActivityType
from requests.matching.criteria import CRITERIA, weights_for
from requests.matching.settings import MOST
from requests.matching.weights import preview_weights, reset_weights, save_weights
from requests.models import MatchingWeights


def _weight(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=MOST, **more)


#: Points of each criterion; what is not given stays as it counts now.
WeightsBody = type(
    "WeightsBody",
    (Body,),
    {
        **{name: _weight(required=False) for name in CRITERIA},
        "__doc__": "Points of each criterion; what is not given stays as it counts now.",
    },
)
TypeWeights = type(
    "TypeWeights",
    (serializers.Serializer,),
    {
        "type": serializers.CharField(help_text="The code of the activity type."),
        "own": serializers.BooleanField(help_text="Whether the type has weights of its own."),
        **{name: _weight() for name in CRITERIA},
        "__doc__": "How much each criterion counts for requests of a type.",
    },
)


def _shown(kind: ActivityType, row: MatchingWeights | None, general: dict[str, int]) -> Any:
    points = {name: getattr(row, name) for name in CRITERIA} if row else general
    return TypeWeights({"type": kind.code, "own": row is not None, **points}).data


class AllTypeWeights(SettingsView):
    """Every type with what counts for it."""

    operations = "settings_weights"
    permissions = {"list": RULES}

    @extend_schema(operation_id="settings_weights_list", responses=TypeWeights(many=True))
    def list(self, request: Request) -> Response:
        """What counts for every type: its own weights, else those of all."""
        rows = {row.activity_type_id: row for row in MatchingWeights.objects.all()}
        general = weights_for(None)
        kinds = ActivityType.objects.order_by("position", "name")
        return Response([_shown(kind, rows.get(kind.pk), general) for kind in kinds])


class OneTypeWeights(SettingsView):
    """The weights of one type."""

    operations = "settings_weights"
    permissions = dict.fromkeys(("retrieve", "partial_update", "preview", "destroy"), RULES)

    @extend_schema(responses=TypeWeights)
    def retrieve(self, request: Request, code: str) -> Response:
        """What counts for the type now."""
        return versioned(self._show(self._kind(code)))

    @extend_schema(parameters=[IF_MATCH], request=WeightsBody, responses=TypeWeights)
    def partial_update(self, request: Request, code: str) -> Response:
        """Give the type weights of its own."""
        kind = self._kind(code)
        if wants_version(request, f"settings:weights:{code}"):
            require_version(request, self._show(kind))
        save_weights(actor=self.actor, weights=self.read(WeightsBody), activity_type=kind)
        return versioned(self._show(kind))

    @extend_schema(request=WeightsBody, responses=MovedPeople(many=True))
    def preview(self, request: Request, code: str) -> Response:
        """Whom these weights would make a good fit for the open requests, or none any more."""
        moved = preview_weights(
            actor=self.actor, weights=self.read(WeightsBody), activity_type=self._kind(code)
        )
        return Response(MovedPeople(moved, many=True).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, code: str) -> Response:
        """Let the type follow the weights of all types again."""
        self.read(None)
        reset_weights(actor=self.actor, activity_type=self._kind(code))
        return Response(status=204)

    def _kind(self, code: str) -> ActivityType:
        found = ActivityType.objects.filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def _show(self, kind: ActivityType) -> Any:
        row = MatchingWeights.objects.filter(activity_type=kind).first()
        return _shown(kind, row, weights_for(None))


def urlpatterns() -> list[URLPattern]:
    """The addresses."""
    here, one = "settings/requests/weights/", OneTypeWeights
    return [
        path(here, AllTypeWeights.as_view({"get": "list"}), name="settings-weights"),
        path(
            f"{here}<slug:code>/",
            one.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
            name="settings-type-weights",
        ),
        path(
            f"{here}<slug:code>/preview/",
            one.as_view({"post": "preview"}),
            name="settings-type-weights-preview",
        ),
    ]
