"""What is made of a metric's rows: one statement each, over whatever rows there are (MET-6.a)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import exp
from typing import Any

from django.db.models import Avg, Count, DurationField, F, FloatField, Q, QuerySet, StdDev, Sum
from django.db.models.functions import Ln

from advocacy.aggregates import Median
from advocacy.tenant_settings.reading import current
from reporting.metrics.definitions import Group, LeftOut, Reading
from reporting.metrics.frame import Frame
from reporting.metrics.intervals import Lengths, ratio_of_lengths, ratio_of_rates, wilson
from reporting.settings import Measuring


def share(rows: QuerySet[Any], _frame: Frame) -> Reading:
    """Rows whose ``part`` is 1, of all."""
    totals = rows.order_by().aggregate(good=Sum("part"), all=Count("pk"))
    good, count = totals["good"] or 0, totals["all"]
    if not count:
        return Reading(None, 0, numerator=0, denominator=0)
    low, high = wilson(good, count)
    return Reading(good / count, count, numerator=good, denominator=count, low=low, high=high)


def count(rows: QuerySet[Any], _frame: Frame) -> Reading:
    """How many there are."""
    found = rows.count()
    return Reading(found, found, numerator=found)


def money(rows: QuerySet[Any], frame: Frame) -> Reading:
    """The sum of ``part``, an amount in the base currency. A row without a rate for its currency or
    without an ``amount`` is left out, and said (MET-6.b).
    """
    by_currency = rows.order_by().values("currency")
    found = by_currency.annotate(
        total=Sum("part"),
        counted=Count("part"),
        unrated=Count("pk", filter=Q(part=None, amount__isnull=False)),
        unsaid=Count("pk", filter=Q(amount=None)),
    ).order_by("currency")
    total, counted, left_out, unsaid = Decimal(0), 0, [], 0
    for row in found:
        total += row["total"] or 0
        counted += row["counted"]
        unsaid += row["unsaid"]
        if row["unrated"]:
            left_out.append(LeftOut("rate", row["unrated"], row["currency"]))
    if unsaid:
        left_out.append(LeftOut("amount", unsaid))
    value = float(total) if counted else None
    return Reading(value, counted, numerator=float(total), left_out=tuple(left_out))


def costs(rows: QuerySet[Any], frame: Frame) -> Reading:
    """The same of costs."""
    found = money(rows, frame)
    lost = tuple(replace(each, of="cost") for each in found.left_out)
    return replace(found, left_out=lost)


def median_hours(rows: QuerySet[Any], _frame: Frame) -> Reading:
    """The middle of ``part``, a length of time, in hours."""
    return _median(rows, timedelta(hours=1))


def median_days(rows: QuerySet[Any], _frame: Frame) -> Reading:
    """The same in days."""
    return _median(rows, timedelta(days=1))


def _median(rows: QuerySet[Any], unit: timedelta) -> Reading:
    found = rows.order_by().aggregate(
        median=Median("part", output_field=DurationField()), counted=Count("part")
    )
    middle = found["median"]
    return Reading(middle / unit if middle is not None else None, found["counted"])


def rates_apart(rows: QuerySet[Any], _frame: Frame) -> Reading:
    """How much higher the rate of rows ``touched`` is than that of the others, relative to it."""
    found = {
        row["touched"]: row
        for row in rows.order_by().values("touched").annotate(good=Sum("part"), all=Count("pk"))
    }
    good, all_ = ({key: found.get(key, {}).get(what) or 0 for key in (True, False)} for what in _OF)
    groups = tuple(
        Group(name, all_[key], good[key] / all_[key] if all_[key] else None)
        for key, name in _GROUPS
    )
    counted = all_[True] + all_[False]
    if min(all_.values()) < current(Measuring).least_deals or not all(good.values()):
        return Reading(None, counted, groups=groups, too_few=bool(counted))
    ratio = (good[True] / all_[True]) / (good[False] / all_[False])
    low, high = ratio_of_rates(good[True], all_[True], good[False], all_[False])
    return Reading(ratio - 1, counted, groups=groups, low=low - 1, high=high - 1)


_OF = ("good", "all")
_GROUPS = ((True, "with"), (False, "without"))


def lengths_apart(rows: QuerySet[Any], _frame: Frame) -> Reading:
    """How much longer rows ``touched`` take than the others, by ``part`` in days of at least 1."""
    logs = Ln(F("part"), output_field=FloatField())
    found = {
        row["touched"]: row
        for row in rows.order_by()
        .values("touched")
        .annotate(mean=Avg(logs), deviation=StdDev(logs, sample=True), counted=Count("pk"))
    }
    lengths = {
        key: Lengths(row["counted"], row["mean"], row["deviation"] or 0)
        for key, row in found.items()
    }
    groups = tuple(
        Group(
            name,
            lengths[key].count if key in lengths else 0,
            exp(lengths[key].mean) if key in lengths else None,
        )
        for key, name in _GROUPS
    )
    counted = sum(group.counted for group in groups)
    if min(group.counted for group in groups) < max(2, current(Measuring).least_deals):
        return Reading(None, counted, groups=groups, too_few=bool(counted))
    ratio, low, high = ratio_of_lengths(lengths[True], lengths[False])
    return Reading(ratio - 1, counted, groups=groups, low=low - 1, high=high - 1)
