"""Importing what a CRM exported: files, columns, check, progress, report (IMP-1).

A run has one address; what it shows follows from where the run stands.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.http import is_for, redirect
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.pages import crumb
from imports import selectors, services, uploads
from imports.choices import ImportState
from imports.forms import ENCODING_NAMES, ColumnsForm, ImportForm
from imports.lifecycle import IMPORT
from imports.limits import MEGABYTE, Note
from imports.mapping import Trouble
from imports.models import ImportFile, ImportRun
from imports.reading import LIMITS, MAX_BYTES
from imports.registry import kind_label, kinds

#: Remarks shown on the page; the file has them all.
SHOWN = 200
#: Element that is drawn anew while a worker is at it.
LIVE = "import-live"


class Import(FormPage):
    """Choose files; the imports so far."""

    permission: ClassVar[str] = services.PERMISSION
    nav_item: ClassVar[str] = "settings"
    form_class = ImportForm
    title = gettext_lazy("Import your CRM")
    subtitle = gettext_lazy(
        "Rows are known by their id in the CRM: import as often as you like, nothing is doubled."
    )
    submit_label = gettext_lazy("Upload")
    template_name = "imports/upload.html"

    def get_context(self) -> dict[str, Any]:
        """What is recognised, what a file may be, and what was imported before."""
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "kinds": [(kind.label, kind.columns) for kind in kinds()],
            "runs": selectors.import_runs(),
            "megabytes": MAX_BYTES // MEGABYTE,
            "max_rows": LIMITS.rows,
            "max_files": uploads.MAX_FILES,
            "max_total": uploads.MAX_TOTAL // MEGABYTE,
        }

    def perform(self, form: Any) -> ImportRun:
        """Store them; a worker reads them."""
        files = (uploads.Upload(file.name, file) for file in form.cleaned_data["uploads"])
        return uploads.upload_files(actor=self.actor, files=files)

    def get_success_url(self, result: ImportRun) -> str:
        """How far reading them is, then what was recognised."""
        return tenant_reverse(self.request, "import-run", result.pk)


@dataclass(frozen=True, slots=True)
class FileColumns:
    """A file on the page of its columns."""

    file: ImportFile
    columns: list[tuple[str, list[str], BoundField]]
    preview: selectors.Preview | None
    #: What keeps it from being read; said before anybody presses the button.
    troubles: list[Trouble]

    @property
    def encoding(self) -> str:
        """The name of the encoding it was read in; "" where all are the same."""
        return str(ENCODING_NAMES.get(self.file.encoding, self.file.encoding.upper()))

    @property
    def has_wrong_encoding(self) -> bool:
        """Whether it could not be read in the one that somebody chose."""
        return any(code == Note.ENCODING for _row, code in self.file.notes)


class ImportPage(FormPage):
    """One import, wherever it stands: its columns, its progress, its report."""

    permission: ClassVar[str] = services.PERMISSION
    nav_item: ClassVar[str] = "settings"
    template_name = "imports/columns.html"
    edits = True
    form_template = "imports/columns_form.html"
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
            return render(request, f"imports/{name}.html", context)
        if self.object.is_unread:
            return render(request, "imports/unread.html", context)
        context |= self._report()
        return render(request, "imports/report.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The columns were said: have all rows checked."""
        self.object = selectors.get_import(self.kwargs["pk"])
        IMPORT.require(self.object, "check")
        return super().post(request, *args, **kwargs)

    def get_form(self) -> ColumnsForm:
        files = selectors.files_of(self.object)
        return ColumnsForm(**self.get_form_kwargs(), import_files=files)

    def get_initial(self) -> dict[str, Any]:
        """Where the ids come from, as the headings told."""
        return {"source": self.object.source}

    def perform(self, form: Any) -> ImportRun:
        return services.check_import(
            actor=self.actor,
            run=self.object,
            columns=form.columns,
            source=form.cleaned_data["source"],
        )

    def get_success_url(self, result: ImportRun) -> str:
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
        return {
            **self._frame(),
            "tables": tables,
            "kinds": kinds(),
            "encodings": ENCODING_NAMES.items(),
        }

    def get_title(self) -> str:
        """Where it stands, in a sentence."""
        run = self.object
        if run.state == ImportState.UPLOADED:
            return _("What are these columns?")
        if run.is_at_work:
            return self._work()
        if run.state == ImportState.REFUSED:
            return _("Nothing was taken: there is something to put right")
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

    def _work(self) -> str:
        if self.object.is_unread:
            return _("Reading the files")
        return _("Importing") if self.object.is_import else _("Checking every row")

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
    if run.is_unread:
        now = 0
    elif run.state == ImportState.UPLOADED:
        now = 1
    elif run.has_ended:
        now = len(names)
    else:
        now = 3 if run.is_import else 2
    return [
        (name, "done" if place < now else "now" if place == now else "")
        for place, name in enumerate(names)
    ]
