"""Asks by the size of the company, beside the people enrolled there (MAT-3.c)."""

from typing import Any

from django.db.models import Count, QuerySet

from advocates.accounts.choices import Segment
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from reporting.metrics.definitions import Bar, Reading
from reporting.metrics.frame import Frame


def asks_by_segment(asks: QuerySet[Any]) -> list[Bar]:
    """A bar a segment; no size comes last."""
    people = Advocate.objects.filter(status__in=sorted(ENROLLED))
    enrolled = dict(people.order_by().values_list("account__segment").annotate(n=Count("pk")))
    asked = dict(asks.order_by().values_list("advocate__account__segment").annotate(n=Count("pk")))
    bars = [
        Bar(key, asked.get(key, 0), {"enrolled": enrolled.get(key, 0)})
        for key in (*Segment.values, "")
    ]
    return [bar for bar in bars if bar.total or bar.parts["enrolled"] or bar.key]


def off_fair_share(asks: QuerySet[Any], _frame: Frame) -> Reading:
    """Which share of them would have to go elsewhere, with the bars beside it."""
    bars = asks_by_segment(asks)
    all_, people = sum(bar.total for bar in bars), sum(bar.parts["enrolled"] for bar in bars)
    if not all_ or not people:
        return Reading(None, int(all_), bars)
    off = sum(abs(bar.total / all_ - bar.parts["enrolled"] / people) for bar in bars)
    return Reading(off / 2, int(all_), bars)
