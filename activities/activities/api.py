"""Activities over REST (API-2, ACT-1, ACT-2)."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from activities.activities import completion, offering
from activities.activities.choices import NoShowBy
from activities.activities.models import Activity
from activities.activities.unscheduled import (
    tell_waiting,
    unscheduled,
    waiting_draft,
)
from activities.duties.selectors import DutyLine, lines_of
from activities.duties.showing import ShowsDuties
from advocacy.rest.filters import BooleanFilter, FilterSet, KnownFilter
from advocacy.rest.manifests import OfManifest
from advocacy.rest.resources import Creates, command
from advocacy.rest.serializers import Body, MemberField, Moment, OptionalReason, RowSerializer
from advocacy.tenancy.models import Membership
from advocates.api import TypeField
from advocates.models import ActivityType, Advocate
from advocates.people.drafted import LONGEST_MESSAGE, LONGEST_SUBJECT
from advocates.program.ledger.choices import Origin

#: What is known of an activity only once it happened.
_HAPPENED = ("happened_at", "minutes", "advocate_rating", "advocate_comment")


class ActivitySerializer(RowSerializer):
    """An activity. Posting one logs what already happened outside the program (CAP-8), or plans
    what an advocate offered (``volunteered``, CAP-1).
    """

    advocate = serializers.PrimaryKeyRelatedField(queryset=Advocate.objects.all())
    activity_type = TypeField()
    owner = MemberField(required=False, allow_null=True)
    happened_at = Moment(
        allow_null=True,
        required=False,
        help_text="Null until it happened; logging something needs it.",
    )
    detail = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="The topic or site, where a type is limited per topic.",
    )
    volunteered = serializers.BooleanField(
        required=False,
        help_text="Offered by the advocate: planned, and takes nothing of the allowance.",
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
            "volunteered",
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
            "content_url",
            "out_on",
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
            "content_url",
            "out_on",
        )

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        offered = Q(participation__origin=Origin.VOLUNTEERED)
        return {"detail": F("participation__detail"), "volunteered": offered}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Only what happened can be logged; what was offered lies ahead."""
        if not attrs.get("volunteered"):
            if attrs.get("happened_at") is None:
                raise serializers.ValidationError({"happened_at": _("Say when it happened.")})
            return attrs
        problem = _("What was offered lies ahead: leave this out, and complete it afterwards.")
        wrong = [name for name in _HAPPENED if attrs.get(name) not in (None, "")]
        if wrong:
            raise serializers.ValidationError(dict.fromkeys(wrong, problem))
        return {name: value for name, value in attrs.items() if name not in _HAPPENED}


class ActivityFilter(FilterSet):
    """By person, type, state and time."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    account = django_filters.UUIDFilter(field_name="advocate__account_id")
    activity_type = KnownFilter("activity_type", ActivityType.objects.all())
    happened_since = django_filters.IsoDateTimeFilter(field_name="happened_at", lookup_expr="gte")
    happened_until = django_filters.IsoDateTimeFilter(field_name="happened_at", lookup_expr="lt")

    is_unscheduled = BooleanFilter(method="by_unscheduled")

    class Meta:
        model = Activity
        fields = ("state", "is_outside")

    def by_unscheduled(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Said yes to long ago, and no time yet, or not (AST-3.b)."""
        membership: Membership = self.request.auth.owner  # type: ignore[union-attr]
        waiting = Q(pk__in=unscheduled(membership.tenant).values("pk"))
        return rows.filter(waiting) if value else rows.exclude(waiting)


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


class OutBody(Body):
    """Since when it is out, and where."""

    out_on = serializers.DateField()
    content_url = serializers.URLField(max_length=500, required=False, allow_blank=True)


class ActivityReason(Body):
    """Why."""

    reason = serializers.CharField(max_length=300)


class NoShowBody(Body):
    """Who did not come."""

    by = serializers.ChoiceField(choices=NoShowBy.choices)


class TellWaitingBody(Body):
    """What is written; what is left out is the draft's, in their language."""

    subject = serializers.CharField(max_length=LONGEST_SUBJECT, required=False)
    message = serializers.CharField(max_length=LONGEST_MESSAGE, required=False)


class ActivityApi(ShowsDuties, Creates, OfManifest):
    """What advocates do for the program (ACT-1)."""

    permissions = {
        "create": "activities.log",
        "tell_waiting": "activities.view",
        "duties": "activities.view",
    }
    filterset_class = ActivityFilter
    search_fields = ("purpose", "advocate__first_name", "advocate__last_name")

    def duty_lines(self, row: Activity) -> list[DutyLine]:
        """Everything, the thank-you among it."""
        return lines_of([row]).get(row.pk, [])

    def create_row(self, *, volunteered: bool = False, **values: Any) -> Activity:
        if volunteered:
            return offering.plan_offered(actor=self.actor, **values)
        return completion.log_activity(actor=self.actor, **values)

    @command(TellWaitingBody)
    def tell_waiting(self, row: Activity, *, subject: str = "", message: str = "") -> None:
        """Write to who said yes long ago that a time is still being found."""
        drafted, letter = waiting_draft(row, self.membership)
        tell_waiting(
            actor=self.actor, activity=row, subject=subject or drafted, message=message or letter
        )


#: What each move takes; accepting takes nothing.
BODIES: dict[str, type[Body]] = {
    "schedule": ScheduleBody,
    "complete": CompleteBody,
    "decline": OptionalReason,
    "cancel": ActivityReason,
    "no_show": NoShowBody,
    "come_out": OutBody,
    "void": ActivityReason,
}
