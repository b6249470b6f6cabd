"""Where people stood at an earlier moment, as the log says (MET-1.a)."""

from collections import Counter
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from advocacy.events.models import EventSubject
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus

#: What moves somebody is told of the person, their nomination or their invitation.
_SUBJECTS = ("advocate.", "nomination.", "program_invitation.")


def stood_at(until: datetime) -> dict[UUID, str]:
    """Who moved since a moment, with the status they had at it: that from which they moved first.

    Whoever is not in it stands where they stood.
    """
    told = reduce(or_, (Q(event__verb__startswith=each) for each in _SUBJECTS))
    moves = EventSubject.objects.filter(
        told,
        subject_type=Advocate._meta.label_lower,
        at__gte=until,
        event__payload__before__in=list(AdvocateStatus.values),
    )
    first = moves.order_by("subject_id", "at", "event_id").distinct("subject_id")
    return dict(first.values_list("subject_id", KeyTextTransform("before", "event__payload")))


def statuses_at(people: QuerySet[Advocate], until: datetime) -> Counter[str]:
    """How many of some people stood at each status at a moment; who was not known yet is left
    out.
    """
    known = people.filter(created_at__lt=until).order_by()
    counted = Counter[str](dict(known.values_list("status").annotate(n=Count("pk"))))
    then = stood_at(until)
    for pk, status in known.filter(pk__in=then).values_list("pk", "status"):
        counted[status] -= 1
        counted[then[pk]] += 1
    return counted
