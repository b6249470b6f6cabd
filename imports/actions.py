"""The buttons on the page of an import, and the files it leaves (IMP-1, REP-1)."""

import csv
import io
from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.tables import safe_cell
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import AboutPress, ActionView, MemberView
from advocates.changes import tenant_today
from imports import selectors, services
from imports.models import ImportFile, ImportRun
from imports.sample import NAME, XLSX, sample_workbook
from imports.uploads import choose_encoding


class RunAction(AboutPress):
    """A button on the page of an import."""

    abstract = True
    permission: ClassVar[str] = services.PERMISSION
    subject_name: ClassVar[str] = "run"

    def find(self) -> ImportRun:
        return selectors.get_import(self.kwargs["pk"])

    def home(self) -> str:
        return tenant_reverse(self.request, "import-run", self.kwargs["pk"])


class ImportColumns(RunAction):
    """Back to the columns; stops a check that is under way."""

    service = services.reopen_import


class ImportStart(RunAction):
    """Import what was checked; a second click changes nothing."""

    service = services.start_import


class ImportCancel(RunAction):
    """Stop an import; what got in stays."""

    service = services.cancel_import


class ImportRetry(RunAction):
    """Go on after a failure, from where it stopped."""

    service = services.retry_import


class ImportDiscard(RunAction):
    """Throw an upload away."""

    service = services.discard_import
    success_message = gettext_lazy("Thrown away. Nothing was imported.")

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "import")


class ImportKind(ActionView):
    """Say what a file holds."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportFile:
        file = selectors.get_import_file(self.kwargs["pk"])
        return services.change_kind(
            actor=self.actor, file=file, kind=self.request.POST.get("kind", "")
        )

    def get_success_url(self, result: ImportFile) -> str:
        return tenant_reverse(self.request, "import-run", result.run_id)


class ImportEncoding(ActionView):
    """Say in which encoding a file is."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportFile:
        return choose_encoding(
            actor=self.actor,
            file=selectors.get_import_file(self.kwargs["pk"]),
            encoding=self.request.POST.get("encoding", ""),
        )

    def get_success_url(self, result: ImportFile) -> str:
        return tenant_reverse(self.request, "import-run", result.run_id)


class ImportErrors(MemberView):
    """The remarks of an import as a CSV file."""

    permission: ClassVar[str] = services.PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file; cells are safe to open in a spreadsheet (REP-1)."""
        run = selectors.get_import(self.kwargs["pk"])
        names = [_("file"), _("row"), _("column"), _("result"), _("problem"), _("accepted")]
        return _csv_answer(
            "import-remarks",
            names,
            (
                (
                    issue.file.name,
                    issue.row,
                    issue.column,
                    issue.get_severity_display(),
                    issue.problem,
                    issue.accepted,
                )
                for issue in selectors.issues_of(run).iterator(chunk_size=2000)
            ),
        )


class ImportRejected(MemberView):
    """The rows of a file that did not get in, to be corrected and uploaded again."""

    permission: ClassVar[str] = services.PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file in its own columns, with what is wrong in front."""
        file = selectors.get_import_file(self.kwargs["pk"])
        stem = slugify(file.name.rpartition(".")[0] or file.name) or "import"
        headings, rows = selectors.rejected_rows(file)
        return _csv_answer(f"{stem}-not-imported", headings, rows)


def _csv_answer(name: str, headings: Sequence[str], rows: Any) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(heading) for heading in headings])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    # Excel takes a file without the mark for one in Windows-1252.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class ImportSample(MemberView):
    """A workbook that shows how a program's past comes along; it loads as it is (IMP-2)."""

    permission: ClassVar[str] = services.PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, made now: its days are counted from today."""
        answer = HttpResponse(sample_workbook(tenant_today()), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
        return answer
