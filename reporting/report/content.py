"""What stands in the executive report: each number from its one definition (REP-1.e, MET-6.a)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.web.charts import Chart
from advocacy.web.formatting import money
from advocacy.web.urls import tenant_reverse
from advocates.models import SavedSegment
from benefits.budgets.selectors import budget_left
from benefits.grants.selectors import to_approve
from benefits.recognition.models import Recognition
from benefits.recognition.selectors import on_the_wall
from reporting.capacity.measuring import figures_in
from reporting.capacity.selectors import newest_check, shown_to, warnings_for
from reporting.capacity.warnings import sentence_of
from reporting.cost_budgets.selectors import listed_cost_budgets
from reporting.dashboards.charts import chart_of, template_of
from reporting.goals.progress import ADDS_UP
from reporting.goals.selectors import goals_now
from reporting.goals.words import line_of
from reporting.metrics import breakdowns, deals, fill, program, worth
from reporting.metrics.among import ids_of, is_of_accounts
from reporting.metrics.definitions import Metric
from reporting.metrics.filters import query_of
from reporting.metrics.frame import Frame
from reporting.metrics.terms import TermLine, lines_of
from reporting.metrics.words import left_out_of, made_of, not_told_by, nothing_of, value_of
from reporting.presentation import metric_url
from reporting.report.periods import Period

#: The numbers it is about, in order.
NUMBERS: tuple[Metric, ...] = (
    deals.INFLUENCED_REVENUE,
    deals.QUALIFIED_REFERENCES,
    deals.DEALS_SUPPORTED,
    deals.REFERENCE_CLOSE_RATE,
    program.ACTIVITIES,
    program.ENGAGEMENT,
    program.ASK_ACCEPTANCE,
    program.THANKED_IN_TIME,
    fill.BUSINESS_TIME_TO_FILL,
)
CHARTS = (breakdowns.REVENUE_BY_MONTH, breakdowns.ACTIVITIES_BY_MONTH)
#: So many voices, and so many things to decide; a page has no room for more.
_VOICES, _DECISIONS = 3, 6


@dataclass(frozen=True, slots=True)
class Line:
    """A number: what it was, what it should be, what it was before; ``url`` leads to its rows."""

    code: str
    name: str
    value: str
    target: str
    before: str
    note: str
    tone: str
    url: str


@dataclass(frozen=True, slots=True)
class Voice:
    """What stands on the wall about somebody, with their leave."""

    title: str
    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What waits for somebody's word, and where it is said."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, as one member may read it."""

    title: str
    period: Period
    lines: list[Line]
    charts: list[tuple[Chart, str]]
    worth: Line | None
    terms: list[TermLine]
    voices: list[Voice]
    goals: list[Decision]
    decisions: list[Decision]
    among: SavedSegment | None = None

    @property
    def what(self) -> str:
        """Which days, and which part of the program: "Quarter 1, 2026 · Large accounts"."""
        return f"{self.period.name} · {self.among.name}" if self.among else self.period.name


def report_of(member: Membership, period: Period, among: SavedSegment | None = None) -> Report:
    """The report over a period, in the language of the moment; its numbers and voices of a saved
    segment where one is said (SEG-1.b). Goals and decisions are the program's.
    """
    tenant, frame = member.tenant, period.frame(member.tenant, among)
    year = period.year_up_to(tenant, among)
    params = _asking(year)
    shown = [metric for metric in NUMBERS if member.can(metric.may)]
    has_costs = member.can(worth.RETURN.may)
    charts = [
        (chart, template_of(chart.code))
        for each in CHARTS
        if member.can(each.may) and (chart := chart_of(each, year, member, params))
    ]
    reached, behind = _goals(member)
    return Report(
        _title(member, frame),
        period,
        [_line(each, period, member, among) for each in shown],
        charts,
        _line(worth.RETURN, period, member, among) if has_costs else None,
        lines_of(worth.RETURN, frame, member, query_of(_asking(frame))) if has_costs else [],
        _voices(frame),
        reached,
        [*behind, *_decisions(member)][:_DECISIONS],
        among,
    )


def _asking(frame: Frame) -> QueryDict:
    asked = QueryDict(mutable=True)
    asked["since"], asked["until"] = frame.first.isoformat(), frame.last.isoformat()
    if frame.among is not None:
        asked["in_segment"] = str(frame.among.pk)
    return asked


def _title(member: Membership, frame: Frame) -> str:
    reading = deals.INFLUENCED_REVENUE.read(frame)
    if reading.value is None:
        return _("What the program did")
    amount = money(reading.value, member.tenant.currency, short=True)
    return _("Advocates touched %(amount)s of what was won") % {"amount": amount}


