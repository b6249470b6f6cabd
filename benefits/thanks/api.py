"""Thank-yous over REST (API-2, THX-1 to THX-3)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from advocacy.rest.filters import FilterSet
from advocacy.rest.manifests import moves_of
from advocacy.rest.resources import Resource
from advocacy.rest.serializers import Body, MemberField, Moment, RowSerializer
from benefits.thanks import selectors, services
from benefits.thanks.choices import ThankYouChannel
from benefits.thanks.lifecycle import THANK_YOU
from benefits.thanks.models import ThankYou


class ThankYouSerializer(RowSerializer):
    """The duty to thank an advocate, and what became of it."""

    class Meta:
        model = ThankYou
        fields = (
            "id",
            "activity",
            "advocate",
            "kind",
            "effort",
            "owner",
            "state",
            "happened_at",
            "opened_at",
            "due_at",
            "channel",
            "personal_line",
            "message",
            "done_at",
            "done_by",
            "reopened_at",
        )
        read_only_fields = fields


class ThankYouFilter(FilterSet):
    """By person, activity, state and due time."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    activity = django_filters.UUIDFilter(field_name="activity_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")
    due_before = django_filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt")

    class Meta:
        model = ThankYou
        fields = ("state", "kind", "effort")


class SendBody(Body):
    """A line of one's own, else the one that was prepared; the rest is the draft's unless given."""

    personal_line = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    subject = serializers.CharField(max_length=300, required=False, allow_blank=True)
    opening = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    closing = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class PrepareBody(Body):
    """The line of an executive's note."""

    personal_line = serializers.CharField(max_length=2000)


#: How somebody can be thanked without us.
BY_HAND = (
    (ThankYouChannel.CALL, ThankYouChannel.CALL.label),
    (ThankYouChannel.NOTE, ThankYouChannel.NOTE.label),
)


class DoneBody(Body):
    """How and when it was said."""

    channel = serializers.ChoiceField(choices=BY_HAND)
    at = Moment()
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class OwnerBody(Body):
    """Who thanks."""

    owner = MemberField()


_Moves: Any = moves_of(
    THANK_YOU,
    subject="thank_you",
    services={
        "send": services.send_thank_you,
        "prepare": services.prepare_note,
        "mark_done": services.mark_thanked,
        "reassign": services.reassign_thank_you,
    },
    bodies={
        "send": SendBody,
        "prepare": PrepareBody,
        "mark_done": DoneBody,
        "reassign": OwnerBody,
    },
    undo="thanks.send",
)


class ThankYouResource(_Moves, Resource):
    """Whom to thank, until when: everybody's to the program, to others their own (THX-1)."""

    resource = "thank-yous"
    permissions = {"list": "thanks.view", "retrieve": "thanks.view"}
    queryset = ThankYou.objects.none()  # for the schema, which is made for nobody in particular
    serializer_class = ThankYouSerializer
    filterset_class = ThankYouFilter
    ordering_fields = ("due_at", "id")
    ordering = "due_at"

    def get_queryset(self) -> QuerySet[ThankYou]:
        return selectors.visible_thank_yous(self.membership)
