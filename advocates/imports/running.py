"""One import: read the files, walk them in batches, keep the report (IMP-1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.imports import values
from advocates.imports.kinds import Batch, Column, Mapping, Outcome, Row, fold, recognise
from advocates.imports.reading import Line, Sheet, Unreadable, read_sheet
from advocates.models import ImportIssue, ImportRun
from advocates.services.access import require_change

BATCH = 500
#: More remarks than this about one file are counted, not kept.
MAX_ISSUES = 20_000
#: Headings that only HubSpot writes; everything else is taken for Salesforce.
_HUBSPOT = frozenset({"recordid"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to import."""

    name: str
    data: bytes


@dataclass(slots=True)
class _Report:
    """Counts and remarks of one file."""

    sheet: Sheet
    mapping: Mapping
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: int = 0
    refused: set[int] = field(default_factory=set)
    issues: list[ImportIssue] = field(default_factory=list)

    def add(self, number: int, name: str, problem: str, accepted: str, got_in: bool) -> None:
        if got_in:
            self.warnings += 1
        else:
            self.refused.add(number)
        if len(self.issues) < MAX_ISSUES:
            self.issues.append(
                ImportIssue(
                    file=self.sheet.name[:200],
                    row=number,
                    column=self.heading(name)[:200],
                    problem=problem[:500],
                    accepted=accepted[:500],
                    severity="warning" if got_in else "error",
                )
            )

    def heading(self, name: str) -> str:
        """A field by the name it has in the file."""
        place = self.mapping.places.get(name)
        if place is not None:
            return self.sheet.headings[place]
        column = next((c for c in self.mapping.kind.columns if c.field == name), None)
        return column.names[0] if column else ""

    def take(self, outcome: Outcome) -> None:
        self.created += outcome.created
        self.updated += outcome.updated
        self.unchanged += outcome.unchanged
        for number, name, problem, accepted, got_in in outcome.remarks:
            self.add(number, name, problem, accepted, got_in)

    def summary(self) -> dict[str, Any]:
        return {
            "name": self.sheet.name[:200],
            "kind": self.mapping.kind.code,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": len(self.refused),
            "warnings": self.warnings,
            "unused": self.mapping.unused[:100],
        }


def prepare(files: Iterable[Upload]) -> list[tuple[Sheet, Mapping]]:
    """Read every file and recognise what is in it, before anything is written.

    Raises :class:`Unreadable` with a sentence per file that cannot be taken (BAD-1).
    """
    prepared: list[tuple[Sheet, Mapping]] = []
    problems: list[str] = []
    for file in files:
        try:
            sheet = read_sheet(file.name, file.data)
            prepared.append((sheet, recognise(sheet)))
        except Unreadable as error:
            problems.append(error.message)
    if problems:
        raise Unreadable("\n".join(problems))
    return sorted(prepared, key=lambda pair: pair[1].kind.order)


@transaction.atomic
def run_import(*, actor: Actor, files: Iterable[Upload], source: str = "") -> ImportRun:
    """Import files of any known kinds; accounts come before contacts before opportunities.

    Each row gets in whole or not at all; rows that do not are reported, the others are saved. The
    external id decides what a row is, so a second run changes nothing. Records one event per
    record that changed and one for the run, if it changed anything.

    Raises :class:`Unreadable` when a file cannot be taken at all, before anything is written.
    """
    require_change(actor, "imports.run")
    sheets = prepare(files)
    if not sheets:
        raise Unreadable(_("Choose at least one file."))
    run = ImportRun.objects.create(started_by=actor.membership)
    summaries = []
    for sheet, mapping in sheets:
        report = _Report(sheet, mapping)
        _import_sheet(report, actor, source or _source(sheet))
        for issue in report.issues:
            issue.run = run
        ImportIssue.objects.bulk_create(report.issues, batch_size=1000)
        summaries.append(report.summary())
    run.files = summaries
    run.finished_at = clock.now()
    run.save(update_fields=["files", "finished_at"])
    if run.created or run.updated:
        record(
            "import.finished",
            run,
            actor=actor,
            payload={
                "created": run.created,
                "updated": run.updated,
                "unchanged": run.unchanged,
                "skipped": run.skipped,
            },
        )
    return run


def _source(sheet: Sheet) -> str:
    return "hubspot" if _HUBSPOT & {fold(name) for name in sheet.headings} else "salesforce"


