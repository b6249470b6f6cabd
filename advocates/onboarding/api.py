"""First steps over REST, as parts of an advocate (ENR-2)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.resources import command
from advocacy.rest.serializers import Body
from advocates.models import Advocate
from advocates.onboarding.models import Step
from advocates.onboarding.selectors import first_steps_of
from advocates.onboarding.services import tick_step, untick_step


class StepBody(Body):
    """Which step."""

    step = serializers.ChoiceField(choices=Step.choices)


class StepSerializer(serializers.Serializer):
    """One step: done since when, how one knows, and whether somebody ticked it."""

    code = serializers.ChoiceField(choices=Step.choices)
    done = serializers.BooleanField()
    at = serializers.DateField(allow_null=True)
    how = serializers.CharField()
    by_hand = serializers.BooleanField()


class FirstStepsSerializer(serializers.Serializer):
    """The checklist, and the days to the first activity."""

    steps = StepSerializer(many=True, source="lines")
    first_activity_at = serializers.DateTimeField(source="first_at", allow_null=True)
    days_from_invitation = serializers.IntegerField(source="from_invitation", allow_null=True)
    days_from_enrolment = serializers.IntegerField(source="from_enrolment", allow_null=True)


class FirstStepActions:
    """To mix into the advocates' viewset."""

    permissions: ClassVar[dict[str, str]] = {
        "onboarding": "advocates.view",
        "tick_step": "advocates.edit",
        "untick_step": "advocates.edit",
    }

    @extend_schema(
        description="First steps of somebody in the program, and the days to the first activity"
        " (ENR-2).",
        responses=FirstStepsSerializer,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def onboarding(self, request: Request, pk: str) -> Response:
        """Show them."""
        found = first_steps_of(self.get_object())  # type: ignore[attr-defined]
        return Response(FirstStepsSerializer(found).data)

    @command(StepBody)
    def tick_step(self: Any, advocate: Advocate, *, step: str) -> None:
        """Say that a first step is done which no fact shows (ENR-2)."""
        tick_step(actor=self.actor, advocate=advocate, step=step)

    @command(StepBody)
    def untick_step(self: Any, advocate: Advocate, *, step: str) -> None:
        """It was ticked in error (ENR-2)."""
        untick_step(actor=self.actor, advocate=advocate, step=step)
