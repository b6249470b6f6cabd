"""The numbers of a dashboard as a file, each the same as on the page (REP-1.d)."""

import csv
import io

from django.http import HttpResponse
from django.utils.translation import gettext as _

from advocacy.web.tables import safe_cell
from reporting.dashboards.roles import Dashboard
from reporting.metrics.frame import Frame
from reporting.metrics.words import left_out_of


def numbers_csv(board: Dashboard, frame: Frame) -> HttpResponse:
    """One line a number; text is kept from being a formula."""
    out = io.StringIO()
    lines = csv.writer(out)
    head = (
        *(_("Code"), _("Number"), _("Value"), _("Unit"), _("Target"), _("Counted"), _("Of")),
        *(_("Low"), _("High"), _("Period before"), _("From"), _("Until"), _("Left out")),
    )
    lines.writerow([safe_cell(each) for each in head])
    for each in (*board.large, *board.small):
        metric = each.of_tenant()
        reading = metric.read(frame)
        before = metric.read(frame.before()).value if metric.has_past else None
        row = (
            *(metric.code, str(metric.name), reading.value, metric.unit, metric.target),
            *(reading.numerator, reading.denominator or reading.counted),
            *(reading.low, reading.high, before, frame.first, frame.last),
            "; ".join(left_out_of(lost) for lost in reading.left_out),
        )
        lines.writerow([safe_cell(value) for value in row])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"impact-{board.key}-{frame.first}-{frame.last}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
