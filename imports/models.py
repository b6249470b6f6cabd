"""Imports from a CRM: the files, how they are read, how far one is, what did not get in (IMP-1).

Their label stays that of the app that first had them: tables and the event log are named by it.
"""

import json
import zlib
from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.models import Membership
from imports.choices import IMPORT_AT_WORK, IMPORT_ENDED, ImportPhase, ImportState
from imports.lifecycle import IMPORT


class Line(NamedTuple):
    """One row of a file with its number, as a spreadsheet shows it."""

    number: int
    cells: list[str]


class ImportRun(TenantModel):
    """One import of one or several files.

    ``lease`` names the worker that has it until ``leased_until``; ``attempts`` counts how often
    one took it since the last batch got through.
    """

    started_at = models.DateTimeField(_("started"), default=clock.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=clock.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True)
    started_by = TenantForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=9, choices=ImportState, default=ImportState.UPLOADED
    )
    phase = models.CharField(
        _("phase"), max_length=6, choices=ImportPhase, default=ImportPhase.CHECK
    )
    source = models.CharField(_("where the ids come from"), max_length=50)
    lease = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        app_label = "advocates"
        ordering = ["-started_at", "-id"]
        constraints = [
            IMPORT.check("import_run_state_known"),
            models.CheckConstraint(
                condition=models.Q(phase__in=ImportPhase.values), name="import_run_phase_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "changed_at"],
                condition=models.Q(state__in=["queued", "running"]),
                name="import_run_at_work",
            ),
        ]

    def __str__(self) -> str:
        return gettext("The import")

    @property
    def file_names(self) -> str:
        """The names of its files."""
        return ", ".join(file.name for file in self.files.all()) or gettext(
            "An import without files"
        )

    def _sum(self, what: str) -> int:
        return sum(int(getattr(file, what)) for file in self.files.all())

    @property
    def rows(self) -> int:
        """Rows of all files."""
        return self._sum("rows")

    @property
    def rows_done(self) -> int:
        """Rows that were walked so far."""
        return self._sum("rows_done")

    @property
    def created(self) -> int:
        """Records that are new."""
        return self._sum("created")

    @property
    def updated(self) -> int:
        """Records that changed."""
        return self._sum("updated")

    @property
    def unchanged(self) -> int:
        """Records that were the same already."""
        return self._sum("unchanged")

    @property
    def skipped(self) -> int:
        """Rows that did not get in."""
        return self._sum("skipped")

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or will take it."""
        return self.state in IMPORT_AT_WORK

    @property
    def has_ended(self) -> bool:
        """Whether nothing comes after."""
        return self.state in IMPORT_ENDED

    @property
    def is_unread(self) -> bool:
        """Whether nobody knows yet what stands in its files, or one of them cannot be read."""
        return self.phase == ImportPhase.READ

    @property
    def is_import(self) -> bool:
        """Whether rows are written; a check writes none."""
        return self.phase == ImportPhase.IMPORT


class ImportFile(TenantModel):
    """A file of an import: what its columns are, and how far it was read and walked.

    ``percent`` is below 100 until it was read; ``problem`` is the sentence for whoever uploaded a
    file that cannot be. ``columns`` says for each heading which field it is, "" for one that is
    left out. ``position`` is the number of the next chunk. ``encoding`` is a code of
    ``encodings.ENCODINGS`` or "" where all read the file alike; the bytes of one that
    ``can_reread`` are kept until the import starts.
    """

    #: What a walk counts.
    COUNTS: ClassVar = ("rows_done", "created", "updated", "unchanged", "skipped", "warnings")

    run = TenantForeignKey(ImportRun, models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=200)
    #: Which sheet of a workbook, from 0; each that is recognised is a file of its own.
    sheet = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    percent = models.PositiveSmallIntegerField(_("read"), default=0)
    problem = models.CharField(_("problem"), max_length=500, blank=True, default="")
    kind = models.CharField(_("what it holds"), max_length=30, blank=True, default="")
    headings = models.JSONField(_("headings"), default=list)
    columns = models.JSONField(_("columns"), default=list)
    mapped_at = models.DateTimeField(_("columns as remembered from"), null=True)
    heading_row = models.PositiveIntegerField(_("row of the headings"), default=1)
    #: [row, code of ``limits.Note``] of rows that are odd although they could be read.
    notes = models.JSONField(_("odd rows"), default=list)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True, default="")
    is_encoding_chosen = models.BooleanField(_("encoding chosen by hand"), default=False)
    can_reread = models.BooleanField(_("can be read in another encoding"), default=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    chunk_count = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(_("rows walked"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("as before"), default=0)
    skipped = models.PositiveIntegerField(_("not imported"), default=0)
    warnings = models.PositiveIntegerField(_("to look at"), default=0)

    class Meta:
        app_label = "advocates"
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "place"], name="import_file_place_taken"
            ),
        ]

    @property
    def places(self) -> dict[str, int]:
        """Field → position among the headings."""
        return {field: place for place, field in enumerate(self.columns) if field}

    @property
    def unused(self) -> list[str]:
        """Headings nothing is read from."""
        return [
            heading
            for heading, field in zip(self.headings, self.columns, strict=False)
            if heading and not field
        ]


class ImportPiece(TenantModel):
    """Some of the bytes of an uploaded file, as they came; they go when nobody can want it read
    again.
    """

    file = TenantForeignKey(ImportFile, models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField(_("number"))
    data = models.BinaryField(_("bytes"))

    class Meta:
        app_label = "advocates"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "file", "number"], name="import_piece_number_taken"
            ),
        ]


class ImportChunk(TenantModel):
    """Some rows of an uploaded file, as many as are saved in one transaction.

    A chunk that was imported goes; what stays of it are the rows that did not get in, for the
    file of them.
    """

    file = TenantForeignKey(ImportFile, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField(_("number"))
    data = models.BinaryField(_("rows"))

    class Meta:
        app_label = "advocates"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "file", "number"], name="import_chunk_number_taken"
            ),
        ]

    @staticmethod
    def pack(lines: Iterable[Line]) -> bytes:
        """Rows as they are stored."""
        text = json.dumps(list(lines), ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8", "surrogatepass"), level=1)

    @property
    def lines(self) -> list[Line]:
        """The rows."""
        text = zlib.decompress(bytes(self.data)).decode("utf-8", "surrogatepass")
        return [Line(number, cells) for number, cells in json.loads(text)]


class ImportIssue(TenantModel):
    """What was wrong in one row of a file, where, and what would have been accepted (BAD-1)."""

    class Severity(models.TextChoices):
        """Whether the row got in nevertheless."""

        ERROR = "error", _("Not imported")
        WARNING = "warning", _("Imported, but look at it")

    file = TenantForeignKey(ImportFile, models.CASCADE, related_name="issues")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=200, blank=True, default="")
    problem = models.CharField(_("problem"), max_length=500)
    accepted = models.CharField(_("accepted"), max_length=500, blank=True, default="")
    severity = models.CharField(_("result"), max_length=7, choices=Severity)

    class Meta:
        app_label = "advocates"
        ordering = ["file", "row", "column", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=["error", "warning"]),
                name="import_issue_severity_known",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "file", "row"], name="import_issue_by_row"),
        ]


class ImportMapping(TenantModel):
    """How somebody mapped the columns of a file with these headings, offered the next time.

    ``headings`` is a digest of the set of headings; ``columns`` says field → heading.
    """

    kind = models.CharField(_("what it holds"), max_length=30)
    headings = models.CharField(_("headings"), max_length=64)
    columns = models.JSONField(_("columns"), default=dict)
    used_at = models.DateTimeField(_("used"), default=clock.now)

    class Meta:
        app_label = "advocates"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "headings", "kind"], name="import_mapping_known"
            ),
        ]
