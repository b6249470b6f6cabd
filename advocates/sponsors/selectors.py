"""Who sponsors whom, when they were last in touch and by when they are to be again (SPN-1)."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from advocacy import clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate, Touch
from advocates.people.choices import ENROLLED
from advocates.sponsors.numbers import Care
from advocates.touches.check_ins import in_tier_since
from advocates.touches.models import TouchKind
from advocates.touches.quiet import not_in_peace

#: A sponsor who left the company, or never was, looks after nobody.
SPONSORED = Q(
    executive_sponsor__isnull=False,
    executive_sponsor__is_active=True,
    executive_sponsor__user__is_active=True,
)


def tiers_with_sponsors() -> Q:
    """People in a tier that has a cadence of sponsors."""
    return Q(standings__tier__code__in=sorted(current(Care).by_tier))


def with_sponsor_due(rows: QuerySet[Advocate], tenant: Tenant) -> QuerySet[Any]:
    """People with ``sponsor_every`` (days), ``sponsor_last`` (when the sponsor was last in touch)
    and ``sponsor_on`` (by when to be again); null where there is no cadence or nobody.

    Any word of the sponsor's own counts that was not about an ask. It counts from the day the
    sponsor was named, or from the tier where that came later.
    """
    words = Touch.objects.filter(
        advocate=OuterRef("pk"),
        by=OuterRef("executive_sponsor"),
        kind__in=[TouchKind.EXECUTIVE, TouchKind.CHECK_IN],
        about_ask=False,
    ).order_by("-happened_on", "-id")
    of_tier = Case(
        *(
            When(standings__tier__code=code, then=Value(days))
            for code, days in current(Care).by_tier.items()
        ),
        default=Value(None),
        output_field=IntegerField(),
    )
    began = Greatest(F("sponsored_since"), in_tier_since(tenant))
    return rows.annotate(
        sponsor_every=Coalesce(F("sponsor_days"), of_tier, output_field=IntegerField()),
        sponsor_last=Subquery(words.values("happened_on")[:1]),
        sponsor_on=Case(
            When(
                SPONSORED,
                then=ExpressionWrapper(
                    Greatest(F("sponsor_last"), began) + F("sponsor_every"),
                    output_field=DateField(),
                ),
            ),
            default=Value(None),
            output_field=DateField(),
        ),
    )


def sponsored_by(membership: Membership) -> QuerySet[Advocate]:
    """Whom a member sponsors and is to be in touch with soon, or should have been."""
    today = clock.today(membership.tenant.zone)
    rows = not_in_peace(Advocate.objects.filter(executive_sponsor=membership), today)
    until = today + timedelta(days=current(Care).ahead_days)
    found = with_sponsor_due(rows, membership.tenant).filter(sponsor_on__lte=until)
    return found.select_related("account")


def overdue_with_sponsors(membership: Membership) -> QuerySet[Advocate]:
    """Whose sponsor's word is overdue, but for the member's own."""
    today = clock.today(membership.tenant.zone)
    rows = not_in_peace(Advocate.objects.filter(SPONSORED), today)
    found = with_sponsor_due(rows.exclude(executive_sponsor=membership), membership.tenant)
    return found.filter(sponsor_on__lt=today).select_related("account", "executive_sponsor__user")


def without_sponsor(rows: QuerySet[Advocate]) -> QuerySet[Advocate]:
    """Of some people those in the program whose tier has sponsors, and who have none."""
    return rows.filter(~SPONSORED, tiers_with_sponsors(), status__in=sorted(ENROLLED))
