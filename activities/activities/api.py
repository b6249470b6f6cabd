"""Activities over REST (API-2, ACT-1, ACT-2)."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from activities.activities import completion, selectors, services
from activities.activities.choices import NoShowBy
from activities.activities.models import Activity
from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Creates, Resource, command
from advocacy.rest.serializers import Body, MemberField, Moment, OptionalReason, RowSerializer
from advocates.api import TypeField
from advocates.models import Advocate


class ActivitySerializer(RowSerializer):
    """An activity. Posting one logs what already happened outside the program (CAP-8)."""

    advocate = serializers.PrimaryKeyRelatedField(queryset=Advocate.objects.all())
    activity_type = TypeField()
    owner = MemberField(required=False, allow_null=True)
    happened_at = Moment(
        allow_null=True, help_text="Null until it happened; logging something needs it."
    )
    detail = serializers.CharField(
        max_length=100,
        required=False,
        write_only=True,
        allow_blank=True,
        help_text="The topic or site, where a type is limited per topic.",
    )

    class Meta:
        model = Activity
        fields = (
            "id",
            "advocate",
            "activity_type",
            "state",
            "purpose",
            "detail",
            "owner",
            "planned_at",
            "accepted_at",
            "scheduled_at",
            "starts_at",
            "ends_at",
            "location",
            "happened_at",
            "completed_at",
            "minutes",
            "advocate_rating",
            "advocate_comment",
            "requester_rating",
            "requester_comment",
            "ended_at",
            "end_reason",
            "no_show_by",
            "is_outside",
        )
        read_only_fields = (
            "id",
            "state",
            "planned_at",
            "accepted_at",
            "scheduled_at",
            "starts_at",
            "ends_at",
            "location",
            "completed_at",
            "requester_rating",
            "requester_comment",
            "ended_at",
            "end_reason",
            "no_show_by",
            "is_outside",
        )

    def validate_happened_at(self, moment: datetime | None) -> datetime:
        """Only what happened can be logged."""
        if moment is None:
            raise serializers.ValidationError(_("Say when it happened."))
        return moment


class ActivityFilter(FilterSet):
    """By person, type, state and time."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    account = django_filters.UUIDFilter(field_name="advocate__account_id")
    activity_type = django_filters.CharFilter(field_name="activity_type__code")
    happened_since = django_filters.IsoDateTimeFilter(field_name="happened_at", lookup_expr="gte")
    happened_until = django_filters.IsoDateTimeFilter(field_name="happened_at", lookup_expr="lt")

    class Meta:
        model = Activity
        fields = ("state", "is_outside")


class ScheduleBody(Body):
    """When and where."""

    starts_at = Moment()
    ends_at = Moment()
    location = serializers.CharField(max_length=300, required=False, allow_blank=True)


class CompleteBody(Body):
    """What happened, and how it was."""

    happened_at = Moment()
    minutes = serializers.IntegerField(required=False, allow_null=True)
    advocate_rating = serializers.IntegerField(required=False, allow_null=True)
    advocate_comment = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    requester_rating = serializers.IntegerField(required=False, allow_null=True)
    requester_comment = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class ActivityReason(Body):
    """Why."""

    reason = serializers.CharField(max_length=300)


class NoShowBody(Body):
    """Who did not come."""

    by = serializers.ChoiceField(choices=NoShowBy.choices)


class ActivityResource(Creates, Resource):
    """What advocates do for the program (ACT-1)."""

    resource = "activities"
    permissions = {
        "list": "activities.view",
        "retrieve": "activities.view",
        "create": "activities.log",
        "accept": "activities.complete",
        "schedule": "activities.complete",
        "complete": "activities.complete",
        "decline": "activities.complete",
        "cancel": "activities.complete",
        "no_show": "activities.complete",
        "void": "activities.void",
    }
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    search_fields = ("purpose", "advocate__first_name", "advocate__last_name")
    ordering_fields = ("planned_at", "id")
    ordering = "-planned_at"

    def get_queryset(self) -> QuerySet[Activity]:
        """All of them."""
        return selectors.activities()

    def create_row(self, **values: Any) -> Activity:
        """Log what happened."""
        return completion.log_activity(actor=self.actor, **values)

    @command()
    def accept(self, activity: Activity) -> None:
        """The advocate said yes."""
        services.accept_activity(actor=self.actor, activity=activity)

    @command(ScheduleBody)
    def schedule(self, activity: Activity, **values: Any) -> None:
        """Book a time, or another one; double booking is refused (FUL-1)."""
        services.schedule_activity(actor=self.actor, activity=activity, **values)

    @command(CompleteBody)
    def complete(self, activity: Activity, **values: Any) -> None:
        """It happened: unit, tier, thank-you and request follow at once (ACT-2)."""
        completion.complete_activity(actor=self.actor, activity=activity, **values)

    @command(OptionalReason)
    def decline(self, activity: Activity, *, reason: str) -> None:
        """The advocate would rather not; the unit is given back."""
        services.decline_activity(actor=self.actor, activity=activity, reason=reason)

    @command(ActivityReason)
    def cancel(self, activity: Activity, *, reason: str) -> None:
        """Call it off; the unit is given back."""
        services.cancel_activity(actor=self.actor, activity=activity, reason=reason)

    @command(NoShowBody)
    def no_show(self, activity: Activity, *, by: str) -> None:
        """Somebody did not come (ACT-4)."""
        services.mark_no_show(actor=self.actor, activity=activity, by=by)

    @command(ActivityReason)
    def void(self, activity: Activity, *, reason: str) -> None:
        """Take back a completion that was recorded in error (TIER-7)."""
        completion.void_activity(actor=self.actor, activity=activity, reason=reason)
