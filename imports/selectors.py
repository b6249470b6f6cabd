"""Reading imports: the runs, how far one is, what its rows look like, what was wrong (IMP-1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from imports.limits import OWN_MARK
from imports.models import ImportChunk, ImportFile, ImportIssue, ImportRun, Line
from imports.registry import Column, Kind, find_kind, kinds
from imports.rows import Reader
from imports.surveys import Survey, survey

#: Different values shown of a column, and rows shown of a file.
SAMPLES, PREVIEWED = 3, 5


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A value as it would be read, or why it cannot be."""

    text: str
    problem: str = ""
    #: "danger" where it keeps the row out.
    tone: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row with what is wrong with it as a whole."""

    number: int
    cells: list[tuple[Column, PreviewCell]]
    problem: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file as they would be read."""

    columns: list[Column]
    rows: list[PreviewRow]


def import_runs(limit: int = 20) -> list[ImportRun]:
    """The latest imports with their files."""
    return list(listed_imports().order_by("-started_at", "-id")[:limit])


def listed_imports() -> QuerySet[ImportRun]:
    """Every import with its files."""
    return ImportRun.objects.select_related("started_by__user").prefetch_related("files")


def get_import(pk: UUID) -> ImportRun:
    """One import with its files; ``Http404`` when there is none."""
    run = listed_imports().filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def get_import_file(pk: UUID) -> ImportFile:
    """One file of an import; ``Http404`` when there is none."""
    file = ImportFile.objects.filter(pk=pk).first()
    if file is None:
        raise Http404
    return file


def files_of(run: ImportRun) -> list[ImportFile]:
    """A run's files in the order in which they are walked: accounts before what names them."""
    order = {kind.code: kind.order for kind in kinds()}
    return sorted(run.files.all(), key=lambda file: (order.get(file.kind, 0), file.place))


def issues_of(run: ImportRun) -> QuerySet[ImportIssue]:
    """What was wrong, file by file and row by row; what kept rows out comes first in a row."""
    return ImportIssue.objects.select_related("file").filter(file__run=run)


def first_lines(run: ImportRun) -> dict[UUID, ImportChunk]:
    """The first chunk of each file, for samples and previews."""
    return {chunk.file_id: chunk for chunk in ImportChunk.objects.filter(file__run=run, number=0)}


def samples(file: ImportFile, chunk: ImportChunk | None) -> list[list[str]]:
    """A few different values of each column, from the first rows."""
    found: list[dict[str, None]] = [{} for _heading in file.headings]
    for line in chunk.lines if chunk else ():
        for cell, seen in zip(line.cells, found, strict=False):
            if cell and len(seen) < SAMPLES:
                seen.setdefault(cell if len(cell) <= 40 else f"{cell[:39]}…")
    return [list(seen) for seen in found]


def surveyed(
    run: ImportRun,
    file: ImportFile,
    kind: Kind,
    places: Mapping[str, int],
    chunks: Iterable[list[Line]],
) -> Survey:
    """What rows of a file tell together."""
    return survey(
        kind,
        places,
        chunks,
        source=run.source,
        heading_row=file.heading_row,
        notes=file.notes,
    )


def preview(
    file: ImportFile, chunk: ImportChunk | None, columns: Sequence[str] | None = None
) -> Preview | None:
    """The first rows as they would be read; None while nobody knows what they are."""
    kind = find_kind(file.kind)
    if kind is None or chunk is None:
        return None
    chosen = file.columns if columns is None else columns
    places = {field: place for place, field in enumerate(chosen) if kind.column(field)}
    lines = chunk.lines
    known = surveyed(file.run, file, kind, places, [lines])
    reader = Reader(kind, places, len(file.headings), known, source=file.run.source)
    shown = [column for column in kind.columns if column.field in places]
    rows = []
    for line in lines[:PREVIEWED]:
        reader.remarks.clear()
        row, _good = reader.look(line)
        problems = {
            remark.field: PreviewCell("", remark.problem, "warning" if remark.got_in else "danger")
            for remark in reader.remarks
        }
        cells = []
        for column in shown:
            value = row.values.get(column.field)
            read = PreviewCell("" if value is None else str(column.shown(value)))
            cells.append((column, problems.get(column.field, read)))
        whole = problems.get("")
        rows.append(PreviewRow(line.number, cells, whole.problem if whole else ""))
    return Preview(shown, rows)


def files_with_rest(run: ImportRun) -> set[UUID]:
    """The files of an ended import of whose rows some did not get in and are still kept."""
    chunks = ImportChunk.objects.filter(file__run=run, number__lt=F("file__position"))
    return set(chunks.order_by().values_list("file_id", flat=True).distinct())


def rejected_rows(file: ImportFile) -> tuple[list[str], Iterator[list[str]]]:
    """The rows of a file that did not get in: what is wrong, then the file's own columns.

    Made to be corrected and uploaded again: the columns in front are known by their mark and left
    out, and the sign that keeps a cell from being a formula is taken away again (``reading``).
    """
    own = [f"{OWN_MARK} {name}" for name in (_("Row"), _("Problem"), _("What is accepted"))]
    return [*own, *file.headings], _rejected(file)


def _rejected(file: ImportFile) -> Iterator[list[str]]:
    wrong: dict[int, list[ImportIssue]] = defaultdict(list)
    for issue in file.issues.filter(severity=ImportIssue.Severity.ERROR):
        wrong[issue.row].append(issue)
    chunks = ImportChunk.objects.filter(file=file, number__lt=file.position)
    for line in chain.from_iterable(chunk.lines for chunk in chunks.iterator(chunk_size=10)):
        issues = wrong[line.number]
        problems = [
            f"{issue.column}: {issue.problem}" if issue.column else issue.problem
            for issue in issues
        ]
        accepted = dict.fromkeys(issue.accepted for issue in issues if issue.accepted)
        yield [str(line.number), " ".join(problems), " ".join(accepted), *line.cells]
