"""Reading the wall: what may stand there now, whatever its row says (BEN-8.a)."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from advocacy.tenancy.models import Membership
from advocates.changes import tenant_today
from advocates.models import Advocate, Consent
from advocates.people.choices import ENROLLED, ConsentUse
from benefits.recognition.lifecycle import WallState
from benefits.recognition.models import Recognition

#: So many stand on somebody's own page.
_SHOWN = 60


def listed_recognitions(membership: Membership) -> QuerySet[Recognition]:
    """Drafts, what is on the wall, what was taken down."""
    return Recognition.objects.select_related(
        "tenant", "advocate__account__owner__user", "advocate__tenant", "created_by__user"
    )


def with_leave(rows: QuerySet[Recognition]) -> QuerySet[Any]:
    """Each with ``has_leave`` (the person's), ``has_company`` (where the company is named and its
    policy asks) and ``is_in`` (they are in the program), as of today.
    """
    own, employer = _holds(ConsentUse.RECOGNITION), _holds(ConsentUse.EMPLOYER).filter(scope=[])
    free = Q(names_company=False) | ~Q(advocate__account__speaking_needs_approval=True)
    return rows.annotate(
        has_leave=Exists(own),
        has_company=Q(free | Exists(employer)),
        is_in=Q(advocate__status__in=ENROLLED, advocate__erased_at__isnull=True),
    )


def published() -> QuerySet[Any]:
    """What says it is on the wall, with what it rests on."""
    return with_leave(Recognition.objects.filter(state=WallState.PUBLISHED))


def on_the_wall() -> list[Recognition]:
    """What everybody in the program reads, the newest period first; nothing whose leave has ended,
    even before its row says so.
    """
    rows = published().filter(has_leave=True, has_company=True, is_in=True)
    return list(
        rows.select_related("advocate__account").order_by("-period_on", "-published_at", "pk")[
            :_SHOWN
        ]
    )


def about(advocate: Advocate) -> list[Recognition]:
    """What is written about somebody and they can say something about: drafts, and what is on the
    wall.
    """
    rows = Recognition.objects.filter(
        advocate=advocate, state__in=[WallState.DRAFT, WallState.PUBLISHED]
    )
    return list(rows.order_by("-period_on", "pk"))


def _holds(use: ConsentUse) -> QuerySet[Consent]:
    today = tenant_today()
    return Consent.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today),
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
        advocate=OuterRef("advocate"),
        use=use,
        given_on__lte=today,
    )
