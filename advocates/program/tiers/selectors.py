"""Tiers to look at: somebody's history, and the page of all tiers (TIER-6, TIER-8)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate, Tier, TierChange, TierStanding
from advocates.people.choices import ENROLLED
from advocates.program.tiers.numbers import TierNumbers

#: People listed by name; the count beside them is of everybody.
LISTED = 50

# The day on which the last completion that the held tier needs drops out of the year.
_LEAVING = """
WITH done AS (
  SELECT p.advocate_id, (p.completed_at AT TIME ZONE %(zone)s)::date AS day,
         row_number() OVER (PARTITION BY p.advocate_id
                            ORDER BY p.completed_at DESC, p.id DESC) AS nth,
         CASE WHEN p.effort = 'high'
              THEN row_number() OVER (PARTITION BY p.advocate_id, p.effort = 'high'
                                      ORDER BY p.completed_at DESC, p.id DESC) END AS nth_high
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.state = 'completed' AND p.counts_for_tier
     AND p.completed_at >= year_start(%(zone)s)
),
leaving AS (
  SELECT s.advocate_id, s.tier_id, min(done.day) + 365 AS falls_on
    FROM advocates_tierstanding s
    JOIN advocates_tier t ON t.tenant_id = s.tenant_id AND t.id = s.tier_id
    JOIN done ON done.advocate_id = s.advocate_id
             AND (done.nth = t.min_activities OR done.nth_high = t.min_high_effort)
   WHERE s.tenant_id = %(tenant)s AND s.grace_until IS NULL AND NOT s.overridden
   GROUP BY s.advocate_id, s.tier_id
)
"""
_BY_NAME = """
SELECT advocate_id, falls_on, count(*) OVER ()
  FROM leaving WHERE falls_on <= %(until)s
 ORDER BY falls_on, advocate_id LIMIT %(listed)s
"""
_BY_TIER = "SELECT tier_id, count(*) FROM leaving WHERE falls_on <= %(until)s GROUP BY tier_id"


@dataclass(frozen=True, slots=True)
class TierShare:
    """One tier on the page: how many stand on it, and what that means."""

    tier: Tier
    people: int
    share: Decimal
    seats: int | None
    in_grace: int
    waiting: int
    verdict: str

    @property
    def within(self) -> bool:
        """Whether the share lies within the guide; true for a tier without one."""
        low, high = self.tier.guide_low, self.tier.guide_high
        return low is None or high is None or low <= self.share <= high

    @property
    def free(self) -> int | None:
        """Seats nobody holds; ``None`` where they are not limited."""
        return None if self.seats is None else max(self.seats - self.people, 0)


@dataclass(frozen=True, slots=True)
class Drift:
    """Somebody who falls short on a day unless something is done before it."""

    standing: TierStanding
    falls_on: date


@dataclass(frozen=True, slots=True)
class TierOverview:
    """The page of all tiers. The lists are cut to a page, the counts are not."""

    enrolled: int
    judged: bool
    tiers: list[TierShare]
    waiting: list[TierStanding]
    in_grace: list[TierStanding]
    drifting: list[Drift]
    drifting_count: int


def tier_history(advocate: Advocate) -> QuerySet[TierChange]:
    """Every change of somebody's tier, newest first (TIER-6)."""
    return (
        TierChange.objects.filter(advocate=advocate)
        .select_related("from_tier", "to_tier", "run", "actor__user")
        .order_by("-at", "-id")
    )


def standing_of(advocate: Advocate) -> TierStanding | None:
    """Where somebody stands, with the tiers it names; ``None`` before enrolment."""
    return _standings().filter(advocate=advocate).first()


@dataclass(frozen=True, slots=True)
class TierShares:
    """Every tier with its share; where too few are enrolled nothing is judged (TIER-8)."""

    enrolled: int
    judged: bool
    tiers: list[TierShare]


