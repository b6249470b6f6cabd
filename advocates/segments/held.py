"""Whom saved searches name (GDPR-1).

A query stands in its column as in an address (``q=Paula+Ferreira``), so that no text search finds
anybody in it; and who looks for one person often types the surname alone.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from advocacy.records.forgetting import pattern_of
from advocacy.records.held import Keeper, Traces
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.models import Membership
from advocates.models import Advocate, SavedSegment

Found = Mapping[type[TenantModel], set[uuid.UUID]]


class _Search:
    """Finds a person in what was typed into a list's filters."""

    def __init__(self, traces: Traces, found: Found) -> None:
        self.whole = pattern_of(traces) if traces.words else None
        own = found.get(Advocate, set())
        parts = [part for part in traces.name if not _is_anybody_elses(part, own)]
        words = "|".join(re.escape(part) for part in parts)
        self.part = (
            re.compile(rf"(?<![\w.+@-])(?:{words})(?![\w@-])", re.IGNORECASE) if words else None
        )

    def without(self, text: str) -> str:
        """The text without whatever says who it is."""
        for pattern in (self.whole, self.part):
            if pattern is not None:
                text = pattern.sub(_("[erased]"), text)
        return text


def _is_anybody_elses(part: str, own: set[uuid.UUID]) -> bool:
    """Whether a first or last name alone may mean another person or a colleague."""
    others = Advocate.objects.exclude(pk__in=own).filter(
        Q(first_name__icontains=part) | Q(last_name__icontains=part)
    )
    return others.exists() or Membership.objects.filter(user__name__icontains=part).exists()


def _queries(traces: Traces, found: Found) -> Iterator[tuple[SavedSegment, QueryDict, QueryDict]]:
    """Segments in which the person stands: what is asked, and the same without them."""
    search = _Search(traces, found)
    if search.whole is None and search.part is None:
        return
    for segment in SavedSegment.objects.order_by("pk"):
        before = QueryDict(segment.query)
        after = before.copy()
        for name in before:
            after.setlist(name, [search.without(value) for value in before.getlist(name)])
        if after != before:
            yield segment, before, after


def _held(traces: Traces, found: Found) -> list[dict[str, Any]]:
    return [
        {"of": segment.of, "filter": name, "text": before.getlist(name)}
        for segment, before, after in _queries(traces, found)
        for name in before
        if before.getlist(name) != after.getlist(name)
    ]


def _forget(traces: Traces, found: Found) -> None:
    """What is left finds nobody, as the person is nobody any more."""
    for segment, _before, after in _queries(traces, found):
        SavedSegment.objects.filter(pk=segment.pk).update(query=after.urlencode())


KEEPER = Keeper("advocates.searches", _held, _forget)
