"""Walking the rows of an import, a batch at a time (IMP-1, BAD-2).

A run is claimed with a lease (``leases``); each batch is a transaction that saves the rows, the
counts, the remarks and the position together. So a worker killed at any moment has done a batch
wholly or not at all, and whoever takes over when the lease has lapsed goes on with the next.

A check is the same walk: each batch is saved like the real one and then undone, so that it cannot
say anything else than the import will (``batches``).
"""

import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import translation

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.bulk import insert_columns
from advocacy.tenancy.scope import tenant_scope
from advocates.external_ids import stored_id
from imports import values
from imports.batches import rehearse, save
from imports.leases import Lease, held, let_go, renew
from imports.models import ImportChunk, ImportFile, ImportIssue, ImportRun, Line
from imports.registry import Batch, Kind, find_kind
from imports.rows import Reader
from imports.selectors import files_of, surveyed
from imports.services import end_walk
from imports.surveys import KEY, Remark, Survey

#: After so many batches of a file the tables have grown enough to be looked at anew.
_ANALYZED = frozenset({1, 3, 10, 40})
#: More remarks than this about one file are counted, not kept.
MAX_ISSUES = 100_000


@dataclass(slots=True)
class _File:
    """What is known about a file that is being walked."""

    kind: Kind
    survey: Survey
    #: Accounts that earlier files bring, while nothing is written yet: id → name.
    promised: Mapping[str, str]
    memory: dict[str, Any] = field(default_factory=dict)


def walk(lease: Lease, *, ends: float | None = None) -> bool:
    """Walk a run's batches; True when it is over, or somebody else's by now.

    At ``ends`` (``time.monotonic``) it is let go for whoever comes next, and the answer is False.
    """
    opened: dict[uuid.UUID, _File] = {}
    with translation.override(lease.language):
        while (position := _step(lease, opened)) is not None:
            if position in _ANALYZED:
                _refresh_statistics(lease.tenant_id)
            if ends is not None and time.monotonic() >= ends:
                let_go(lease)
                return False
    return True


def _refresh_statistics(tenant_id: uuid.UUID) -> None:
    """Tell the planner what is in the tables by now, sooner than autovacuum does.

    The check of each foreign key is planned once; planned for an empty table it may read all of
    the tenant's rows for every row that comes in.
    """
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT analyze_imported()")


def _step(lease: Lease, opened: dict[uuid.UUID, _File]) -> int | None:
    """One batch in one transaction; None when there is none left, or the run was lost.

    Else the batch's number in its file, from 1; 0 as long as the file brings nothing new.
    """
    with tenant_scope(lease.tenant_id):
        run = held(lease)
        if run is None:
            return None
        files = files_of(run)
        file = next((file for file in files if file.position < file.chunk_count), None)
        if file is None:
            end_walk(run, actor=lease.actor)
            return None
        if file.pk not in opened:
            opened[file.pk] = _open(run, file, files)
        _walk_chunk(run, file, opened[file.pk], lease.actor)
        renew(run, got_through=True)
    return file.position if file.created else 0


def _chunks(file: ImportFile) -> Iterator[list[Line]]:
    """The rows of a file, one chunk in memory at a time."""
    for number in range(file.chunk_count):
        chunk = ImportChunk.objects.filter(file=file, number=number).first()
        if chunk is not None:
            yield chunk.lines


def _open(run: ImportRun, file: ImportFile, files: list[ImportFile]) -> _File:
    kind = find_kind(file.kind)
    if kind is None:
        raise LookupError(f"nobody imports {file.kind!r} any more")
    promised: dict[str, str] = {}
    if not run.is_import:
        for earlier in files[: files.index(file)]:
            if earlier.kind in kind.names:
                promised |= _promises(run, earlier)
    return _File(kind, surveyed(run, file, kind, file.places, _chunks(file)), promised)


def _promises(run: ImportRun, file: ImportFile) -> dict[str, str]:
    """Id and name of what a checked file will bring."""
    kind = find_kind(file.kind)
    key, name = file.places[KEY], file.places.get(kind.called if kind else "", -1)
    refused = set(
        file.issues.filter(severity=ImportIssue.Severity.ERROR).values_list("row", flat=True)
    )
    return {
        stored_id(run.source, line.cells[key]): values.text(line.cells[name]) if name >= 0 else ""
        for lines in _chunks(file)
        for line in lines
        if line.number not in refused and max(key, name) < len(line.cells)
    }


def _walk_chunk(run: ImportRun, file: ImportFile, opened: _File, actor: Actor) -> None:
    chunk = ImportChunk.objects.get(file=file, number=file.position)
    lines = chunk.lines
    reader = Reader(opened.kind, file.places, len(file.headings), opened.survey, source=run.source)
    rows = [row for row in map(reader.read, lines) if row is not None]
    batch = Batch(rows, actor, run.source, opened.memory)
    outcome = (
        save(opened.kind, batch) if run.is_import else rehearse(opened.kind, batch, opened.promised)
    )
    remarks = reader.remarks + [Remark(*remark) for remark in outcome.remarks]
    if file.position == 0:
        remarks = opened.survey.remarks + remarks
    refused = {remark.number for remark in remarks if not remark.got_in}
    if run.is_import:
        _keep_refused(chunk, [line for line in lines if line.number in refused])
    _keep_remarks(file, opened.kind, remarks)
    file.position += 1
    file.rows_done += len(lines)
    file.created += outcome.created
    file.updated += outcome.updated
    file.unchanged += outcome.unchanged
    file.skipped += len(refused)
    file.warnings += sum(remark.got_in for remark in remarks)
    file.save(update_fields=["position", *ImportFile.COUNTS])


def _keep_refused(chunk: ImportChunk, lines: list[Line]) -> None:
    """Of an imported chunk only the rows that did not get in stay."""
    if lines:
        chunk.data = ImportChunk.pack(lines)
        chunk.save(update_fields=["data"])
    else:
        ImportChunk.objects.filter(pk=chunk.pk).delete()


def _keep_remarks(file: ImportFile, kind: Kind, remarks: list[Remark]) -> None:
    if not remarks:
        return
    room = MAX_ISSUES - file.issues.count()
    kept = remarks[: max(room, 0)]
    if not kept:
        return
    insert_columns(
        ImportIssue,
        {
            "row": [remark.number for remark in kept],
            "column": [heading_of(file, kind, remark.field)[:200] for remark in kept],
            "problem": [remark.problem[:500] for remark in kept],
            "accepted": [remark.accepted[:500] for remark in kept],
            "severity": ["warning" if remark.got_in else "error" for remark in kept],
        },
        file_id=file.pk,
    )


def heading_of(file: ImportFile, kind: Kind, name: str) -> str:
    """A field by the name it has in the file, else by what it is."""
    place = file.places.get(name)
    if place is not None and file.headings[place]:
        return str(file.headings[place])
    column = kind.column(name)
    return str(column.label) if column else ""
