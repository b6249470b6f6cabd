"""Who has which part in what was won: three ways to split it, with the same total (MET-3.d)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from reporting.metrics.deals import INFLUENCED_REVENUE, touchpoints
from reporting.metrics.definitions import Bar
from reporting.metrics.frame import Frame

#: The whole deal to its first touchpoint, or to its last, or the same to each.
MODELS = ("first", "last", "linear")
_CENT = Decimal("0.01")

#: A deal, its amount, and what a touchpoint of it is called.
Touch = tuple[Any, Decimal, str]


def split(touches: Iterable[Touch]) -> dict[str, dict[str, Decimal]]:
    """What each kind of touchpoint gets under each model: kind → model → amount.

    ``touches`` come deal by deal, the earliest first. Cents that cannot be divided go to the last
    touchpoint, so that the totals are equal to the cent.
    """
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(MODELS, Decimal(0)))
    for _deal, group in groupby(touches, key=itemgetter(0)):
        rows = list(group)
        amount, kinds = rows[0][1], [kind for _d, _a, kind in rows]
        found[kinds[0]]["first"] += amount
        found[kinds[-1]]["last"] += amount
        for kind, part in zip(kinds, _evenly(amount, len(kinds)), strict=True):
            found[kind]["linear"] += part
    return dict(found)


def _evenly(amount: Decimal, count: int) -> Sequence[Decimal]:
    each = (amount / count).quantize(_CENT, rounding=ROUND_DOWN)
    return [each] * (count - 1) + [amount - each * (count - 1)]


def by_type(frame: Frame) -> list[Bar]:
    """Influenced revenue by the type of activity that touched the deal, most of it first. An opened
    share has no activity; its kind stands for it. ``total`` is the linear part.
    """
    won = INFLUENCED_REVENUE.behind(frame).exclude(part=None).order_by()
    deals = {pk: rest for pk, *rest in won.values_list("pk", "part", "began", "ended")}
    points = (
        touchpoints(frame)
        .filter(opportunity__in=won.values("pk"))
        .annotate(what=Coalesce(F("activity__activity_type__code"), F("kind")))
        .order_by("opportunity", "at", "pk")
        .values_list("opportunity", "day", "what")
    )
    touches = (
        (deal, deals[deal][0], what)
        for deal, day, what in points
        if deal in deals and deals[deal][1] <= day <= deals[deal][2]
    )
    bars = [
        Bar(kind, float(parts["linear"]), {name: float(parts[name]) for name in MODELS})
        for kind, parts in split(touches).items()
    ]
    return sorted(bars, key=lambda bar: (-bar.total, bar.key))
