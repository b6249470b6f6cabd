"""Where pieces are used, as apps above say: in deals, in channels (AST-2.c).

    uses.register("deals", lambda: Share.objects.filter(…).annotate(used_at=F("created_at")))

A source gives rows with ``asset`` and ``used_at``, one for each use.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

Source = Callable[[], QuerySet[Any]]

_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Let rows of an app above count as uses; ValueError for a key that is taken."""
    if _sources.setdefault(key, source) is not source:
        raise ValueError(f"the uses {key!r} are registered already")


def used_since(moment: datetime | None = None, before: datetime | None = None) -> Q:
    """Pieces that were used, ever or from one moment to another."""
    found = Q(pk__in=[])
    for source in _sources.values():
        rows = source().filter(asset=OuterRef("pk"))
        if moment is not None:
            rows = rows.filter(used_at__gte=moment)
        if before is not None:
            rows = rows.filter(used_at__lt=before)
        found |= Q(Exists(rows))
    return found


def use_count() -> Any:
    """How often a piece was used, in a statement."""
    total: Any = Value(0)
    for source in _sources.values():
        rows = source().filter(asset=OuterRef("pk")).order_by().values("asset")
        counted = Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        total = total + Coalesce(counted, 0)
    return total


def last_use() -> Any:
    """When it was used last, in a statement; nothing for never."""
    each = []
    for source in _sources.values():
        rows = source().filter(asset=OuterRef("pk")).order_by().values("asset")
        last = rows.annotate(last=Max(F("used_at"))).values("last")
        each.append(Subquery(last, output_field=DateTimeField()))
    if not each:
        return Value(None, output_field=DateTimeField())
    return each[0] if len(each) == 1 else Greatest(*each)
