"""Reading candidates, their scores, and who was put aside (IDN-1)."""

from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from advocacy.tenancy.models import Membership
from advocates.models import Advocate, AdvocateScore, Dismissal
from advocates.people.choices import AdvocateStatus


def listed_dismissals(membership: Membership) -> QuerySet[Dismissal]:
    """Every dismissal, the newest first."""
    return Dismissal.objects.select_related(
        "advocate__account__owner__user", "account", "dismissed_by__user"
    )


def put_aside() -> Q:
    """People among the candidates whom somebody put aside, and nothing changed since."""
    away = Dismissal.objects.filter(advocate=OuterRef("pk"), state="away")
    return Q(Exists(away), status=AdvocateStatus.CANDIDATE)


def with_score(people: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``score`` and ``incomplete``; nothing was worked out yet of a new one."""
    scored: QuerySet[Any] = people.annotate(
        # Coalesce says to who pages through it that it is never NULL.
        score=Coalesce(F("scores__score"), Value(0), output_field=IntegerField()),
        incomplete=F("scores__incomplete"),
    )
    return scored


def score_of(advocate: Advocate) -> AdvocateScore | None:
    """What the statement found of somebody; ``None`` before it ran."""
    return AdvocateScore.objects.filter(advocate=advocate).first()


def last_dismissal(advocate: Advocate) -> Dismissal | None:
    """The newest, for what is remembered."""
    found = Dismissal.objects.select_related("dismissed_by__user").filter(advocate=advocate)
    return found.order_by("-created_at", "-id").first()
