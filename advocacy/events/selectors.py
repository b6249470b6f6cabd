"""Reading the event log; ``verification`` checks it."""

from django.db import models
from django.db.models import QuerySet

from advocacy.events.models import Event


def timeline(record: models.Model, *, limit: int = 50) -> QuerySet[Event]:
    """The newest events on a record's timeline."""
    return (
        Event.objects.filter(subjects__subject_id=record.pk)
        .select_related("actor__user")
        .order_by("-subjects__at", "-id")[:limit]
    )


def audit() -> QuerySet[Event]:
    """Every event of the tenant, newest first."""
    return Event.objects.select_related("actor__user").order_by("-at", "-id")
