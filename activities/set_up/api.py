"""Set-ups over REST (FUL-4)."""

from typing import Any

from django.db.models import F
from rest_framework import serializers

from activities.set_up.models import SetUp
from advocacy.rest.serializers import Line, MemberField, Moment, RowSerializer
from advocacy.tenancy.models import Membership


class Place(Line):
    """The booking's own."""

    def get_attribute(self, instance: Any) -> str:
        """Where it takes place."""
        found: str = instance.activity.location
        return found


class SetUpSerializer(RowSerializer):
    """What has to work when something booked begins; ``location`` is the booking's."""

    activity: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    location = Place(max_length=300, required=False, allow_blank=True)
    tester = MemberField(required=False, allow_null=True)
    test_by = Moment(required=False, allow_null=True)

    class Meta:
        model = SetUp
        fields = (
            "id",
            "activity",
            "location",
            "needs_place",
            "is_recorded",
            "consent",
            "equipment",
            "shared_tool",
            "needs_test",
            "tester",
            "test_by",
            "recording_url",
            "recording_at",
        )
        read_only_fields = ("id", "activity", "recording_at")

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        return {"location": F("activity__location")}
