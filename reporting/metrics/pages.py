"""The numbers in a browser: what each means, and the rows behind it (MET-6.a, REP-1.b)."""

from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.db.models import IntegerField, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.counting import Count
from advocacy.web.tables import Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ListPage, MemberView
from reporting.metrics import words
from reporting.metrics.composed import Composed
from reporting.metrics.definitions import Metric
from reporting.metrics.filters import FrameFilter, frame_of, query_of
from reporting.metrics.frame import Frame
from reporting.metrics.registry import breakdowns_of, metric_of, shown_to
from reporting.metrics.rows import related_of, table_of
from reporting.metrics.terms import lines_of, terms_file
from reporting.presentation import number

UNITS = {
    "share": gettext_lazy("a share"),
    "hours": gettext_lazy("hours"),
    "days": gettext_lazy("days"),
    "business_days": gettext_lazy("business days"),
    "count": gettext_lazy("a count"),
    "money": gettext_lazy("money in the base currency"),
    "difference": gettext_lazy("a difference, relative"),
    "return": gettext_lazy("gain for each unit of money spent"),
}
DIMENSIONS = {
    "segment": gettext_lazy("segment"),
    "region": gettext_lazy("region"),
    "type": gettext_lazy("activity"),
    "team": gettext_lazy("team"),
}
_UNDATED = "undated"


class Definitions(MemberView):
    """Every number: in words, with its formula, unit, source and period, and what it is now."""

    permission = "impact.view"
    nav_item = "impact"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        member = self.membership
        found = [(each, number(each, member), facts_of(each)) for each in shown_to(member)]
        context = {
            "page_title": _("What the numbers mean"),
            "crumbs": [(tenant_reverse(request, "impact"), _("Impact"))],
            "metrics": found,
            "breakdowns": breakdowns_of(member),
        }
        return render(request, "reporting/metrics/definitions.html", context)


def facts_of(metric: Metric) -> list[tuple[str, str]]:
    """What is to know of a number beside its formula."""
    dimensions = ", ".join(str(DIMENSIONS[name]) for name in metric.dimensions)
    return [
        (_("Unit"), str(UNITS[metric.unit])),
        (_("Made of"), str(metric.source)),
        (_("In the period by"), str(metric.dated)),
        (_("Can be narrowed by"), dimensions or _("the period only")),
    ]


