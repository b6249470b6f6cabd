"""What a number made of others shows: each term with what it gives, and the way to its rows
(MET-5.b).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.formatting import money
from advocacy.web.shapes import percent
from advocacy.web.spreadsheets import xlsx_answer
from advocacy.web.tables import safe_cell
from reporting.metrics.composed import Composed, Step
from reporting.metrics.frame import Frame
from reporting.metrics.words import left_out_of, value_of
from reporting.presentation import metric_url


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term as a person reads it; ``url`` leads to its rows."""

    name: str
    side: str
    value: str
    factor: str
    amount: str
    lost: list[str]
    url: str


def lines_of(metric: Composed, frame: Frame, member: Membership, query: str) -> list[TermLine]:
    """The terms of a number over a frame."""
    return [_line(step, member, query) for step in metric.steps(frame)]


def _line(step: Step, member: Membership, query: str) -> TermLine:
    tenant, value = member.tenant, step.reading.value
    return TermLine(
        str(step.metric.name),
        _sides()[step.side],
        "–" if value is None else value_of(step.metric, value, tenant, short=False),
        _factor(step, member),
        _amount(step, member),
        [left_out_of(each) for each in step.reading.left_out],
        metric_url(step.metric, member, query),
    )


def _sides() -> dict[str, str]:
    return {"value": _("value"), "cost": _("cost"), "by": _("divided by")}


def _factor(step: Step, member: Membership) -> str:
    if step.factor is None:
        return ""
    if step.factor == 0:
        return _("(left out: worth 0 in your settings)")
    if step.metric.unit == "money":
        return f"× {percent(step.factor)}"
    return f"× {money(step.factor, member.tenant.currency)}"


def _amount(step: Step, member: Membership) -> str:
    if step.amount is None:
        return "–"
    if step.side == "by":
        return number_format(step.amount, decimal_pos=0, force_grouping=True)
    return money(step.amount, member.tenant.currency)


def terms_file(kind: str, metric: Composed, frame: Frame, name: str) -> HttpResponseBase:
    """The terms as a file, ``csv`` or ``xlsx``; the number itself is the last line."""
    head = [_("Code"), _("Number"), _("Side"), _("Value"), _("Factor"), _("Amount"), _("Left out")]
    rows = list(_rows(metric, frame))
    if kind == "xlsx":
        return xlsx_answer([(str(metric.name), head, rows)], name)
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(each) for each in row] for row in (head, *rows))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _rows(metric: Composed, frame: Frame) -> Iterator[list[Any]]:
    steps = metric.steps(frame)
    for step in steps:
        lost = "; ".join(left_out_of(each) for each in step.reading.left_out)
        said = [step.metric.code, str(step.metric.name), step.side, step.reading.value]
        yield [*said, step.factor, step.amount, lost]
    value = metric.make(steps).value
    yield [metric.code, str(metric.name), "", value, None, value, ""]
