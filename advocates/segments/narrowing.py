"""What is in a segment, and the filter by which any list is narrowed to one (SEG-1).

The lists announce themselves (``lists.py``), so that their own filters can ask here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocates.segments.lifecycle import SegmentOf, SegmentState
from advocates.segments.models import SavedSegment

#: The filter's name, in addresses of pages and of the interface.
NAME = "in_segment"
_LABEL, _ANY = gettext_lazy("Saved segment"), gettext_lazy("Saved segment: any")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which there are segments: its rows, its filters, its address."""

    rows: Callable[[], QuerySet[Any]]
    filters: type[FilterSet]
    url_name: str


_lists: dict[str, Listed] = {}


def register_list(of: str, listed: Listed) -> None:
    """Make a list known; called once, when the application is ready."""
    if _lists.setdefault(of, listed) != listed:
        raise ValueError(f"segments of {of!r} have a list already")


def list_of(of: str) -> Listed:
    """The list a segment narrows."""
    return _lists[of]


def filters_of(of: str, query: str) -> FilterSet:
    """The filters of a list as a query fills them, checked."""
    listed = list_of(of)
    return listed.filters(QueryDict(query), queryset=listed.rows())


def rows_of(segment: SavedSegment, rows: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Who or what is in it now; ``rows`` is the whole list, where a caller has it.

    The filters take what was checked when it was saved, as it stands. Where one has lost its sense
    since (an industry nobody is in any more, a kind of activity that is off), nobody is in it: to
    leave that filter out would make more of a segment than was asked for.
    """
    listed = list_of(segment.of)
    rows = listed.rows() if rows is None else rows
    filters = listed.filters(None, queryset=rows).filters
    query: QueryDict = QueryDict(segment.query)
    try:
        for name in query:
            rows = filters[name].filter(rows, query[name])
    except (KeyError, ObjectDoesNotExist, ValueError, ValidationError):
        return rows.none()
    return rows


def visible_segments(membership: Membership) -> QuerySet[SavedSegment]:
    """A member's own and those for everybody."""
    rows = SavedSegment.objects.select_related("owner__user")
    return rows.filter(Q(owner=membership) | Q(shared=True))


def segments_for_numbers(membership: Membership) -> QuerySet[SavedSegment]:
    """Those a member may narrow numbers by, people's and accounts'; nobody's who works with no
    segments at all (SEG-1.b).
    """
    if not membership.can("segments.view"):
        return SavedSegment.objects.none()
    return visible_segments(membership).filter(state=SegmentState.IN_USE)


def _offered(request: Any, *, accounts: bool) -> QuerySet[SavedSegment]:
    membership = getattr(request, "membership", None)
    if membership is None:
        # A saved query names no other segment (``services``).
        return SavedSegment.objects.none()
    rows = visible_segments(membership).filter(state=SegmentState.IN_USE)
    return rows.filter(of=SegmentOf.ACCOUNTS) if accounts else rows


def _offered_to_people(request: Any) -> QuerySet[SavedSegment]:
    return _offered(request, accounts=False)


def _offered_to_accounts(request: Any) -> QuerySet[SavedSegment]:
    return _offered(request, accounts=True)


@extend_schema_field(OpenApiTypes.UUID)
class _InSegment(django_filters.ModelChoiceFilter):
    """Rows of a segment of the same kind; of people also those at the accounts of one."""

    def __init__(self, *args: Any, of_people: bool = False, **kwargs: Any) -> None:
        self.of_people = of_people
        super().__init__(*args, label=_LABEL, empty_label=_ANY, **kwargs)

    def filter(self, qs: QuerySet[Any], value: SavedSegment | None) -> QuerySet[Any]:
        if value is None:
            return qs
        path = "account" if self.of_people and value.of == SegmentOf.ACCOUNTS else "pk"
        return qs.filter(**{f"{path}__in": rows_of(value).order_by().values("pk")})


def people_in_segment() -> _InSegment:
    """For the filters of a list of people."""
    return _InSegment(queryset=_offered_to_people, of_people=True)


def accounts_in_segment() -> _InSegment:
    """For the filters of a list of accounts."""
    return _InSegment(queryset=_offered_to_accounts)
