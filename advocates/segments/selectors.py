"""Reading segments: which there are, how many are in each, what they say."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from advocacy.tenancy.models import Membership, Tenant
from advocacy.web.counting import Count, counts
from advocacy.web.filters import Chip
from advocacy.web.urls import tenant_reverse
from advocates.segments.lifecycle import SegmentState
from advocates.segments.models import SavedSegment
from advocates.segments.narrowing import NAME, filters_of, list_of, rows_of, visible_segments


def listed_segments(membership: Membership) -> QuerySet[SavedSegment]:
    """Those a member may use."""
    return visible_segments(membership)


def in_use(membership: Membership) -> QuerySet[SavedSegment]:
    """Those of them that are not retired."""
    return visible_segments(membership).filter(state=SegmentState.IN_USE)


def counted_segments(segments: Sequence[SavedSegment]) -> list[Count]:
    """How many are in each now, up to a thousand, in one statement (SEG-1.a)."""
    if not segments:
        return []
    whole = {of: list_of(of).rows() for of in {segment.of for segment in segments}}
    return counts(*(rows_of(segment, whole[segment.of]) for segment in segments))


def chips_of(segment: SavedSegment) -> list[Chip]:
    """What is asked, filter by filter, in words."""
    return filters_of(segment.of, segment.query).chips(QueryDict(segment.query))


def is_valid(segment: SavedSegment) -> bool:
    """Whether every filter still makes sense."""
    return bool(filters_of(segment.of, segment.query).form.is_valid())


def url_of(segment: SavedSegment, tenant: Tenant | HttpRequest) -> str:
    """The list, narrowed to it."""
    page = tenant_reverse(tenant, list_of(segment.of).url_name)
    return f"{page}?{NAME}={segment.pk}"
