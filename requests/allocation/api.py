"""The allocation of all open requests over REST (MAT-4)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.serializers import Body, Day
from requests.allocation.plan import Plan, Priority, make_plan
from requests.allocation.services import send_plan


class ProposedAdvocateSerializer(serializers.Serializer):
    """Somebody for a request, with the fit and what makes it."""

    advocate = serializers.UUIDField(source="advocate.pk")
    name = serializers.CharField(source="advocate.name")
    account = serializers.UUIDField(source="account.pk")
    account_name = serializers.CharField(source="account.name")
    fit = serializers.IntegerField(source="score", help_text="0 to 100")
    why = serializers.SerializerMethodField(help_text="What fits, in words.")

    def get_why(self, found: Any) -> list[str]:
        return [str(chip.text) for chip in found.short_chips if chip.verdict == "fit"]


class AllocationLineSerializer(serializers.Serializer):
    """One request: who is proposed, and who would be asked first come, first served."""

    request = serializers.UUIDField(source="request.pk")
    reference = serializers.CharField(source="request.reference")
    needed_by = Day(source="request.needed_by")
    priority = serializers.SerializerMethodField(
        help_text="rush, late, nearly_late or usual, in the order in which places are filled."
    )
    places = serializers.IntegerField(help_text="Without a yes or an ask that waits.")
    missing = serializers.IntegerField(help_text="Of these, for how many nobody is left.")
    proposed = ProposedAdvocateSerializer(source="chosen", many=True)
    first_come = ProposedAdvocateSerializer(many=True)

    def get_priority(self, line: Any) -> str:
        return str(Priority(line.priority).name.lower())


class AllocationOutcomeSerializer(serializers.Serializer):
    """What an allocation reaches."""

    filled = serializers.IntegerField(help_text="Places that get an ask.")
    urgent = serializers.IntegerField(help_text="Of these, of a priority above the usual.")
    fit = serializers.IntegerField(help_text="The sum of all fits.")


class SparedAdvocateSerializer(serializers.Serializer):
    """Somebody who would be asked first come, first served, and is not asked by the plan."""

    advocate = serializers.UUIDField(source="pk")
    name = serializers.CharField()


class AllocationSerializer(serializers.Serializer):
    """A proposal for all open requests; give its fingerprint to send it."""

    fingerprint = serializers.CharField()
    later = serializers.IntegerField(
        help_text="Less urgent open requests that are not looked at this time."
    )
    held = serializers.ListField(
        child=serializers.UUIDField(),
        source="held_ids",
        help_text="Open requests that wait for approval, and are left out.",
    )
    places = serializers.IntegerField()
    gets = AllocationOutcomeSerializer()
    first_come = AllocationOutcomeSerializer()
    spared = SparedAdvocateSerializer(many=True)
    lines = AllocationLineSerializer(many=True)


class AllocationBody(Body):
    """Which plan is meant."""

    fingerprint = serializers.CharField(
        max_length=64, help_text="As the plan that was read says it."
    )


class SentAllocationSerializer(serializers.Serializer):
    """The asks that went out."""

    asks = serializers.ListField(child=serializers.UUIDField())


class ShowsAllocation:
    """What the requests' resource says of all of them at once."""

    reads: ClassVar[dict[str, str]] = {
        "allocation": "requests.triage",
        "send_allocation": "requests.triage",
    }
    actor: Any
    read: Any

    @extend_schema(
        description="Who is proposed for which open request: the most places by priority, then the"
        " greatest total fit, at most one ask an advocate, under every rule of capacity (MAT-4).",
        responses=AllocationSerializer,
    )
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def allocation(self, request: HttpRequest) -> Response:
        """Propose it; nothing is sent or kept."""
        found: Plan = make_plan()
        return Response(AllocationSerializer(found).data)

    @extend_schema(
        description="Send the plan of this fingerprint, all of it or nothing: 409 `plan_changed`"
        " where it is another one by now (MAT-4).",
        request=AllocationBody,
        responses={201: SentAllocationSerializer},
    )
    @allocation.mapping.post
    def send_allocation(self, request: HttpRequest) -> Response:
        """Ask everybody it proposes."""
        sent = send_plan(actor=self.actor, **self.read(AllocationBody))
        return Response(
            SentAllocationSerializer({"asks": [ask.pk for ask in sent]}).data, status=201
        )
