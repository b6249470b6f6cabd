"""Importing what a CRM exported: choose files, read the report (IMP-1)."""

import csv
import io
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.tables import safe_cell
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, FormPage, MemberView
from advocates.forms.settings import ImportForm
from advocates.imports.kinds import kind_label, kinds
from advocates.imports.reading import MAX_BYTES, MAX_ROWS
from advocates.imports.running import Upload, run_import
from advocates.models import ImportIssue, ImportRun
from advocates.selectors.accounts import get_import, import_runs
from advocates.views.common import crumb

#: Remarks shown on the page; the file has them all.
SHOWN = 200


class Import(FormPage):
    """Choose files and import them."""

    permission: ClassVar[str] = "imports.run"
    place: ClassVar[str] = "settings"
    form_class = ImportForm
    title = gettext_lazy("Import your CRM")
    subtitle = gettext_lazy(
        "Rows are known by their id in the CRM: import as often as you like, nothing is doubled."
    )
    submit_label = gettext_lazy("Import")
    template_name = "advocates/import.html"

    def get_context(self) -> dict[str, Any]:
        """What is recognised, and what was imported before."""
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "kinds": [
                (kind.label, [column.names[0] for column in kind.columns]) for kind in kinds()
            ],
            "runs": list(import_runs()),
            "megabytes": MAX_BYTES // 1024 // 1024,
            "max_rows": MAX_ROWS,
        }

    def perform(self, form: Any) -> ImportRun:
        """Import them."""
        files = [Upload(file.name, file.read()) for file in form.cleaned_data["uploads"]]
        return run_import(actor=self.actor, files=files)

    def get_success_url(self, result: ImportRun) -> str:
        """The report."""
        return tenant_reverse(self.request, "import-report", result.pk)


class ImportReport(DetailPage):
    """What an import came to."""

    permission: ClassVar[str] = "imports.run"
    place: ClassVar[str] = "settings"
    template_name = "advocates/import_report.html"
    object: ImportRun

    def get_object(self) -> ImportRun:
        """The run."""
        return get_import(self.kwargs["pk"])

    def get_title(self) -> str:
        """What it came to, in a sentence."""
        run = self.object
        if run.created + run.updated == 0 and run.skipped == 0:
            return _("Everything was up to date already")
        if run.skipped:
            return ngettext(
                "%(count)d row did not get in", "%(count)d rows did not get in", run.skipped
            ) % {"count": run.skipped}
        return _("Everything got in")

    def get_context(self) -> dict[str, Any]:
        """Counts per file, and the remarks."""
        issues = self.object.issues.all()
        return {
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "import", _("Import")),
            ],
            "files": [{**file, "label": kind_label(file["kind"])} for file in self.object.files],
            "issues": list(issues[:SHOWN]),
            "issue_count": issues.count(),
            "shown": SHOWN,
        }


class ImportErrors(MemberView):
    """The remarks of an import as a CSV file."""

    permission: ClassVar[str] = "imports.run"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; cells are safe to open in a spreadsheet (REP-1)."""
        run = get_import(self.kwargs["pk"])
        response = HttpResponse(_errors(run.issues.all()), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="import-errors.csv"'
        return response


def _errors(issues: QuerySet[ImportIssue]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("file"), _("row"), _("column"), _("result"), _("problem"), _("accepted")])
    for issue in issues.iterator(chunk_size=2000):
        cells = (issue.file, issue.row, issue.column, issue.get_severity_display())
        writer.writerow([safe_cell(cell) for cell in (*cells, issue.problem, issue.accepted)])
    # Excel takes a file without the mark for one in Windows-1252.
    return "\ufeff" + out.getvalue()
