"""How likely a yes is, and whether it turned out so, over REST (TIMER-1)."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.serializers import Body
from advocates.accounts.choices import Region
from advocates.models import ActivityType
from requests.forecasts.accuracy import accuracy
from requests.forecasts.history import forecast
from requests.forecasts.words import said, which


class ForecastQuery(Body):
    """Of what; an industry or region that is left out narrows nothing."""

    industry = serializers.CharField(required=False, default="", max_length=100)
    region = serializers.ChoiceField(choices=Region.choices, required=False, default="")


class ForecastSerializer(serializers.Serializer):
    """What became of like asks; without ``yes`` where they are too few to say."""

    likeness = serializers.CharField(help_text="market, industry, type, effort or all")
    asks = serializers.IntegerField(help_text="Asks that were answered or let pass.")
    needed = serializers.IntegerField(help_text="From so many on it is said how likely a yes is.")
    yes = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    minutes = serializers.IntegerField(
        allow_null=True, help_text="Half of the yeses came within so many, nights included."
    )
    text = serializers.CharField()


class BandSerializer(serializers.Serializer):
    """Asks of which a similar share of yeses was foreseen, in per cent."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()
    asks = serializers.IntegerField()
    predicted = serializers.IntegerField(allow_null=True)
    actual = serializers.IntegerField(allow_null=True, help_text="Null: too few to tell.")


class AccuracySerializer(serializers.Serializer):
    """What was said of a yes against what happened."""

    bands = BandSerializer(many=True)
    needed = serializers.IntegerField()
    asks = serializers.IntegerField()
    timed = serializers.IntegerField(help_text="Yeses for which a time had been said.")
    in_time = serializers.IntegerField(help_text="Of these, came within it; half is honest.")


class ShowsForecasts:
    """Two reads of the requests' resource, and who may."""

    reads: ClassVar[dict[str, str]] = {
        "forecast": "requests.submit",
        "forecast_accuracy": "requests.triage",
    }

    @extend_schema(
        description="How likely a yes is and how soon it comes, from the tenant's own like asks.",
        parameters=[ForecastQuery],
        responses=ForecastSerializer,
    )
    @action(
        detail=False,
        methods=["get"],
        url_path="forecast/<slug:code>",
        pagination_class=None,
        filter_backends=[],
    )
    def forecast(self, request: HttpRequest, code: str) -> Response:
        """Before somebody asks for this type (TIMER-1.a)."""
        kind = get_object_or_404(ActivityType.objects.all(), code=code)
        query = ForecastQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        market = query.validated_data
        found = forecast(kind, **market)
        text = " ".join(filter(None, (said(found), which(found, kind, **market))))
        shown: dict[str, Any] = ForecastSerializer({**_figures(found), "text": text}).data
        return Response(shown)

    @extend_schema(
        description="What was said of a yes when requests were submitted, and what happened.",
        responses=AccuracySerializer,
    )
    @action(
        detail=False,
        methods=["get"],
        url_path="forecast-accuracy",
        pagination_class=None,
        filter_backends=[],
    )
    def forecast_accuracy(self, request: HttpRequest) -> Response:
        """Held against each other (TIMER-1.c)."""
        Body(data=request.query_params.dict()).is_valid(raise_exception=True)
        return Response(AccuracySerializer(accuracy()).data)


def _figures(found: Any) -> dict[str, Any]:
    names = ("likeness", "asks", "needed", "yes", "percent", "minutes")
    return {name: getattr(found, name) for name in names}
