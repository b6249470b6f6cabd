"""Reading the event log; ``verification`` checks it."""

from typing import Literal

from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from advocacy.events.models import Event
from advocacy.tenancy.scope import current_tenant_id

#: Everything, only what is about its own app's records, or only what is about others'.
Which = Literal["all", "own", "others"]


def timeline(record: models.Model, *, which: Which = "all", limit: int = 50) -> QuerySet[Event]:
    """The newest events on a record's timeline, and on those of records that became part of it."""
    # Ids as one list: of an OR no index could make anything.
    ids = RawSQL(
        "SELECT %s::uuid UNION ALL SELECT gone_id FROM tenancy_mergedrecord"
        " WHERE tenant_id = %s AND into_id = %s",
        [record.pk, current_tenant_id(), record.pk],
    )
    events = Event.objects.filter(subjects__subject_id__in=ids)
    own = models.Q(subject_type__startswith=f"{record._meta.app_label}.")
    if which != "all":
        events = events.filter(own if which == "own" else ~own)
    return events.select_related("actor__user").order_by("-subjects__at", "-id")[:limit]


def audit() -> QuerySet[Event]:
    """Every event of the tenant, newest first."""
    return Event.objects.select_related("actor__user").order_by("-at", "-id")
