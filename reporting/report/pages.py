"""The executive report in a browser and as PDF, and who gets it by mail (REP-1.e)."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from advocacy.web.charts import Chart
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, MemberView
from advocates.models import SavedSegment
from advocates.segments.narrowing import segments_for_numbers
from reporting.metrics.filters import segment_asked
from reporting.pdf.making import pdf_answer, pdf_of
from reporting.report.content import Report, report_of
from reporting.report.periods import Every, Period
from reporting.report.services import subscribe, subscription_of


class ReportPage(MemberView):
    """One page: numbers, two charts, what it was worth, what went well, what needs deciding.

    ``?every=month`` or ``quarter``, ``?since=`` any day of it; ``?as=pdf`` is the file.
    """

    permission: ClassVar[str] = "report.view"
    nav_item: ClassVar[str] = "impact"

    @cached_property
    def period(self) -> Period:
        """What the address asks for, the last whole quarter without a word."""
        asked = self.request.GET
        return Period.asked(asked.get("every", ""), asked.get("since", ""), self.tenant)

    @cached_property
    def among(self) -> SavedSegment | None:
        """The saved segment of the address; none without one this member may use."""
        return segment_asked(self.membership, self.request.GET.get("in_segment", ""))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the PDF."""
        period, among = self.period, self.among
        report = report_of(self.membership, period, among)
        if request.GET.get("as") == "pdf":
            data = pdf_of("report", data_of(report, self.tenant.name))
            return pdf_answer(data, f"report-{period.every}-{period.first}")
        context = {
            "page_title": report.title,
            "place": _("Executive report"),
            "subtitle": f"{self.tenant.name} · {report.what}",
            "crumbs": [(tenant_reverse(request, "impact"), _("Impact"))],
            "report": report,
            "pdf_url": f"{_query(period, among)}&as=pdf",
            "before_url": _query(period.before(), among),
            "after_url": _query(period.after(), among) if self._is_over() else "",
            "tabs": [
                {
                    "url": _query(Period.holding(each, period.last), among),
                    "label": _("Month") if each == Every.MONTH else _("Quarter"),
                    "active": each == period.every,
                }
                for each in Every
            ],
            "choices": [("", _("Not by mail")), *Every.choices],
            "every": period.every,
            "since": period.first.isoformat(),
            "segments": segments_for_numbers(self.membership),
            "among": among,
            "subscribed": subscription_of(self.membership),
        }
        return render(request, "reporting/report/report.html", context)

    def _is_over(self) -> bool:
        return self.period.first < Period.last_whole(self.period.every, self.tenant).first


class ReportMail(ActionView):
    """Have it mailed, or not any more."""

    permission: ClassVar[str] = "report.view"

    def perform(self) -> str:
        every = self.request.POST.get("every", "")
        subscribe(actor=self.actor, every=every)
        return every

    def get_success_message(self, result: str) -> str:
        if not result:
            return _("The report is not mailed to you any more.")
        return _("The report is mailed to you once its period is over.")

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "report")


def _query(period: Period, among: SavedSegment | None) -> str:
    part = f"&in_segment={among.pk}" if among else ""
    return f"?every={period.every}&since={period.first.isoformat()}{part}"


def data_of(report: Report, company: str) -> dict[str, Any]:
    """The report as the PDF's template reads it."""
    voices = [f"{each.title} ({each.who}): {each.text}" for each in report.voices]
    gain = report.worth
    return {
        "title": report.title,
        "company": company,
        "period": report.what,
        "words": {
            "numbers": _("The numbers"),
            "worth": _("What it was worth"),
            "referrals": _("What referrals bring is not measured yet: that term is left out."),
            "good": _("What went well"),
            "decide": _("What needs deciding"),
            "nothing": _("Nothing waits for a decision."),
        },
        "head": [_("Number"), _("Value"), _("Target"), _("Before"), _("Made of")],
        "lines": [
            {name: getattr(line, name) for name in ("name", "value", "target", "before", "note")}
            | {"tone": line.tone}
            for line in report.lines
        ],
        "charts": [_chart(chart) for chart, _template in report.charts],
        "gain": f"{gain.name}: {gain.value} ({gain.note})" if gain else "",
        "terms_head": [_("Term"), _("Side"), _("Value"), _("Gives")],
        "terms": [
            {name: getattr(term, name) for name in ("name", "side", "value", "factor", "amount")}
            for term in report.terms
        ],
        "good": [*(each.text for each in report.goals), *voices],
        "decide": [each.text for each in report.decisions],
    }


def _chart(chart: Chart) -> dict[str, Any]:
    most = max((sum(point.values) for point in chart.points), default=0) or 1
    return {
        "title": chart.title,
        "head": [chart.over, "", _("Total")],
        "points": [
            {
                "label": point.label,
                "said": point.said,
                "share": max(0.0, sum(point.values)) / most,
            }
            for point in chart.points
        ],
    }
