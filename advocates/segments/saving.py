"""The way from a narrowed list to a segment of it."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.urls import tenant_reverse


class SavesSegments:
    """A list page whose filters can be saved. Declare ``segment_of``."""

    segment_of: ClassVar[str]
    request: HttpRequest
    membership: Membership
    params: QueryDict
    filters: FilterSet | None

    def get_context(self) -> dict[str, Any]:
        """With the address at which the filters that are set get a name."""
        found: dict[str, Any] = super().get_context()  # type: ignore[misc]
        return {**found, "save_url": self._save_url()}

    def _save_url(self) -> str:
        active = set(self.filters.active_names()) if self.filters else set()
        if not active or not self.membership.can("segments.edit"):
            return ""
        kept = QueryDict(mutable=True)
        for name in sorted(active & set(self.params)):
            kept.setlist(
                name, self.params.getlist(name)[-1:]
            )  # of several the list itself takes the last
        query = urlencode({"of": self.segment_of, "query": kept.urlencode()})
        return f"{tenant_reverse(self.request, 'segments:new')}?{query}"
