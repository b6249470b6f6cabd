"""The question whether a slot took place, over REST (ACT-4.a)."""

from rest_framework import serializers

from activities.slot_checks.lifecycle import Says
from activities.slot_checks.models import SlotCheck
from advocacy.rest.serializers import Body, RowSerializer


class SlotCheckSerializer(RowSerializer):
    """Whether one booked slot took place, and what each side says of it."""

    class Meta:
        model = SlotCheck
        fields = (
            "id",
            "activity",
            "requester",
            "starts_at",
            "ends_at",
            "state",
            "asked_at",
            "weigh_at",
            "advocate_says",
            "advocate_said_at",
            "requester_says",
            "requester_said_at",
            "came_out",
            "settled_at",
        )
        read_only_fields = fields


class SlotAnswerBody(Body):
    """What became of it."""

    says = serializers.ChoiceField(choices=Says.choices)
