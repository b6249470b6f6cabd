"""Feedback over REST: rating and words are the activity's, shown here as the side's own."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from activities.feedback.models import LONGEST, Feedback
from activities.feedback.selectors import COMMENT, RATING
from advocacy.rest.serializers import Body, RowSerializer
from advocacy.tenancy.models import Membership


class FeedbackSerializer(RowSerializer):
    """How it was for one side of an activity."""

    rating = serializers.IntegerField(read_only=True, allow_null=True)
    comment = serializers.CharField(read_only=True, allow_blank=True)

    class Meta:
        model = Feedback
        fields = (
            "id",
            "activity",
            "side",
            "member",
            "state",
            "asked_at",
            "closes_at",
            "given_at",
            "rating",
            "comment",
            "again",
            "handled_at",
            "handled_by",
            "note",
        )
        read_only_fields = fields

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> Mapping[str, Any]:
        return {"rating": RATING, "comment": COMMENT}


class GiveBody(Body):
    """How it was, 1 to 5, and what came of it."""

    rating = serializers.IntegerField(min_value=1, max_value=5)
    comment = serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, default=""
    )
