"""The event log over REST, to read (API-2, AUD-1)."""

import django_filters
from django.db.models import QuerySet

from advocacy.events.models import Event
from advocacy.events.selectors import audit
from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Resource
from advocacy.rest.serializers import RowSerializer


class EventSerializer(RowSerializer):
    """One thing that happened; the payload holds ids, codes, numbers and dates only."""

    class Meta:
        model = Event
        fields = (
            "id",
            "at",
            "verb",
            "subject_type",
            "subject_id",
            "actor_kind",
            "actor",
            "actor_ref",
            "actor_label",
            "payload",
        )
        read_only_fields = fields


class EventFilter(FilterSet):
    """By verb, time and the record on whose timeline it stands."""

    record = django_filters.UUIDFilter(field_name="subjects__subject_id")
    since = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = Event
        fields = ("verb", "subject_type", "actor")


class EventResource(Resource):
    """Everything that happened (AUD-1)."""

    resource = "events"
    permissions = {"list": "audit.view", "retrieve": "audit.view"}
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_fields = ("at", "id")
    ordering = "-at"

    def get_queryset(self) -> QuerySet[Event]:
        return audit()
