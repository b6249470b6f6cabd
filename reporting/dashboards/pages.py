"""Impact: the numbers of a role over a period, each leading to its rows (REP-1)."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import MemberView
from reporting.dashboards.charts import chart_of, template_of
from reporting.dashboards.export import FILES
from reporting.dashboards.roles import Dashboard, boards_of
from reporting.goals.selectors import goals_now
from reporting.goals.words import line_of
from reporting.metrics import deals
from reporting.metrics.filters import FrameFilter, frame_of, query_of
from reporting.metrics.frame import Frame
from reporting.metrics.words import part_of, period_of
from reporting.presentation import number
from requests.models import Opportunity

#: Over so many days a dashboard looks where its address names no others.
DAYS = 365


class Impact(MemberView):
    """A dashboard; ``?board=`` is one of another role, the other parameters are the frame."""

    permission: ClassVar[str] = "impact.view"
    nav_item: ClassVar[str] = "impact"

    @cached_property
    def boards(self) -> list[Dashboard]:
        """Those of this member."""
        return boards_of(self.membership)

    @cached_property
    def board(self) -> Dashboard:
        """The one of the address, else of the role."""
        asked = self.request.GET.get("board", "")
        if not self.boards:
            raise Http404
        return next((each for each in self.boards if each.key == asked), self.boards[0])

    @cached_property
    def frame(self) -> Frame:
        """What the address asks about."""
        return frame_of(self.request.GET, self.membership, days=DAYS)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or its numbers as a file."""
        if (kind := request.GET.get("export")) in FILES:
            return FILES[kind](self.board, self.frame)
        return render(request, "reporting/dashboards/impact.html", self.context())

    def context(self) -> dict[str, Any]:
        """Everything the template draws."""
        member, frame, board = self.membership, self.frame, self.board
        params = self.request.GET.copy()
        if not ({"period", "since"} & set(params)):
            params["period"] = str(DAYS)
        query = query_of(params)
        large, small = (
            [number(each, member, frame=frame, query=query, compared=True) for each in metrics]
            for metrics in (board.large, board.small)
        )
        filters = FrameFilter(params, queryset=Opportunity.objects.none(), request=self.request)
        if not member.can("segments.view"):
            del filters.filters["in_segment"]
            del filters.form.fields["in_segment"]
        filters.form.is_valid()
        charts = [
            (chart, template_of(chart.code))
            for each in board.charts
            if (chart := chart_of(each, frame, member, params))
        ]
        goals = goals_now(member, [metric.code for metric in (*board.large, *board.small)])
        return {
            "page_title": self.title(large),
            "place": _("Impact"),
            "subtitle": self.subtitle(),
            "tabs": [self._tab(each) for each in self.boards],
            "board": board,
            "filters": filters,
            "chips": filters.chips(self.request.GET),
            "large": large,
            "small": small,
            "charts": charts,
            "goals": [
                (line_of(goal, self.tenant), tenant_reverse(self.request, "goals:detail", goal.pk))
                for goal in goals
            ],
            "export_url": self._export_url("csv"),
            "xlsx_url": self._export_url("xlsx"),
            "may_see_rates": member.can("rates.view"),
            "may_see_costs": member.can("costs.view"),
            "may_see_report": member.can("report.view"),
            "may_simulate": member.can("simulations.view"),
        }

    def title(self, large: list[Any]) -> str:
        """What the page says, in a sentence where there is one to say."""
        name = str(deals.INFLUENCED_REVENUE.name)
        card = next((each for each in large if each.label == name), None)
        if card is not None and card.value != "–":
            return _("Advocates touched %(amount)s of what was won") % {"amount": card.value}
        return _("What the program does")

    def subtitle(self) -> str:
        """Which days, which part."""
        said = [period_of(self.frame), part_of(self.frame) or _("all segments")]
        return " · ".join(said)

    def _tab(self, board: Dashboard) -> dict[str, Any]:
        query = query_of(self.request.GET)
        joint = "&" if query else "?"
        return {
            "url": f"{query}{joint}board={board.key}",
            "label": str(board.name),
            "active": board is self.board,
        }

    def _export_url(self, kind: str) -> str:
        query = query_of(self.request.GET)
        joint = "&" if query else "?"
        return f"{query}{joint}board={self.board.key}&export={kind}"
