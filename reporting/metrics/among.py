"""Numbers of a saved segment: where its people or accounts are found in the rows (SEG-1.b)."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from advocates.models import Advocate, SavedSegment
from advocates.segments.lifecycle import SegmentOf
from advocates.segments.narrowing import rows_of
from requests.models import Opportunity, Request, Touchpoint

#: Deals are nobody's: of people they are narrowed by what those people did for them.
BY_TOUCHPOINTS = "touchpoints"
_SIZE = "segment"


def ids_of(segment: SavedSegment) -> QuerySet[Any]:
    """The keys of who or what is in it now."""
    return rows_of(segment).order_by().values("pk")


def is_of_accounts(segment: SavedSegment) -> bool:
    """Whether it is of accounts; of people else."""
    return segment.of == SegmentOf.ACCOUNTS


def path_in(model: type[Model], size: str | None, segment: SavedSegment) -> str:
    """Where rows of a model hold the segment's people or accounts, by where they hold the size of
    the company (``size``); empty where they do not.
    """
    if not size:
        return ""
    if is_of_accounts(segment):
        if size == _SIZE:
            return "opportunity__account" if model is Request else ""
        return size.removesuffix(f"__{_SIZE}")
    if model is Advocate:
        return "pk"
    if size.startswith("advocate__"):
        return "advocate"
    return BY_TOUCHPOINTS if model in (Opportunity, Touchpoint) else ""


def narrowed(rows: QuerySet[Any], size: str | None, segment: SavedSegment) -> QuerySet[Any]:
    """The rows of a segment; all of them where it cannot be told."""
    path = path_in(rows.model, size, segment)
    if not path or path == BY_TOUCHPOINTS:
        return rows
    return rows.filter(**{f"{path}__in": ids_of(segment)})


def touched_by(touchpoints: QuerySet[Any], segment: SavedSegment) -> QuerySet[Any]:
    """Of touchpoints those of its people: what they did, and the content they gave."""
    people = ids_of(segment)
    return touchpoints.filter(
        Q(activity__advocate__in=people) | Q(share__asset__advocate__in=people)
    )
