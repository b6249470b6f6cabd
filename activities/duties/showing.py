"""Who does what about a record, over REST: a request, an activity, a piece (RSP-1.b)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from activities.duties.selectors import DutyLine
from advocates.responsibilities.steps import Step


class DutyLineSerializer(serializers.Serializer):
    """One thing that is somebody's: what, whose, by when, or since when it is done."""

    step = serializers.ChoiceField(choices=Step.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    owner = serializers.UUIDField(
        source="owner_id", allow_null=True, help_text="The member; null while it is nobody's."
    )
    owner_name = serializers.CharField(source="owner")
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="Null where it is not known before a time is booked."
    )
    done_at = serializers.DateTimeField(allow_null=True)
    duty = serializers.UUIDField(
        source="pk", allow_null=True, help_text="Its row under duties, where it has one."
    )
    about = serializers.CharField(
        help_text="Whose, where a record has several; only named to who may know."
    )


class ShowsDuties:
    """``GET`` of what is whose about one row. Declare :meth:`duty_lines`, and its permission as
    ``duties``.
    """

    duty_lines: ClassVar[Any]

    @extend_schema(
        description="Who does what about it, by when, and since when it is done (RSP-1).",
        responses=DutyLineSerializer(many=True),
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def duties(self: Any, request: Request, pk: str) -> Response:
        """In the order of the steps."""
        lines: Sequence[DutyLine] = self.duty_lines(self.get_object())
        return Response(DutyLineSerializer(lines, many=True).data)
