"""Asks by the size of the company, beside the people enrolled there (MAT-3.c)."""

from typing import Any

from django.db.models import Count, QuerySet

from advocates.accounts.choices import Segment
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from reporting.metrics.definitions import Bar


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
