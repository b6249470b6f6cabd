"""What is promised for this quarter and the next, against what there is (BEN-10.a)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncQuarter

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from benefits.budgets.models import Budget
from benefits.budgets.selectors import with_totals
from benefits.catalogue.choices import GIFTS, MATERIAL
from benefits.catalogue.models import Benefit
from benefits.commitments.quarters import Quarter
from benefits.commitments.statements import COUNTED, LISTED, PROMISED
from benefits.grants.lifecycle import GOT
from benefits.grants.models import Grant
from benefits.settings import Giving

#: So many quarters before this one say how much can be delivered in one (BEN-10.a).
LOOK_BACK = 4
#: Of the rows behind a number so many are shown.
SHOWN = 200


#: By quarter and segment, what is promised and was taken from no budget yet.
Costs = list[defaultdict[str, Decimal]]
_SOURCES = {"tier": "by_tier", "hand": "by_hand", "prize": "prizes"}


@dataclass(slots=True)
class Line:
    """One benefit in one quarter. ``stock`` is what lies there when the quarter begins, None where
    it is not counted; ``past`` what was delivered in each of the quarters before this one.
    """

    benefit: Benefit
    by_tier: int = 0
    by_hand: int = 0
    prizes: int = 0
    #: Of these approved: out of stock and budget already.
    taken: int = 0
    delivered: int = 0
    past: list[int] = field(default_factory=lambda: [0] * LOOK_BACK)
    stock: int | None = None
    #: Most that is delivered in a quarter, by the best of those before; None where nothing was.
    pace: int | None = None

    @property
    def promised(self) -> int:
        """Everything that is still to be delivered in the quarter."""
        return self.by_tier + self.by_hand + self.prizes

    @property
    def waiting(self) -> int:
        """What has not been taken out of stock yet."""
        return self.promised - self.taken

    @property
    def short_of_stock(self) -> int:
        """How many are missing."""
        return 0 if self.stock is None else max(self.waiting - self.stock, 0)

    @property
    def beyond_pace(self) -> int:
        """How many more than were delivered in the best of the last four quarters."""
        if self.pace is None:
            return 0
        return max(self.promised + self.delivered - self.pace, 0)


@dataclass(slots=True)
class Fund:
    """What promises of a quarter cost a budget that have not been taken from it yet."""

    budget: Budget
    left: Decimal
    promised: Decimal = Decimal(0)

    @property
    def short(self) -> Decimal:
        """How much is missing."""
        return max(self.promised - max(self.left, Decimal(0)), Decimal(0))


@dataclass(frozen=True, slots=True)
class Commitments:
    """Everything of one quarter, the shortest first."""

    quarter: Quarter
    is_next: bool
    lines: list[Line]
    funds: list[Fund]
    #: What is promised to people for whom no budget holds.
    unfunded: Decimal


def the_quarters() -> tuple[Quarter, Quarter]:
    """This one and the next."""
    this = Quarter.of(clock.today(_tenant().zone))
    return this, this.moved(1)


def commitments() -> tuple[Commitments, Commitments]:
    """This quarter and the next: four statements, however many people and benefits there are."""
    tenant = _tenant()
    rows = _rows(COUNTED, _parameters(tenant))
    quarters = the_quarters()
    past, now = _delivered(tenant, quarters[0])
    brought = {key for key, counts in past.items() if any(counts)} | set(now)
    keys = {row[0] for row in rows} | brought
    benefits = {row.pk: row for row in Benefit.objects.filter(pk__in=keys)}
    found: list[dict[uuid.UUID, Line]] = [
        {key: Line(benefit, past=past[key]) for key, benefit in benefits.items()} for _n in quarters
    ]
    costs: Costs = [defaultdict(Decimal), defaultdict(Decimal)]
    for key, segment, is_next, source, is_taken, count, cost in rows:
        line = found[is_next][key]
        name = _SOURCES[source]
        setattr(line, name, getattr(line, name) + count)
        if is_taken:
            line.taken += count
        else:
            costs[is_next][segment] += cost
    percent = current(Giving).pace_percent
    for key, benefit in benefits.items():
        this, then = (lines[key] for lines in found)
        this.delivered = now.get(key, 0)
        best = max(this.past)
        this.pace = then.pace = best * percent // 100 if best else None
        if benefit.stock is not None:
            this.stock = benefit.stock
            then.stock = max(benefit.stock - this.waiting, 0)
    funds = _funds(quarters, costs)
    first, second = (
        Commitments(quarter, bool(n), _sorted(found[n].values()), *funds[n])
        for n, quarter in enumerate(quarters)
    )
    return first, second


@dataclass(frozen=True, slots=True)
class Promise:
    """One row behind a number: to whom, by when, and the grant where there is one already."""

    benefit_id: uuid.UUID
    advocate_id: uuid.UUID
    due_on: date
    #: ``tier``, ``hand`` or ``prize``: what was redeemed for points.
    source: str
    is_taken: bool
    grant_id: uuid.UUID | None


def promises(benefit: Benefit | None, quarter: Quarter) -> list[Promise]:
    """The rows behind what is promised, of a benefit or of all, the soonest first; the first
    :data:`SHOWN`.
    """
    more = {"from": quarter.starts_on, "to": quarter.ends_on, "most": SHOWN}
    parameters = {**_parameters(_tenant()), **more, "benefit": benefit and benefit.pk}
    return [Promise(*row) for row in _rows(LISTED, parameters)]


def delivered_of(benefit: Benefit) -> list[Grant]:
    """What was delivered of a benefit since the last four quarters began, the newest first; the
    first :data:`SHOWN`.
    """
    tenant = _tenant()
    rows = _brought(tenant, Quarter.of(clock.today(tenant.zone))).filter(benefit=benefit)
    return list(
        rows.select_related("benefit", "advocate__account").order_by("-delivered_at", "pk")[:SHOWN]
    )


def _tenant() -> Tenant:
    return Tenant.objects.get(pk=current_tenant_id())


def _parameters(tenant: Tenant) -> dict[str, Any]:
    today = clock.today(tenant.zone)
    this = Quarter.of(today)
    promise = current(Giving).promise_days
    return {
        "tenant": tenant.pk,
        "zone": tenant.time_zone,
        "today": today,
        "promise": promise,
        "this": this.ends_on,
        "next": this.moved(1).ends_on,
        "until": this.moved(1).ends_on - timedelta(days=promise),
        "benefit": None,
        "gifts": [str(each) for each in GIFTS],
        "material": [str(each) for each in MATERIAL],
    }


def _rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("".join((PROMISED, statement)), parameters)
        return cursor.fetchall()


def _delivered(
    tenant: Tenant, this: Quarter
) -> tuple[dict[uuid.UUID, list[int]], dict[uuid.UUID, int]]:
    """By benefit, what was delivered in each quarter before this one, the oldest first, and so far
    in this one. What is somebody's at once nobody delivers.
    """
    counted = (
        _brought(tenant, this)
        .order_by()
        .annotate(quarter=TruncQuarter("delivered_at", tzinfo=tenant.zone))
        .values_list("benefit_id", "quarter")
        .annotate(n=Count("pk"))
    )
    past: dict[uuid.UUID, list[int]] = defaultdict(lambda: [0] * LOOK_BACK)
    now: dict[uuid.UUID, int] = {}
    starts = [this.moved(n - LOOK_BACK).starts_on for n in range(LOOK_BACK)]
    for key, quarter, count in counted:
        if quarter.date() == this.starts_on:
            now[key] = count
        elif quarter.date() in starts:
            past[key][starts.index(quarter.date())] = count
    return past, now


def _brought(tenant: Tenant, this: Quarter) -> QuerySet[Grant]:
    since = datetime.combine(this.moved(-LOOK_BACK).starts_on, time.min, tenant.zone)
    rows = Grant.objects.filter(state__in=GOT, delivered_at__gte=since)
    return rows.exclude(entitlement__is_automatic=True, cost=0)


def _funds(quarters: tuple[Quarter, Quarter], costs: Costs) -> list[tuple[list[Fund], Decimal]]:
    """Of each quarter the budgets that pay for it, as ``budget_for`` chooses them."""
    today = clock.today(_tenant().zone)
    budgets = list(
        with_totals(
            Budget.objects.filter(
                ends_on__gte=today, starts_on__lte=quarters[1].ends_on
            ).select_related("tenant")
        ).order_by("-starts_on", "pk")
    )
    left = {budget.pk: budget.left for budget in budgets}  # type: ignore[attr-defined]
    found: list[tuple[list[Fund], Decimal]] = []
    for quarter, wanted in zip(quarters, costs, strict=True):
        on = max(today, quarter.starts_on)
        running = [each for each in budgets if each.starts_on <= on <= each.ends_on]
        funds = {each.pk: Fund(each, left[each.pk]) for each in running}
        unfunded = Decimal(0)
        for segment, cost in wanted.items():
            pays = next(
                (each for own in (segment, "") for each in running if each.segment == own), None
            )
            if pays is None:
                unfunded += cost
            else:
                funds[pays.pk].promised += cost
        for key, fund in funds.items():
            left[key] -= fund.promised
        found.append(
            (sorted(funds.values(), key=lambda each: (-each.short, each.budget.name)), unfunded)
        )
    return found


def _sorted(lines: Iterable[Line]) -> list[Line]:
    """Those that are short first; none of which nothing is or was."""
    return sorted(
        (each for each in lines if each.promised or each.delivered or any(each.past)),
        key=lambda each: (
            -each.short_of_stock,
            -each.beyond_pace,
            -each.promised,
            each.benefit.name,
            each.benefit.pk,
        ),
    )
