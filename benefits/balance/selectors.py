"""Reading the balances (BEN-6.a)."""

from datetime import timedelta

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from benefits.balance.models import ValueBalance
from benefits.balance.numbers import Balancing
from benefits.grants.lifecycle import LIVE
from benefits.grants.models import Grant


def listed_balances(membership: Membership) -> QuerySet[ValueBalance]:
    """Those of who is in the program."""
    return ValueBalance.objects.select_related(
        "tenant",
        "advocate__account__owner__user",
        "advocate__account__tenant",
        "advocate__tenant",
    ).filter(advocate__status__in=sorted(ENROLLED))


def balance_of(advocate: Advocate) -> ValueBalance | None:
    """As it was worked out last; None of who neither gave nor got anything."""
    return ValueBalance.objects.select_related("tenant").filter(advocate=advocate).first()


def under_appreciated() -> Exists:
    """Of some people, to whom less than the line came back; in the program only."""
    return Exists(ValueBalance.objects.filter(advocate=OuterRef("pk"), is_under=True))


def to_appreciate(membership: Membership) -> QuerySet[ValueBalance]:
    """Who came off badly at the member's own accounts, and for a program manager where nobody
    looks after one; after some days, since thanks come first, and not while something is on its
    way. A few at a time, who waits longest first; each with ``due``.
    """
    numbers = current(Balancing)
    mine = Q(advocate__account__owner=membership)
    if membership.role == Role.PROGRAM_MANAGER:
        mine |= Q(advocate__account__owner__isnull=True)
    lately = Grant.objects.filter(
        advocate=OuterRef("advocate"),
        state__in=LIVE,
        entitlement__isnull=True,
        created_at__gte=clock.now() - timedelta(days=numbers.rest_days),
    )
    long_ago = clock.now() - timedelta(days=numbers.wait_days)
    waiting = listed_balances(membership).filter(
        mine, ~Exists(lately), is_under=True, under_since__lte=long_ago
    )
    first = waiting.order_by("under_since", "pk").values("pk")[: numbers.on_today]
    by = F("under_since") + Value(timedelta(days=numbers.wait_days + numbers.react_days))
    return (
        listed_balances(membership)
        .filter(pk__in=first)
        .annotate(due=ExpressionWrapper(by, output_field=DateTimeField()))
    )
