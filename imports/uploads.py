"""Files to import, from the upload until their rows are stored (IMP-1, BAD-1).

The request only stores the bytes; a worker has them read: ``imports.intake``.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.wakeups import wake
from advocates.access import require_change
from imports import reading
from imports.choices import ImportPhase, ImportState
from imports.encodings import ENCODINGS
from imports.limits import MEGABYTE, fold
from imports.mapping import propose
from imports.models import ImportChunk, ImportFile, ImportPiece, ImportRun
from imports.reading import Piece, Unreadable
from imports.registry import find_kind
from imports.services import PERMISSION, SWEEP, move

MAX_FILES = 10
#: Sheets of a workbook that are looked at.
MAX_SHEETS = 10
#: All files of an upload together.
MAX_TOTAL = 100 * MEGABYTE
#: Uploads of a tenant that nobody has read yet.
MAX_WAITING = 10

HUBSPOT, SALESFORCE, OTHER = "hubspot", "salesforce", "crm"
#: Headings that only HubSpot writes begin like this.
_HUBSPOT = "recordid"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to import: its bytes, or something to read them from."""

    name: str
    data: bytes | IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """The bytes, a megabyte at a time."""
        stream = io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data
        while piece := stream.read(MEGABYTE):
            yield piece


@transaction.atomic
def upload_files(
    *, actor: Actor, files: Iterable[Upload], source: str = "", encoding: str = ""
) -> ImportRun:
    """Store files as they are and have them read; what is in them nobody looks at yet.

    ``source`` says which system the ids come from; without it the headings do, once they are
    read. ``encoding`` is that of the texts, where somebody knows. Raises :class:`Unreadable` with
    a sentence for each file that is too large, for too many files, and while too many uploads
    wait; then none is taken (BAD-1).
    """
    require_change(actor, PERMISSION)
    unread = ImportRun.objects.filter(
        phase=ImportPhase.READ, state__in=(ImportState.QUEUED, ImportState.RUNNING)
    )
    if unread.count() >= MAX_WAITING:
        raise _refusal(
            [
                _("%(count)d uploads wait to be read; wait, or throw one away.")
                % {"count": MAX_WAITING}
            ]
        )
    run = ImportRun.objects.create(
        started_by=actor.membership,
        state=ImportState.QUEUED,
        phase=ImportPhase.READ,
        source=source,
    )
    problems, place, total = [], 0, 0
    for place, upload in enumerate(files, start=1):
        if place > MAX_FILES:
            problems.append(_("At most %(limit)d files at a time.") % {"limit": MAX_FILES})
            break
        size = _store(run, place, upload, encoding)
        if size > reading.MAX_BYTES:
            problems.append(reading.too_large(upload.name))
        total += size
        if total > MAX_TOTAL:
            problems.append(
                _("The files together are larger than %(limit)d MB; choose fewer at a time.")
                % {"limit": MAX_TOTAL // MEGABYTE}
            )
            break
    if not place:
        problems.append(_("Choose at least one file."))
    if problems:
        raise _refusal(problems)
    record("import.uploaded", run, actor=actor, payload={"files": place, "bytes": total})
    wake(SWEEP, current_tenant_id())
    return run


def _refusal(problems: list[str]) -> Unreadable:
    return Unreadable("\n".join(problems), fields={"uploads": " ".join(problems)})


def _store(run: ImportRun, place: int, upload: Upload, encoding: str) -> int:
    """Keep a file's bytes, as many as it may have; returns how many those were, and one more
    piece when there are too many.
    """
    file = ImportFile.objects.create(
        run=run,
        place=place,
        name=upload.name[:200],
        encoding=encoding,
        is_encoding_chosen=bool(encoding),
    )
    for number, data in enumerate(upload.pieces()):
        file.size += len(data)
        if file.size > reading.MAX_BYTES:
            break
        ImportPiece.objects.create(file=file, number=number, data=data)
    file.save(update_fields=["size"])
    return file.size


#: What reading a file fills in, beside its rows.
_TAKEN_IN = (
    "headings", "heading_row", "encoding", "can_reread", "notes", "rows", "chunk_count",
)  # fmt: skip


def begin_file(file: ImportFile) -> None:
    """Read a file from its beginning, whatever somebody read before who did not get to its end."""
    file.chunks.all().delete()
    file.rows, file.chunk_count, file.percent = 0, 0, 0
    file.headings, file.notes, file.heading_row = [], [], 1
    file.save(update_fields=["rows", "chunk_count", "percent", "headings", "notes", "heading_row"])


def name_columns(file: ImportFile, piece: Piece) -> None:
    """Note the headings; they are stored with the first rows, since nobody wants them alone."""
    file.headings = [heading[:200] for heading in piece.headings or ()]
    file.heading_row = piece.row
    file.encoding, file.can_reread = piece.encoding, piece.is_guess


def add_sheets(file: ImportFile, names: Sequence[str]) -> None:
    """Have a workbook's further sheets read as well, as files beside the first one's. Read anew,
    the workbook has them already.
    """
    others = ImportFile.objects.filter(run=file.run_id)
    if others.filter(sheet__gt=0, name__startswith=f"{file.name[:120]} · ").exists():
        return
    place = max(others.values_list("place", flat=True))
    pieces = list(ImportPiece.objects.filter(file=file))
    for sheet, name in enumerate(names[1:MAX_SHEETS], start=1):
        beside = ImportFile.objects.create(
            run_id=file.run_id,
            place=place + sheet,
            name=f"{file.name[:120]} · {name}"[:200],
            size=file.size,
            sheet=sheet,
        )
        for piece in pieces:
            ImportPiece.objects.create(file=beside, number=piece.number, data=piece.data)


def store_lines(file: ImportFile, piece: Piece) -> None:
    """Keep rows that were read of a file."""
    data = ImportChunk.pack(piece.lines)
    ImportChunk.objects.create(file=file, number=file.chunk_count, data=data)
    file.rows += len(piece.lines)
    file.chunk_count += 1
    file.notes += piece.notes
    # A hundred is the sign that nothing is missing (``end_file``).
    file.percent = min(piece.percent, 99)
    file.save(update_fields=[*_TAKEN_IN, "percent"])


def forget_encoding(file: ImportFile) -> None:
    """The file could not be read in the one that somebody chose."""
    file.is_encoding_chosen = False


def end_file(file: ImportFile, problem: str = "") -> None:
    """A file is read, or cannot be; its columns are proposed. Its bytes are no longer needed,
    unless somebody may say that they are in another encoding.
    """
    if file.sheet and (problem or not _is_recognised(file)):
        # Notes, totals, a chart's numbers: only the first sheet is a question to whoever uploaded.
        file.delete()
        return
    if problem or not file.can_reread:
        file.pieces.all().delete()
    if problem:
        file.problem = problem[:500]
        file.chunks.all().delete()
    else:
        mapping = propose(file.headings)
        file.kind, file.columns, file.mapped_at = mapping.kind, mapping.columns, mapping.mapped_at
    file.percent = 100
    file.save(
        update_fields=["problem", "percent", "kind", "columns", "mapped_at", "notes"]
        + ["is_encoding_chosen"]
    )


def _is_recognised(file: ImportFile) -> bool:
    mapping = propose(file.headings)
    kind = find_kind(mapping.kind)
    return kind is not None and kind.marks <= set(mapping.columns)


@transaction.atomic
def choose_encoding(*, actor: Actor, file: ImportFile, encoding: str) -> ImportFile:
    """Say in which encoding a text is, and have it read again.

    Raises :class:`DomainError` for an encoding that is none, and for a file that says itself how
    it is to be read; :class:`Conflict` once a check has begun.
    """
    require_change(actor, PERMISSION)
    if encoding not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        sentence = _("Choose one of these encodings: %(known)s.") % {"known": known}
        raise DomainError(sentence, fields={"encoding": sentence})
    run = ImportRun.objects.get(pk=file.run_id)
    move(run, "reread", phase=ImportPhase.READ)
    changed = ImportFile.objects.filter(pk=file.pk, can_reread=True).update(
        encoding=encoding, is_encoding_chosen=True, percent=0
    )
    if not changed:
        raise DomainError(_("This file can be read in one way only."))
    record("import.reread", run, actor=actor, payload={"encoding": encoding})
    wake(SWEEP, current_tenant_id())
    return file.reload()


def end_reading(run: ImportRun, *, actor: Actor) -> None:
    """All files were read: on to their columns, or to the sentences for those that cannot be."""
    files = list(run.files.all())
    if any(file.problem for file in files):
        move(run, "refuse")
        ImportChunk.objects.filter(file__run=run).delete()
        wrong = sum(bool(file.problem) for file in files)
        record("import.refused", run, actor=actor, payload={"files": len(files), "wrong": wrong})
        return
    source = run.source or _source(files)
    move(run, "read", phase=ImportPhase.CHECK, source=source)
    rows = run.files.aggregate(rows=models.Sum("rows", default=0))
    record("import.read", run, actor=actor, payload={"files": len(files), **rows})


def _source(files: Iterable[ImportFile]) -> str:
    """Where the ids come from, as far as the headings tell."""
    headings = [heading for file in files for heading in file.headings]
    hubspot = any(fold(heading).startswith(_HUBSPOT) for heading in headings)
    return HUBSPOT if hubspot else SALESFORCE
