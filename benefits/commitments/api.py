"""What is promised against what there is, over REST (BEN-10.a)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.serializers import Body
from benefits.catalogue.models import Benefit
from benefits.commitments.counting import commitments, promises, the_quarters
from benefits.commitments.shortages import shortages_of


def _money(text: str) -> Any:
    return serializers.DecimalField(max_digits=14, decimal_places=2, help_text=text)


class CommitmentLine(serializers.Serializer):
    """One benefit in one quarter."""

    benefit = serializers.UUIDField(source="benefit.pk")
    name = serializers.CharField(source="benefit.name")
    promised = serializers.IntegerField(help_text="Still to be delivered in the quarter.")
    by_tier = serializers.IntegerField(help_text="Of these entitlements of a tier.")
    by_hand = serializers.IntegerField(help_text="Of these given by a colleague.")
    prizes = serializers.IntegerField(help_text="Of these redeemed for points.")
    taken = serializers.IntegerField(help_text="Of these approved: out of the stock already.")
    stock = serializers.IntegerField(
        allow_null=True, help_text="When the quarter begins; null where it is not counted."
    )
    delivered = serializers.IntegerField(help_text="So far in the quarter.")
    past = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Delivered in each of the four quarters before this one, the oldest first.",
    )
    short_of_stock = serializers.IntegerField()
    beyond_pace = serializers.IntegerField(
        help_text="More than were delivered in the best of these quarters."
    )


class CommitmentFund(serializers.Serializer):
    """What promises cost a budget that have not been taken from it yet."""

    budget = serializers.UUIDField(source="budget.pk")
    name = serializers.CharField(source="budget.name")
    left = _money("When the quarter begins.")
    promised = _money("What the quarter's promises cost.")
    short = _money("How much is missing.")


class CommitmentsSerializer(serializers.Serializer):
    """One quarter; what is short stands first."""

    starts_on = serializers.DateField(source="quarter.starts_on")
    ends_on = serializers.DateField(source="quarter.ends_on")
    lines = CommitmentLine(many=True)
    funds = CommitmentFund(many=True)
    unfunded = _money("What is promised to people for whom no budget holds.")
    short = serializers.SerializerMethodField(help_text="What is short, in words.")

    def get_short(self, found: Any) -> list[str]:
        return [each.text for each in shortages_of(found).values()]


class PromisesQuery(Body):
    """Of what, and when."""

    benefit = serializers.PrimaryKeyRelatedField(
        queryset=Benefit.objects.all(),
        required=False,
        default=None,
        help_text="All of them, unless said otherwise.",
    )
    quarter = serializers.ChoiceField(
        choices=["this", "next"], required=False, default="this", help_text="This, or the next."
    )


class PromiseSerializer(serializers.Serializer):
    """One row behind a number; ``grant`` where there is one already."""

    benefit = serializers.UUIDField(source="benefit_id")
    advocate = serializers.UUIDField(source="advocate_id")
    due_on = serializers.DateField()
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="`tier`, `hand` or `prize`."
    )
    is_taken = serializers.BooleanField()
    grant = serializers.UUIDField(source="grant_id", allow_null=True)


class ShowsCommitments:
    """What the grants' resource says of everything that is promised."""

    permissions: ClassVar[Mapping[str, str]] = {
        "commitments": "commitments.view",
        "promises": "commitments.view",
    }

    @extend_schema(responses=CommitmentsSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def commitments(self, request: Request) -> Response:
        """What is promised for this quarter and the next, against stock, budgets and what was
        delivered before.
        """
        return Response(CommitmentsSerializer(commitments(), many=True).data)

    @extend_schema(parameters=[PromisesQuery], responses=PromiseSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def promises(self, request: Request) -> Response:
        """The rows behind what is promised, the soonest first; at most 200."""
        query = PromisesQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        this, then = the_quarters()
        quarter = then if query.validated_data["quarter"] == "next" else this
        rows = promises(query.validated_data["benefit"], quarter)
        return Response(PromiseSerializer(rows, many=True).data)
