"""The set-up guide over REST: how far the program is, and its steps (ACT-3, PIL-1)."""

from typing import Any

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.families import RULES, SettingsView
from advocacy.rest.serializers import Body
from advocates.models import ActivityType
from advocates.pilot import services as pilot
from advocates.program.catalogue.maturity import next_types, not_running, running_types
from advocates.responsibilities.selectors import program
from reporting.guide.months import facts_of, months_of
from reporting.guide.steps import steps_for


class StepShown(serializers.Serializer):
    """One step of the foundation."""

    code = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    done = serializers.BooleanField()


class ProgressShown(serializers.Serializer):
    """How many of how many."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.IntegerField()
    goal = serializers.IntegerField()


class MonthShown(serializers.Serializer):
    """One of the three months."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    progress = ProgressShown(many=True)
    done = serializers.BooleanField()


class GuideShown(serializers.Serializer):
    """How far the program is."""

    month = serializers.IntegerField()
    steps = StepShown(many=True)
    months = MonthShown(many=True)
    not_running = serializers.ListField(
        child=serializers.CharField(), help_text="Must-haves of which none was completed lately."
    )
    proposed = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of types that could be switched on next."
    )
    warnings = serializers.ListField(
        child=serializers.CharField(), help_text="What speaks against the third month."
    )


class GoOnBody(Body):
    """Which month begins; ``anyway`` passes the warning about open decisions."""

    month = serializers.IntegerField(min_value=2, max_value=3)
    anyway = serializers.BooleanField(required=False, default=False)


class GuideView(SettingsView):
    """The guide."""

    operations = "settings_setup"
    permissions = dict.fromkeys(("retrieve", "go_on", "choose_types"), RULES)

    @extend_schema(responses=GuideShown)
    def retrieve(self, request: Request) -> Response:
        """Steps, months with their progress, and what could come next."""
        return Response(self._show())

    @extend_schema(request=GoOnBody, responses=GuideShown)
    def go_on(self, request: Request) -> Response:
        """Begin the next month."""
        pilot.go_on(actor=self.actor, **self.read(GoOnBody))
        return Response(self._show())

    @extend_schema(request=None, responses=GuideShown)
    def choose_types(self, request: Request) -> Response:
        """What may be asked for is right as it is."""
        self.read(None)
        pilot.choose_types(actor=self.actor)
        return Response(self._show())

    def _show(self) -> Any:
        kinds, running = list(ActivityType.objects.all()), running_types()
        member = self.membership
        warning = pilot.open_decisions()
        return GuideShown(
            {
                "month": program().month,
                "steps": steps_for(member),
                "months": months_of(facts_of(kinds, running)),
                "not_running": [kind.code for kind in not_running(kinds, running)],
                "proposed": [kind.code for kind in next_types(kinds, running).kinds],
                "warnings": [warning] if warning else [],
            }
        ).data


def urlpatterns() -> list[URLPattern]:
    """The addresses."""
    here = "settings/setup/"
    return [
        path(here, GuideView.as_view({"get": "retrieve"}), name="settings-setup"),
        path(f"{here}go-on/", GuideView.as_view({"post": "go_on"}), name="settings-setup-go-on"),
        path(
            f"{here}choose-types/",
            GuideView.as_view({"post": "choose_types"}),
            name="settings-setup-choose-types",
        ),
    ]