class RowsFilter(FrameFilter):
    """The frame, and which of the rows."""

    show = django_filters.ChoiceFilter(label=gettext_lazy("Rows"), choices=[], method="filter_show")

    def filter_show(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those that count, those that do not, or those left out."""
        by: dict[str, dict[str, Any]] = {
            "yes": {"part": 1},
            "no": {"part": 0},
            "counted": {"part__isnull": False},
            "left": {"part__isnull": True},
            "with": {"touched": True},
            "without": {"touched": False},
        }
        return queryset.filter(**by.get(value, {}))


_SHOW = {
    "share": {"yes": gettext_lazy("those that count"), "no": gettext_lazy("the others")},
    "difference": {"with": gettext_lazy("with"), "without": gettext_lazy("without")},
    "money": {"counted": gettext_lazy("counted"), "left": gettext_lazy("left out")},
    "days": {"counted": gettext_lazy("counted"), "left": gettext_lazy("not counted")},
}


def shows_of(metric: Metric) -> list[tuple[str, Any]]:
    """Which of its rows can be listed alone."""
    found = list(_SHOW.get(metric.unit, {}).items())
    return [*found, (_UNDATED, gettext_lazy("without a day"))] if metric.undated else found


class MetricRows(ListPage):
    """One number with its definition, and the rows that add up to it."""

    permission: ClassVar[str] = "impact.view"
    nav_item: ClassVar[str] = "impact"
    title = gettext_lazy("The rows behind a number")
    template_name: ClassVar[str] = "reporting/metrics/rows.html"
    empty_title = gettext_lazy("No rows in this period")
    empty_text = gettext_lazy("Choose another period, or fewer filters.")
    empty_icon: ClassVar[str] = "chart-bar"
    kept: ClassVar[tuple[str, ...]] = ("of",)

    @cached_property
    def metric(self) -> Metric:
        """The one of the address, if this member may see it."""
        found = metric_of(self.kwargs["code"], self.membership)
        if found is None:
            raise Http404
        return found

    @cached_property
    def frame(self) -> Frame:
        """What the address asks for; the metric's own period without a word."""
        return frame_of(self.params, self.membership, days=self.metric.days)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The rows; of a number made of others its terms, each with the way to its own."""
        metric, kind = self.metric, request.GET.get("export", "")
        if not isinstance(metric, Composed):
            return super().get(request, *args, **kwargs)
        if kind in ("csv", "xlsx"):
            return terms_file(kind, metric, self.frame, self.file_name())
        return render(request, "reporting/metrics/terms.html", self.of_terms(metric))

    def of_terms(self, metric: Composed) -> dict[str, Any]:
        """What the page of a number made of others draws."""
        query = query_of(self.params)
        joint = "&" if query else "?"
        # Each term is read over these very days, whatever its own period is.
        days = QueryDict(mutable=True)
        frame = metric.of_all(self.frame)
        days["since"], days["until"] = frame.first.isoformat(), frame.last.isoformat()
        if frame.segment:
            days["segment"] = frame.segment
        family = tenant_reverse(self.request, "settings-family", family="measurement")
        return {
            **self.get_context(),
            "page_title": self.headline(None),
            "terms": lines_of(metric, self.frame, self.membership, query_of(days)),
            "filters": self.filters,
            "csv_url": f"{query}{joint}export=csv",
            "xlsx_url": f"{query}{joint}export=xlsx",
            "settings_url": family if self.membership.can("settings.rules") else "",
        }

    def get_queryset(self) -> QuerySet[Any]:
        rows = None
        if self.params.get("show") == _UNDATED:
            rows = self.metric.without_day(self.frame)
        if rows is not None:
            rows = rows.annotate(part=Value(None, output_field=IntegerField()))
        else:
            rows = self.metric.behind(self.frame)
        if isinstance(self.metric, Composed):
            return rows
        related = related_of(rows.model)
        return rows.select_related(*related) if related else rows

    @cached_property
    def filters(self) -> RowsFilter:  # type: ignore[override]
        found = RowsFilter(self.params, queryset=self.listed, request=self.request)
        shows = shows_of(self.metric)
        found.form.fields["show"].choices = [("", _("Rows: all")), *shows]  # type: ignore[attr-defined]
        unused = {"segment", "region", "team", "type"} - set(self.metric.dimensions)
        if isinstance(self.metric, Composed) or "segment" not in self.metric.dimensions:
            unused.add("in_segment")
        if not self.membership.can("segments.view"):
            unused.add("in_segment")
        if not self.metric.pick:
            unused.add("of")
        for name in (*unused, *(() if shows else ("show",))):
            del found.filters[name]
            found.form.fields.pop(name)
        return found

    @cached_property
    def shown_table(self) -> Table:
        made = table_of(self.metric, self.listed.model, self.tenant)
        return made(params=self.params, request=self.request)

    def headline(self, total: Count | None) -> str:
        return f"{self.metric.name}: {self.card.value}"

    @cached_property
    def card(self) -> Any:
        """The number itself."""
        return number(self.metric, self.membership, frame=self.frame, compared=True)

    def file_name(self) -> str:
        return f"{self.metric.code} {self.frame.first} {self.frame.last}"

    def get_context(self) -> dict[str, Any]:
        undated = tenant_reverse(self.request, "metric", self.metric.code)
        return {
            "crumbs": [(tenant_reverse(self.request, "impact"), _("Impact"))],
            "metric": self.metric,
            "card": self.card,
            "page_subtitle": " · ".join(
                each for each in (words.period_of(self.frame), words.part_of(self.frame)) if each
            ),
            "definition": facts_of(self.metric),
            "undated_url": undated + query_of(self.params, show=_UNDATED)
            if self.metric.undated
            else "",
            "is_comparison": self.metric.unit == "difference",
            "definitions_url": tenant_reverse(self.request, "metrics"),
        }