def tier_shares() -> TierShares:
    """Share against guide, seats, how many wait and are in grace, the highest tier first."""
    enrolled = Advocate.objects.filter(status__in=ENROLLED).count()
    judged = enrolled >= current(TierNumbers).judged_from
    counts = {
        tier: (people, grace)
        for tier, people, grace in TierStanding.objects.filter(tier__isnull=False)
        .order_by()
        .values_list("tier")
        .annotate(people=Count("pk"), grace=Count("pk", filter=Q(grace_until__isnull=False)))
    }
    waiting = dict(
        TierStanding.objects.filter(waiting_for__isnull=False)
        .order_by()
        .values_list("waiting_for")
        .annotate(Count("pk"))
    )
    shares = []
    for place, tier in enumerate(Tier.objects.order_by("-rank")):
        people, grace = counts.get(tier.pk, (0, 0))
        share = Decimal(100 * people) / enrolled if enrolled else Decimal(0)
        shares.append(
            TierShare(
                tier=tier,
                people=people,
                share=share.quantize(Decimal("0.1")),
                seats=seats_of(tier, enrolled),
                in_grace=grace,
                waiting=waiting.get(tier.pk, 0),
                verdict=_verdict(tier, share, top=place == 0) if judged else "",
            )
        )
    return TierShares(enrolled, judged, shares)


def tier_overview() -> TierOverview:
    """The shares, and who waits, who is in grace until when, who drifts out (TIER-8)."""
    shares = tier_shares()
    drifting, drifting_count = _drifting()
    return TierOverview(
        enrolled=shares.enrolled,
        judged=shares.judged,
        tiers=shares.tiers,
        waiting=list(
            _standings()
            .filter(waiting_for__isnull=False)
            .order_by("-high_effort", "-minutes", "-last_completed_at", "advocate__enrolled_at")[
                :LISTED
            ]
        ),
        in_grace=list(
            _standings().filter(grace_until__isnull=False).order_by("grace_until", "pk")[:LISTED]
        ),
        drifting=drifting,
        drifting_count=drifting_count,
    )


def drifting_by_tier() -> dict[uuid.UUID, int]:
    """How many of each tier fall short in the days ahead unless something is done."""
    return dict(_leaving(_BY_TIER))


def seats_of(tier: Tier, enrolled: int) -> int | None:
    """Seats of a tier among so many enrolled, rounded up; ``None`` where unlimited (TIER-2)."""
    return None if tier.seats_percent is None else ceil(tier.seats_percent * enrolled / 100)


def _standings() -> QuerySet[TierStanding]:
    return TierStanding.objects.select_related(
        "advocate__account", "tier", "earned_tier", "waiting_for"
    )


def _leaving(select: str) -> list[tuple[Any, ...]]:
    tenant = Tenant.objects.get(pk=current_tenant_id())
    with connection.cursor() as cursor:
        cursor.execute(
            _LEAVING + select,
            {
                "tenant": tenant.pk,
                "zone": tenant.time_zone,
                "until": clock.today(tenant.zone) + timedelta(days=current(TierNumbers).drift_days),
                "listed": LISTED,
            },
        )
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _drifting() -> tuple[list[Drift], int]:
    found: list[tuple[uuid.UUID, date, int]] = _leaving(_BY_NAME)
    known = {
        row.advocate_id: row
        for row in _standings().filter(advocate__in=[advocate for advocate, _day, _n in found])
    }
    drifting = [Drift(known[advocate], day) for advocate, day, _n in found]
    return drifting, found[0][2] if found else 0


def _verdict(tier: Tier, share: Decimal, *, top: bool) -> str:
    if tier.guide_low is None or tier.guide_high is None:
        return ""
    if share > tier.guide_high:
        if top:
            return _("More than the guide: what everybody has is not exclusive any more.")
        return _("More than the guide: the steps above may be too high, or this one too low.")
    if share < tier.guide_low:
        if top:
            return _("Fewer than the guide: there is room for your most committed advocates.")
        return _("Fewer than the guide: offer the tier below an activity that fits.")
    return _("Within the guide.")
