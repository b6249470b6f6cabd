"""Goals in a browser: list with orientation, one goal with how it stands, form (GOAL-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy import clock
from advocacy.records.pages import RecordList, RecordPage
from advocacy.web.formatting import day
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView
from advocates.forms import DateInput
from reporting.goals import services
from reporting.goals.ambitions import AMBITIONS
from reporting.goals.headcount import headcount_plan
from reporting.goals.models import Goal
from reporting.goals.words import line_of, target_words
from reporting.metrics.registry import METRICS
from reporting.metrics.words import value_of


class GoalForm(TenantModelForm):
    """Which number, how much, by when, and for which part of the program."""

    class Meta:
        model = Goal
        fields = ("metric", "target", "starts_on", "ends_on", "segment", "region")
        widgets: ClassVar[dict[str, Any]] = {"starts_on": DateInput(), "ends_on": DateInput()}
        help_texts: ClassVar[dict[str, Any]] = {
            "target": gettext_lazy(
                "Shares and differences in per cent: 90, or −20 for a fifth less. Money in your"
                " base currency."
            ),
        }


def period(goal: Goal) -> str:
    """From when until when."""
    return f"{day(goal.starts_on)} – {day(goal.ends_on)}"


def whom(goal: Goal) -> str:
    """For which part of the program."""
    said = [str(goal.get_segment_display()), str(goal.get_region_display())]
    return ", ".join(each for each in said if each) or _("All")


class GoalTable(Table):
    """The last to end first."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "metric",
            gettext_lazy("Number"),
            value="get_metric_display",
            url=lambda row, request: tenant_reverse(request, "goals:detail", row.pk),
        ),
        Column("target", gettext_lazy("Target"), value=target_words, align="end"),
        Column("period", gettext_lazy("Period"), value=period, sort="ends_on"),
        Column("whom", gettext_lazy("For"), value=whom, phone=False),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
    )
    default_sort: ClassVar[str] = "-period"


def facts_of(goal: Any) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Target"), target_words(goal)),
        (_("Period"), period(goal)),
        (_("For"), whom(goal)),
        (_("How it is counted"), str(METRICS[goal.metric].formula)),
    ]


class GoalList(RecordList):
    """Below it what others report, and how many there should be on each tier."""

    abstract = True
    template_name: ClassVar[str] = "reporting/goals/list.html"

    def get_context(self) -> dict[str, Any]:
        tenant, member = self.tenant, self.membership
        others = []
        for each in AMBITIONS:
            own = "–"
            metric = METRICS.get(each.metric)
            if metric is not None and member.can(metric.may):
                value = metric.of_tenant().now(tenant).value
                own = value_of(metric, value, tenant) if value is not None else "–"
            others.append((each, own))
        return {
            "others": others,
            "plan": headcount_plan(tenant) if member.can("tiers.view") else None,
            "ambitions_url": tenant_reverse(self.request, "goals:ambitions")
            if member.can("goals.edit")
            else "",
            "numbers_url": tenant_reverse(self.request, "settings-family", family="measurement")
            if member.can("settings.rules")
            else "",
        }


class GoalPage(RecordPage):
    """How it stands, and the way to its rows."""

    abstract = True
    template_name: ClassVar[str] = "reporting/goals/detail.html"

    def get_context(self) -> dict[str, Any]:
        goal: Goal = self.row
        # The rows of the number that stands there: of a goal that runs, those up to today.
        last = max(goal.starts_on, min(goal.ends_on, clock.today(self.tenant.zone)))
        query = f"?since={goal.starts_on.isoformat()}&until={last.isoformat()}"
        for name in ("segment", "region"):
            if getattr(goal, name):
                query += f"&{name}={getattr(goal, name)}"
        rows = tenant_reverse(self.request, "metric", goal.metric)
        return {
            **super().get_context(),
            "line": line_of(goal, self.tenant),
            "rows_url": rows + query,
        }


class StartingAmbitions(ActionView):
    """The usual goals of a first year."""

    permission: ClassVar[str] = "goals.edit"

    def perform(self) -> int:
        return services.set_starting_ambitions(actor=self.actor)

    def get_success_message(self, result: int) -> str:
        if not result:
            return _("Each of them has a goal for this year already.")
        text = ngettext("%(n)d goal set for this year.", "%(n)d goals set for this year.", result)
        return text % {"n": result}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "goals:list")
