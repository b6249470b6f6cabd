"""The numbers of a dashboard as a file, each the same as on the page (REP-1.d)."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from advocacy.web.spreadsheets import xlsx_answer
from advocacy.web.tables import safe_cell
from reporting.dashboards.roles import Dashboard
from reporting.metrics.frame import Frame
from reporting.metrics.words import left_out_of, not_told_by, part_of


def numbers_csv(board: Dashboard, frame: Frame) -> HttpResponseBase:
    """One line a number; text is kept from being a formula."""
    out = io.StringIO()
    lines = csv.writer(out)
    for row in (_head(), *_lines(board, frame)):
        lines.writerow([safe_cell(value) for value in row])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(board, frame)}.csv"'
    return answer


def numbers_xlsx(board: Dashboard, frame: Frame) -> HttpResponseBase:
    """The same as an Excel workbook; its pictures' numbers on a sheet each."""
    pictures = [
        (
            str(each.name),
            [_("Part"), _("Value"), *sorted({key for bar in bars for key in bar.parts})],
            [
                [bar.key, bar.total, *(value for _key, value in sorted(bar.parts.items()))]
                for bar in bars
            ],
        )
        for each in board.charts
        for bars in [each.read(frame)]
    ]
    numbers = (str(board.name), _head(), list(_lines(board, frame)))
    return xlsx_answer([numbers, *pictures], _name(board, frame))


#: By what the address asks for.
FILES: dict[str | None, Callable[[Dashboard, Frame], HttpResponseBase]] = {
    "csv": numbers_csv,
    "xlsx": numbers_xlsx,
}


def _name(board: Dashboard, frame: Frame) -> str:
    return f"impact-{board.key}-{frame.first}-{frame.last}"


def _head() -> list[str]:
    return [
        *(_("Code"), _("Number"), _("Value"), _("Unit"), _("Target"), _("Counted"), _("Of")),
        *(_("Low"), _("High"), _("Period before"), _("From"), _("Until"), _("Left out")),
        *(_("For"), _("Not told apart by")),
    ]


def _lines(board: Dashboard, frame: Frame) -> Iterator[list[Any]]:
    for each in (*board.large, *board.small):
        metric = each.of_tenant()
        reading = metric.read(frame)
        before = metric.read(frame.before()).value if metric.has_past else None
        yield [
            *(metric.code, str(metric.name), reading.value, metric.unit, metric.target),
            *(reading.numerator, reading.denominator or reading.counted),
            *(reading.low, reading.high, before, frame.first, frame.last),
            "; ".join(left_out_of(lost) for lost in reading.left_out),
            *(part_of(frame), not_told_by(metric, frame)),
        ]
