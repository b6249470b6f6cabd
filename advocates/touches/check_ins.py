"""Whom to check in with, without asking for anything, and by when (MSG-3)."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from advocacy import clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate, AdvocateScore
from advocates.sponsors.numbers import Care
from advocates.touches.models_of_touch import own_days
from advocates.touches.quiet import not_in_peace

#: So long after an ask a one-sided relationship is a row of its own on Today (REL-1.c).
FRESH = timedelta(days=30)


def here() -> Tenant:
    """The tenant of the scope, for its days."""
    return Tenant.objects.get(pk=current_tenant_id())


def in_tier_since(tenant: Tenant) -> Coalesce:
    """The day from which on a cadence counts: when they got their tier, else joined."""
    moment = Coalesce("standings__since", "enrolled_at", output_field=DateTimeField())
    return Coalesce(TruncDate(moment, tzinfo=tenant.zone), TruncDate("created_at"))


def with_check_in(rows: QuerySet[Advocate], tenant: Tenant) -> QuerySet[Any]:
    """People with ``check_in_on``, the day by which their tier × segment wants a check-in
    (SEG-1.c); null for those in a tier without a cadence, or in none.

    It counts from the last check-in, and from the tier where that came later: who rises is not
    overdue at once.
    """
    last = Greatest(F("scores__last_check_in"), in_tier_since(tenant))
    return rows.annotate(check_in_days=check_in_days()).annotate(
        last_check_in=F("scores__last_check_in"),
        check_in_on=ExpressionWrapper(last + F("check_in_days"), output_field=DateField()),
    )


def check_in_days() -> Any:
    """Days between check-ins: of the tier, unless the size of the company says otherwise."""
    usual = F("standings__tier__touch_days")
    own = [
        When(standings__tier__code=tier, account__segment=segment, then=Value(days))
        for (tier, segment), days in own_days().items()
    ]
    return Case(*own, default=usual, output_field=IntegerField()) if own else usual


def due_check_ins(tenant: Tenant, *, ahead: int = 0) -> QuerySet[Advocate]:
    """Whose check-in is due within so many days, or overdue."""
    today = clock.today(tenant.zone)
    found = with_check_in(not_in_peace(Advocate.objects.all(), today), tenant)
    return found.filter(check_in_on__lte=today + timedelta(days=ahead))


def check_ins_of(membership: Membership) -> QuerySet[Advocate]:
    """Those of a member's accounts; whoever runs the program has those that nobody looks after.

    Somebody who is on the same Today because the relationship only took is not on it twice.
    """
    mine = Q(account__owner=membership)
    if membership.can("advocates.enrol"):
        mine |= Q(account__owner=None) | Q(account__owner__is_active=False)
    told = AdvocateScore.objects.filter(
        advocate=OuterRef("pk"),
        one_sided=True,
        advocate__last_asked_at__gte=clock.now() - FRESH,
        advocate__account__owner=membership,
    )
    found = due_check_ins(membership.tenant, ahead=current(Care).ahead_days)
    return found.filter(mine).exclude(Exists(told)).select_related("account")
