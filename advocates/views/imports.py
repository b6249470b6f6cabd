"""Importing what a CRM exported: files, columns, check, progress, report (IMP-1).

A run has one address; what it shows follows from where the run stands.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.http import is_for, redirect
from advocacy.web.tables import safe_cell
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, FormPage, MemberView
from advocates.forms.imports import ColumnsForm, ImportForm
from advocates.imports.kinds import kind_label, kinds
from advocates.imports.mapping import Trouble
from advocates.imports.reading import MAX_BYTES, MAX_ROWS
from advocates.models import ImportFile, ImportRun
from advocates.selectors import imports as selectors
from advocates.services import imports as services
from advocates.states import ImportState
from advocates.views.common import crumb

#: Remarks shown on the page; the file has them all.
SHOWN = 200
#: Element that is drawn anew while a worker is at it.
LIVE = "import-live"


class Import(FormPage):
    """Choose files; the imports so far."""

    permission: ClassVar[str] = services.PERMISSION
    place: ClassVar[str] = "settings"
    form_class = ImportForm
    title = gettext_lazy("Import your CRM")
    subtitle = gettext_lazy(
        "Rows are known by their id in the CRM: import as often as you like, nothing is doubled."
    )
    submit_label = gettext_lazy("Upload")
    template_name = "advocates/imports/upload.html"

    def get_context(self) -> dict[str, Any]:
        """What is recognised, what a file may be, and what was imported before."""
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "kinds": [(kind.label, kind.columns) for kind in kinds()],
            "runs": selectors.import_runs(),
            "megabytes": MAX_BYTES // 1024 // 1024,
            "max_rows": MAX_ROWS,
            "max_files": services.MAX_FILES,
        }

    def perform(self, form: Any) -> ImportRun:
        """Take them in."""
        files = (services.Upload(file.name, file.read()) for file in form.cleaned_data["uploads"])
        return services.upload_files(actor=self.actor, files=files)

    def get_success_url(self, result: ImportRun) -> str:
        """What was recognised."""
        return tenant_reverse(self.request, "import-run", result.pk)


@dataclass(frozen=True, slots=True)
class FileColumns:
    """A file on the page of its columns."""

    file: ImportFile
    columns: list[tuple[str, list[str], BoundField]]
    preview: selectors.Preview | None
    #: What keeps it from being read; said before anybody presses the button.
    troubles: list[Trouble]


class ImportPage(FormPage):
    """One import, wherever it stands: its columns, its progress, its report."""

    permission: ClassVar[str] = services.PERMISSION
    place: ClassVar[str] = "settings"
    template_name = "advocates/imports/columns.html"
    form_template = "advocates/imports/columns_form.html"
    submit_label = gettext_lazy("Check all rows")
    object: ImportRun

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page for its state, or its progress alone."""
        self.object = selectors.get_import(self.kwargs["pk"])
        if is_for(request, LIVE) and not self.object.is_at_work:
            return redirect(request, request.path)
        if self.object.state == ImportState.UPLOADED:
            return super().get(request, *args, **kwargs)
        context = {"page_title": self.get_title(), "object": self.object, **self._frame()}
        if self.object.is_at_work:
            own = is_for(request, LIVE)
            name = "live" if own else "working"
            return render(request, f"advocates/imports/{name}.html", context)
        context |= self._report()
        return render(request, "advocates/imports/report.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The columns were said: have all rows checked."""
        self.object = selectors.get_import(self.kwargs["pk"])
        if self.object.state != ImportState.UPLOADED:
            raise services.moved_on()
        return super().post(request, *args, **kwargs)

    def get_form(self) -> ColumnsForm:
        """A field for each column."""
        files = selectors.files_of(self.object)
        return ColumnsForm(**self.get_form_kwargs(), import_files=files)

    def get_initial(self) -> dict[str, Any]:
        """Where the ids come from, as the headings told."""
        return {"source": self.object.source}

    def perform(self, form: Any) -> ImportRun:
        """Have it checked."""
        return services.check_import(
            actor=self.actor,
            run=self.object,
            columns=form.columns,
            source=form.cleaned_data["source"],
        )

    def get_success_url(self, result: ImportRun) -> str:
        """The same address shows the progress."""
        return self.request.path

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The form, with the rows as they would be read."""
        self._form = form
        return super().show(form, status)

    def get_context(self) -> dict[str, Any]:
        """The files with their columns, and the first rows as they would be read."""
        chunks = selectors.first_lines(self.object)
        form: ColumnsForm = self._form
        tables = []
        for file in form.import_files:
            chunk, columns = chunks.get(file.pk), form.columns_of(file)
            fields = form.fields_of(file)
            tables.append(
                FileColumns(
                    file,
                    list(zip(file.headings, selectors.samples(file, chunk), fields, strict=False)),
                    selectors.preview(file, chunk, columns),
                    [] if form.is_bound else services.file_troubles(file, columns),
                )
            )
        return {**self._frame(), "tables": tables, "kinds": kinds()}

    def get_title(self) -> str:
        """Where it stands, in a sentence."""
        run = self.object
        if run.state == ImportState.UPLOADED:
            return _("What are these columns?")
        if run.is_at_work:
            return _("Importing") if run.is_import else _("Checking every row")
        if run.state == ImportState.CHECKED:
            return self._promise()
        if run.state == ImportState.FAILED:
            return _("Something went wrong that nobody foresaw")
        if run.state == ImportState.CANCELLED:
            return _("Stopped after %(done)s of %(all)s rows") % {
                "done": run.rows_done,
                "all": run.rows,
            }
        if run.skipped:
            return ngettext(
                "%(count)d row did not get in", "%(count)d rows did not get in", run.skipped
            ) % {"count": run.skipped}
        if run.created + run.updated == 0:
            return _("Everything was up to date already")
        return _("Everything got in")

    def _promise(self) -> str:
        run = self.object
        if run.created + run.updated == 0:
            if run.skipped:
                return _("There is nothing that could be imported")
            return _("Everything is up to date already")
        if run.skipped:
            return ngettext(
                "%(count)d row would not get in", "%(count)d rows would not get in", run.skipped
            ) % {"count": run.skipped}
        return _("All rows are fine")

    def _frame(self) -> dict[str, Any]:
        """What every state shows."""
        return {
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "import", _("Import")),
            ],
            "files": [(file, kind_label(file.kind)) for file in selectors.files_of(self.object)],
            "stations": _stations(self.object),
            "kept_days": services.KEPT_UPLOAD.days,
        }

    def _report(self) -> dict[str, Any]:
        run = self.object
        issues = selectors.issues_of(run)
        ended = run.finished_at
        kept_until = ended + services.KEPT_ROWS if ended else None
        rest = selectors.files_with_rest(run) if run.has_ended else set()
        return {
            "issues": list(issues[:SHOWN]),
            "issue_count": issues.count(),
            "shown": SHOWN,
            "rest": rest,
            "kept_until": kept_until - timedelta(days=1) if kept_until else None,
            "changes": run.created + run.updated,
        }


def _stations(run: ImportRun) -> list[tuple[str, str]]:
    """The way of an import: each station with "done", "now" or "" for one that is to come."""
    names = [_("Upload"), _("Columns"), _("Check"), _("Import")]
    if run.state == ImportState.UPLOADED:
        now = 1
    elif run.has_ended:
        now = len(names)
    else:
        now = 3 if run.is_import else 2
    return [
        (name, "done" if place < now else "now" if place == now else "")
        for place, name in enumerate(names)
    ]


class RunAction(ActionView):
    """A button on the page of an import."""

    abstract = True

    def get_run(self) -> ImportRun:
        """The run."""
        return selectors.get_import(self.kwargs["pk"])

    def get_success_url(self, result: Any) -> str:
        """Its page again."""
        return tenant_reverse(self.request, "import-run", self.kwargs["pk"])


class ImportKind(ActionView):
    """Say what a file holds."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportFile:
        """Propose its columns anew."""
        file = selectors.get_import_file(self.kwargs["pk"])
        return services.change_kind(
            actor=self.actor, file=file, kind=self.request.POST.get("kind", "")
        )

    def get_success_url(self, result: ImportFile) -> str:
        """The columns again."""
        return tenant_reverse(self.request, "import-run", result.run_id)


class ImportColumns(RunAction):
    """Back to the columns; stops a check that is under way."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportRun:
        """Reopen it."""
        return services.reopen_import(actor=self.actor, run=self.get_run())


class ImportStart(RunAction):
    """Import what was checked."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportRun:
        """Queue it; a second click changes nothing."""
        return services.start_import(actor=self.actor, run=self.get_run())


class ImportCancel(RunAction):
    """Stop an import."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportRun:
        """What got in stays."""
        return services.cancel_import(actor=self.actor, run=self.get_run())


class ImportRetry(RunAction):
    """Go on after a failure."""

    permission: ClassVar[str] = services.PERMISSION

    def perform(self) -> ImportRun:
        """From where it stopped."""
        return services.retry_import(actor=self.actor, run=self.get_run())


class ImportDiscard(RunAction):
    """Throw an upload away."""

    permission: ClassVar[str] = services.PERMISSION
    success_message = gettext_lazy("Thrown away. Nothing was imported.")

    def perform(self) -> None:
        """Nothing of it was imported."""
        services.discard_import(actor=self.actor, run=self.get_run())

    def get_success_url(self, result: Any) -> str:
        """The imports."""
        return tenant_reverse(self.request, "import")


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
