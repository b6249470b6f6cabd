"""What uploaded files hold of a person: rows that wait or did not get in (GDPR-1).

They are stored packed, so that no statement finds anybody in them: they are read one by one.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from advocacy.records.forgetting import pattern_of
from advocacy.records.held import Keeper, Traces
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.errors import Conflict
from advocates.external_ids import stored_id
from imports.choices import ImportPhase, ImportState
from imports.models import ImportChunk, ImportFile, ImportIssue, ImportPiece, Line

Found = Mapping[type[TenantModel], set[uuid.UUID]]
#: Columns that hold a person's id, by the kind of file.
_IDS = {"contacts": "external_id"}


class _Search:
    """Finds a person among the rows of one file."""

    def __init__(self, traces: Traces, file: ImportFile) -> None:
        self.file = file
        self.pattern = pattern_of(traces) if traces.words else None
        self.name = {part.casefold() for part in traces.name}
        self.codes = {code for source, code in traces.codes if source == file.run.source}
        self.place = file.places.get(_IDS.get(file.kind, "advocate"), -1)

    def is_in(self, line: Line) -> bool:
        """Whether a row is about the person, or names them."""
        if self.pattern and any(self.pattern.search(cell) for cell in line.cells):
            return True
        if self.name and self.name <= {cell.strip().casefold() for cell in line.cells}:
            return True
        if not 0 <= self.place < len(line.cells):
            return False
        return stored_id(self.file.run.source, line.cells[self.place].strip()) in self.codes


def _chunks(traces: Traces) -> Iterator[tuple[ImportFile, ImportChunk, list[Line], set[int]]]:
    """Chunks in which the person stands: their rows, and the numbers of those that are theirs."""
    if not (traces.words or traces.codes):
        return
    for file in ImportFile.objects.select_related("run").order_by("pk"):
        search = _Search(traces, file)
        for pk in ImportChunk.objects.filter(file=file).order_by("number").values_list("pk"):
            chunk = ImportChunk.objects.get(pk=pk[0])
            lines = chunk.lines
            if theirs := {line.number for line in lines if search.is_in(line)}:
                yield file, chunk, lines, theirs


def _held(traces: Traces, found: Found) -> list[dict[str, Any]]:
    return [
        {"file": file.name, "row": line.number, "cells": dict(zip(file.headings, line.cells))}  # noqa: B905
        for file, _chunk, lines, theirs in _chunks(traces)
        for line in lines
        if line.number in theirs
    ]


def _forget(traces: Traces, found: Found) -> None:
    """Empty their rows: an import to come refuses them, the numbers of all others stay.

    Raises ``Conflict`` while a file is being read, which may hold them and brings them back.
    """
    unread = ImportFile.objects.filter(
        run__phase=ImportPhase.READ, run__state__in=[ImportState.QUEUED, ImportState.RUNNING]
    )
    if unread.exists():
        raise Conflict(
            _("A file is being read that may hold the person. Try again when it has been."),
            code="import_at_work",
        )
    for file, chunk, lines, theirs in _chunks(traces):
        chunk.data = ImportChunk.pack(
            Line(line.number, [""] * len(line.cells)) if line.number in theirs else line
            for line in lines
        )
        chunk.save(update_fields=["data"])
        # What was wrong with a cell quotes it.
        ImportIssue.objects.filter(file=file, row__in=theirs).update(problem=_("[erased]"))
        _drop_bytes(file)
    for file in ImportFile.objects.filter(pieces__isnull=False).distinct():
        # The bytes of a file nobody has read yet, or not in this way: nobody can look into them.
        if file.run.phase == ImportPhase.READ or not file.chunk_count:
            _drop_bytes(file)


def _drop_bytes(file: ImportFile) -> None:
    """Without its bytes a file can be read in no other encoding any more."""
    ImportPiece.objects.filter(file=file).delete()
    ImportFile.objects.filter(pk=file.pk).update(can_reread=False)


KEEPER = Keeper("imports.rows", _held, _forget)
