"""What the ranking wants to know, of several people in as many statements as of one."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.db.models.functions import Greatest

from activities.activities.models import Activity
from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocates.models import Account, Advocate, Preference, TierStanding
from advocates.program.catalogue.choices import Effort, Rewards
from benefits.budgets.models import Budget
from benefits.budgets.selectors import budgets_on, with_totals
from benefits.catalogue.choices import GIFTS
from benefits.catalogue.selectors import givable
from benefits.fitting.ranking import Deed, Kind, Person
from benefits.grants.lifecycle import COMMITTED, LIVE
from benefits.grants.models import Grant, GrantActivity
from benefits.grants.policy import policy_is_unclear
from benefits.grants.proportion import guide_of
from benefits.settings import Giving

_LEVELS = list(Effort.values)
#: Shorter words say nothing about what somebody cares for.
_WORD = re.compile(r"[^\W\d_]{4,}")
#: The same is not given twice within it.
_YEAR = timedelta(days=365)


def words_in(text: str) -> frozenset[str]:
    """Words long enough to mean something, in small letters."""
    return frozenset(_WORD.findall(text.casefold()))


def catalogue() -> list[Kind]:
    """Everything that can be given."""
    return [
        Kind(
            pk=row.pk,
            name=row.name,
            category=row.category,
            cost=row.cost,
            value=row.value,
            stock=row.stock,
            tiers=tuple(row.tiers),
            effort_levels=tuple(row.effort_levels),
            needs_approval=row.needs_approval,
            words=words_in(f"{row.name} {row.description}"),
        )
        for row in givable()
    ]


def deed_from(activities: Collection[Activity]) -> Deed | None:
    """What they did together, as far as nothing rewards it yet; None for an occasion."""
    if not activities:
        return None
    numbers = current(Giving)
    rewarded = set(
        GrantActivity.objects.filter(activity__in=activities, grant__state__in=LIVE).values_list(
            "activity_id", flat=True
        )
    )
    guides = [guide_of(each, numbers) for each in activities if each.pk not in rewarded]
    return Deed(
        effort=max((str(each.activity_type.effort) for each in activities), key=_LEVELS.index),
        low=Decimal(sum(low for low, _high in guides)),
        high=Decimal(sum(high for _low, high in guides)),
        payment_times=numbers.payment_times,
    )


def is_never_rewarded(activities: Collection[Activity]) -> bool:
    """Whether a review is among them, or what the catalogue never rewards (BEN-4.a)."""
    return any(
        each.activity_type.is_review or each.activity_type.rewards == Rewards.NEVER
        for each in activities
    )


def people(advocates: Collection[Advocate]) -> dict[UUID, Person]:
    """What is known of each; their accounts have to be read with them."""
    pks = [each.pk for each in advocates]
    likes: dict[UUID, list[str]] = dict(
        Preference.objects.filter(advocate__in=pks).values_list("advocate_id", "appreciation")
    )
    tiers = dict(
        TierStanding.objects.filter(advocate__in=pks, tier__isnull=False).values_list(
            "advocate_id", "tier__code"
        )
    )
    lately, verdicts = _given(pks)
    gifts = _gifts(advocates)
    budgets = _budgets(advocates)
    found = {}
    for each in advocates:
        account = each.account
        year = account.gift_maximum_year
        found[each.pk] = Person(
            likes=frozenset(likes.get(each.pk, ())),
            interests=words_in(each.interests),
            tier=tiers.get(each.pk, ""),
            gifts_forbidden=account.gifts_allowed is False,
            gifts_unclear=policy_is_unclear(account),
            gift_each=account.gift_maximum,
            gift_left=None if year is None else year - gifts.get(each.pk, Decimal(0)),
            budget_left=_left_for(account, budgets),
            lately=lately[each.pk],
            verdicts=verdicts[each.pk],
        )
    return found


def _given(pks: list[UUID]) -> tuple[Mapping[UUID, Any], Mapping[UUID, Any]]:
    """By person the benefits of the last year, on their way too, and what they said of any."""
    lately: dict[UUID, dict[Any, str]] = defaultdict(dict)
    verdicts: dict[UUID, dict[Any, tuple[str, bool]]] = defaultdict(dict)
    since = clock.now() - _YEAR
    rows = Grant.objects.filter(advocate__in=pks).order_by("created_at", "pk")
    for who, benefit, category, state, at, liked in rows.values_list(
        "advocate_id", "benefit_id", "benefit__category", "state", "created_at", "liked"
    ):
        if liked is not None:
            verdicts[who][benefit] = (category, liked)
        if state in LIVE and at >= since:
            lately[who][benefit] = category
    return lately, verdicts


def _gifts(advocates: Collection[Advocate]) -> dict[UUID, Decimal]:
    """What the gifts of the trailing year were worth, as ``grants.policy`` counts them."""
    limited = [each for each in advocates if each.account.gift_maximum_year is not None]
    if not limited:
        return {}
    rows = Grant.objects.filter(
        advocate__in=limited,
        benefit__category__in=GIFTS,
        state__in=COMMITTED,
        approved_at__gte=clock.year_start(limited[0].tenant.zone),
    )
    totals = rows.order_by().values_list("advocate_id")
    return dict(totals.annotate(total=Sum(Greatest(F("cost"), F("value")))))


def _budgets(advocates: Collection[Advocate]) -> list[Budget]:
    """Today's, the one that counts first before the others (``budgets.selectors.budget_for``)."""
    for each in advocates:
        today = clock.today(each.tenant.zone)
        return list(with_totals(budgets_on(today)).order_by("-starts_on", "pk"))
    return []


def _left_for(account: Account, budgets: Collection[Budget]) -> Decimal | None:
    own = [each for each in budgets if each.segment and each.segment == account.segment]
    general = [each for each in budgets if not each.segment]
    first: Any = next(iter([*own, *general]), None)
    return first.left if first else None
