"""How segments look in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.models import SavedSegment
from advocates.pages import RecordListWithTabs
from advocates.segments.lifecycle import SegmentOf
from advocates.segments.selectors import (
    chips_of,
    counted_segments,
    in_use,
    is_valid,
    listed_segments,
    url_of,
)


class SegmentForm(TenantModelForm):
    """A name for what the list was narrowed to."""

    class Meta:
        model = SavedSegment
        fields = ("name", "shared", "of", "query")
        widgets: ClassVar[dict[str, Any]] = {
            "of": forms.HiddenInput(),
            "query": forms.HiddenInput(),
        }


class SegmentTable(Table):
    """Which, of what, how many now, whose."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Segment"),
            sort="name",
            url=lambda row, request: tenant_reverse(request, "segments:detail", row.pk),
        ),
        Column("of", gettext_lazy("Of"), value="get_of_display", sort="of"),
        Column(
            "now",
            gettext_lazy("In it now"),
            value="now",
            url=url_of,
        ),
        Column(
            "shared",
            gettext_lazy("For whom"),
            value=lambda row: _("everybody") if row.shared else _("only you"),
        ),
        Column("owner", gettext_lazy("Saved by"), value="owner.name", phone=False),
    )
    default_sort: ClassVar[str] = "name"

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        for row, count in zip(rows, counted_segments(rows), strict=True):
            row.now = str(count)
        return rows


def said(segment: SavedSegment) -> str:
    """Its filters in one line."""
    return " · ".join(f"{chip.label}: {chip.words}" for chip in chips_of(segment))


class SegmentList(RecordListWithTabs):
    """One's own and those for everybody."""

    abstract: ClassVar[bool] = True

    def get_queryset(self) -> QuerySet[SavedSegment]:
        # Who filters by state wants to see the others.
        asked = self.request.GET.get("state")
        return listed_segments(self.membership) if asked else in_use(self.membership)

    def get_header_actions(self) -> list[Any]:
        """None: a segment is saved from the list it narrows."""
        return []


class SegmentPage(RecordPage):
    """What it asks for, who is in it, the way to the list."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "advocates/segments/detail.html"

    def get_context(self) -> dict[str, Any]:
        (count,) = counted_segments([self.row])
        return {
            **super().get_context(),
            "count": count,
            "chips": chips_of(self.row),
            "is_valid": is_valid(self.row),
            "list_url": url_of(self.row, self.tenant),
        }


class SegmentRecordForm(RecordForm):
    """Above the fields, what is saved."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        segment = SavedSegment(of=given.get("of", ""), query=given.get("query", ""))
        if "pk" in self.kwargs:
            segment = self.row
        text = said(segment) if segment.of in SegmentOf.values else ""
        return {**super().get_context(), "page_subtitle": text}


def facts_of(segment: SavedSegment) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Of"), segment.get_of_display()),
        (_("Filter"), said(segment)),
        (_("For whom"), _("everybody") if segment.shared else _("only who saved it")),
        (_("Saved by"), segment.owner.name),
    ]