def _import_sheet(report: _Report, actor: Actor, source: str) -> None:
    readers = _readers(report)
    memory: dict[str, Any] = {}
    seen: dict[str, int] = {}
    rows: list[Row] = []
    for line in report.sheet.lines:
        row = _read(report, readers, line)
        if row is None or _repeated(report, row, seen):
            continue
        rows.append(row)
        if len(rows) == BATCH:
            report.take(_save(report, Batch(rows, actor, source, memory)))
            rows = []
    if rows:
        report.take(_save(report, Batch(rows, actor, source, memory)))


def _repeated(report: _Report, row: Row, seen: dict[str, int]) -> bool:
    """Two rows for one record would undo each other on every run: the first one counts."""
    key = row.values.get("external_id")
    if key is None:
        return False
    first = seen.setdefault(key, row.number)
    if first != row.number:
        report.add(
            row.number,
            "external_id",
            _("This id stands in row %(row)d already.") % {"row": first},
            _("One row per record."),
            False,
        )
    return first != row.number


_Readers = list[tuple[Column, int, Callable[[str], Any]]]


def _readers(report: _Report) -> _Readers:
    """The columns to read; a column of dates is looked through first for the order it uses."""
    found: _Readers = []
    for column in report.mapping.kind.columns:
        place = report.mapping.places.get(column.field)
        if place is None:
            continue
        read = column.read
        if read is values.day:
            cells = [line.cells[place] for line in report.sheet.lines if place < len(line.cells)]
            first = values.day_comes_first(cells)
            if first is None and values.has_slashes(cells):
                report.add(
                    1,
                    column.field,
                    _("These dates could be read both ways; they were read month first."),
                    _("Dates such as 2026-11-23."),
                    True,
                )
            read = partial(values.day, day_first=bool(first))
        found.append((column, place, read))
    return found


def _read(report: _Report, readers: _Readers, line: Line) -> Row | None:
    """A row's values, or None with a remark for each cell that cannot be read."""
    row = Row(line.number, {})
    good = True
    if len(line.cells) > len(report.sheet.headings):
        report.add(
            line.number,
            "",
            _("The row has %(cells)d cells under %(headings)d headings.")
            % {"cells": len(line.cells), "headings": len(report.sheet.headings)},
            _("Text that contains the separator needs quotes around it."),
            False,
        )
        return None
    for column, place, read in readers:
        cell = line.cells[place] if place < len(line.cells) else ""
        if not cell:
            if column.required:
                good = False
                report.add(
                    line.number, column.field, _("This is empty."), str(column.accepted), False
                )
            continue
        try:
            row.values[column.field] = read(cell)
        except values.Odd as odd:
            report.add(line.number, column.field, odd.problem, odd.accepted, True)
        except values.BadValue as bad:
            good = False
            accepted = bad.accepted or str(column.accepted)
            report.add(line.number, column.field, bad.problem, accepted, False)
    return row if good else None


def _save(report: _Report, batch: Batch) -> Outcome:
    """Save a batch; when the database refuses it, each row by itself, so that one is to blame."""
    kind = report.mapping.kind
    try:
        with transaction.atomic():
            return kind.save(batch)
    except (DatabaseError, DomainError) as error:
        if isinstance(error, DatabaseError) and not _is_about_a_row(error):
            raise
        if len(batch.rows) > 1:
            return _save_singly(report, batch)
        outcome = Outcome()
        outcome.refuse(batch.rows[0], "", _sentence(error))
        return outcome


def _is_about_a_row(error: DatabaseError) -> bool:
    """Whether a value is to blame rather than the connection (SQLSTATE classes 22 and 23)."""
    state = getattr(error.__cause__, "pgcode", None) or ""
    return isinstance(error, IntegrityError) or state[:2] in ("22", "23")


def _sentence(error: Exception) -> str:
    if isinstance(error, DomainError):
        return error.message
    return _("This row contradicts another record; somebody may have changed it just now.")


def _save_singly(report: _Report, batch: Batch) -> Outcome:
    total = Outcome()
    for row in batch.rows:
        one = _save(report, Batch([row], batch.actor, batch.source, batch.memory))
        total.created += one.created
        total.updated += one.updated
        total.unchanged += one.unchanged
        total.remarks += one.remarks
    return total