def _line(metric: Metric, period: Period, member: Membership, among: SavedSegment | None) -> Line:
    tenant, frame = member.tenant, _frame_of(metric, period, member.tenant, among)
    metric = metric.of_tenant()
    reading = metric.read(frame)
    before = metric.read(_frame_of(metric, period.before(), tenant, among)).value
    target = _target(metric, frame)
    said = [
        made_of(metric, reading, tenant),
        not_told_by(metric, frame),
        *(left_out_of(each) for each in reading.left_out),
    ]
    value, tone = "–", ""
    if reading.value is None:
        said[:1] = [nothing_of(reading)]
    else:
        value = value_of(metric, reading.value, tenant)
        if target is not None:
            good = reading.value >= target if metric.higher_is_better else reading.value <= target
            tone = "success" if good else "warning"
    return Line(
        metric.code,
        str(metric.name),
        value,
        "" if target is None else value_of(metric, target, tenant),
        "–" if before is None else value_of(metric, before, tenant),
        " · ".join(each for each in said if each),
        tone,
        metric_url(metric, member, query_of(_asking(frame))),
    )


def _frame_of(metric: Metric, period: Period, tenant: Tenant, among: SavedSegment | None) -> Frame:
    """The period; of engagement, which is of a year by its definition, the year up to its end."""
    is_yearly = metric.code == program.ENGAGEMENT.code
    return period.year_up_to(tenant, among) if is_yearly else period.frame(tenant, among)


def _target(metric: Metric, frame: Frame) -> float | None:
    """The target of the metric's own period; of what adds up as much as belongs to these days."""
    if metric.target is None or metric.unit not in ADDS_UP:
        return metric.target
    part = metric.target * frame.days / metric.days
    return round(part) if metric.unit == "count" else part


def _voices(frame: Frame) -> list[Voice]:
    found = []
    for row in _on_the_wall(frame):
        if row.published_at is None or not frame.start <= row.published_at < frame.end:
            continue
        company = row.advocate.account.name if row.names_company else ""
        who = ", ".join(each for each in (row.advocate.name, company) if each)
        found.append(Voice(row.title, row.text, who))
    return found[:_VOICES]


def _on_the_wall(frame: Frame) -> list[Recognition]:
    rows = on_the_wall()
    if frame.among is None:
        return rows
    of = "account_id" if is_of_accounts(frame.among) else "pk"
    keys = {row.pk: getattr(row.advocate, of) for row in rows}
    held = set(ids_of(frame.among).filter(pk__in=keys.values()).values_list("pk", flat=True))
    return [row for row in rows if keys[row.pk] in held]


def _goals(member: Membership) -> tuple[list[Decision], list[Decision]]:
    """Goals of today that are on pace, and those that are not."""
    good, bad = [], []
    for goal in goals_now(member, [metric.code for metric in NUMBERS]):
        line = line_of(goal, member.tenant)
        words = {"name": line.name, "now": line.now, "target": line.target, "how": line.verdict}
        text = _("%(name)s: %(now)s of %(target)s, %(how)s") % words
        made = Decision(text, tenant_reverse(member.tenant, "goals:detail", goal.pk))
        if line.tone == "success":
            good.append(made)
        elif line.tone == "warning":
            bad.append(made)
    return good, bad


def _decisions(member: Membership) -> Iterator[Decision]:
    tenant = member.tenant
    if member.can("grants.view") and (count := to_approve(member).count()):
        text = ngettext(
            "%(n)d benefit waits for an approval", "%(n)d benefits wait for an approval", count
        )
        yield Decision(
            text % {"n": count}, tenant_reverse(tenant, "grants:list") + "?state=planned"
        )
    if member.can("budgets.view") and (left := budget_left()) and left.left < 0:
        over = money(-left.left, tenant.currency)
        text = _("More benefits are approved than the budgets hold: %(over)s too much")
        yield Decision(text % {"over": over}, tenant_reverse(tenant, "budgets:list"))
    if member.can("costs.view"):
        today = clock.today(tenant.zone)
        rows = listed_cost_budgets(member).filter(
            starts_on__lte=today, ends_on__gte=today, left__lt=0
        )
        for row in rows:
            over = money(-row.left, tenant.currency)
            text = _("The budget of %(kind)s is over by %(over)s") % {"kind": row, "over": over}
            yield Decision(text, tenant_reverse(tenant, "cost-budgets:detail", row.pk))
    check = newest_check() if member.can("metrics.view") else None
    if check is not None:
        figures = shown_to(member, figures_in(check.figures))
        for code in warnings_for(member, check):
            yield Decision(sentence_of(code, figures), tenant_reverse(tenant, "capacity"))
