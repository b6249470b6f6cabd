"""Walking the rows of an import, a batch at a time (IMP-1, BAD-2).

A run is claimed with a lease; each batch is a transaction that saves the rows, the counts, the
remarks and the position together. So a worker killed at any moment has done a batch wholly or not
at all, and whoever takes over when the lease has lapsed goes on with the next.

A check is the same walk: each batch is saved like the real one and then undone, so that it cannot
say anything else than the import will.
"""

import logging
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db import models as fields
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.wakeups import wake
from advocates.imports import values
from advocates.imports.kinds import Batch, Kind, Outcome, find_kind, kinds
from advocates.imports.reading import Unreadable
from advocates.imports.rows import KEY, Reader, Remark, Survey, survey
from advocates.models import ImportChunk, ImportFile, ImportIssue, ImportRun
from advocates.models.imports import Line
from advocates.selectors.imports import files_of
from advocates.services.imports import (
    SWEEP,
    Upload,
    cancel_import,
    end_walk,
    fail_walk,
    file_troubles,
    start_import,
    upload_files,
)
from advocates.states import IMPORT_AT_WORK, ImportState

log = logging.getLogger(__name__)

#: Longer than any batch takes; after a kill the rest waits this long for the next worker.
LEASE = timedelta(minutes=1)
#: A worker takes what else is due after this long; the next one goes on.
SLICE_SECONDS = 30
#: After a database error the next worker may try this soon.
PAUSE = timedelta(seconds=10)
#: As often a run is taken without a batch getting through before it counts as failed.
MAX_ATTEMPTS = 5
#: After so many batches the tables have grown enough to be looked at anew.
_ANALYZED = frozenset({1, 4, 16, 64})
#: More remarks than this about one file are counted, not kept.
MAX_ISSUES = 100_000

_ACTOR = Actor.system("import_crm")


@dataclass(slots=True)
class _Opened:
    """What is known about the file that is being walked."""

    kind: Kind
    survey: Survey
    #: Accounts that earlier files bring, while nothing is written yet: id → name.
    promised: Mapping[str, str]
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Lease:
    """A run in the hands of one worker."""

    tenant_id: uuid.UUID
    run_id: uuid.UUID
    token: uuid.UUID
    language: str
    actor: Actor
    opened: dict[uuid.UUID, _Opened] = field(default_factory=dict)


def work_on_imports(tenant_id: uuid.UUID) -> None:
    """The sweep's handler: a slice of time for one tenant's runs, oldest first.

    Must not run inside a transaction. Any number of processes may do this at the same time.
    """
    ends = time.monotonic() + SLICE_SECONDS
    while lease := claim(tenant_id):
        try:
            if not walk(lease, ends=ends):
                return
        except SoftTimeLimitExceeded:
            raise
        except (OperationalError, InterfaceError):
            # The database is away or two transactions met: the run is not to blame.
            with suppress(DatabaseError):
                _let_go(lease, pause=PAUSE)
            raise
        except Exception:
            log.exception("import %s failed", lease.run_id)
            _fail(lease)


def run_import(
    tenant_id: uuid.UUID, *, actor: Actor, files: Iterable[Upload], source: str = ""
) -> ImportRun:
    """Import files here and now, without anybody to look at columns and check.

    Each row gets in whole or not at all; the external id decides what a row is, so a second run
    changes nothing. Each batch commits by itself, unless a transaction is open. Killed, the
    import is finished by a worker; interrupted by hand, it is stopped.

    Raises :class:`Unreadable` when a file cannot be taken at all, before anything is written.
    """
    with tenant_scope(tenant_id):
        run = upload_files(actor=actor, files=files, source=source)
        _require_recognised(run)
        start_import(actor=actor, run=run, unchecked=True)
        # In the same transaction, so that no worker has it first.
        lease = claim(tenant_id, run.pk)
    if lease is None:
        raise LookupError(f"import {run.pk} cannot be taken")
    lease.actor = actor
    try:
        walk(lease)
    except KeyboardInterrupt:
        with tenant_scope(tenant_id):
            cancel_import(actor=actor, run=run)
        raise
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _fail(lease)
        raise
    with tenant_scope(tenant_id):
        return run.reload()


def _require_recognised(run: ImportRun) -> None:
    problems = [
        _("%(file)s: the headings were not recognised. %(needed)s.")
        % {
            "file": file.name,
            "needed": "; ".join(
                _("%(kind)s need %(headings)s")
                % {
                    "kind": kind.label,
                    "headings": ", ".join(
                        c.names[0] for c in kind.columns if c.field in kind.marks
                    ),
                }
                for kind in kinds()
            ),
        }
        for file in run.files.all()
        if file_troubles(file, file.columns)
    ]
    if problems:
        raise Unreadable("\n".join(problems))


def claim(tenant_id: uuid.UUID, run_id: uuid.UUID | None = None) -> Lease | None:
    """Take the oldest run that nobody has, or a certain one; None when there is none.

    One that was taken too often without getting anywhere is failed instead.
    """
    now = clock.now()
    free = fields.Q(leased_until__isnull=True) | fields.Q(leased_until__lte=now)
    with tenant_scope(tenant_id):
        waiting = ImportRun.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            free, state__in=IMPORT_AT_WORK
        )
        if run_id is not None:
            waiting = waiting.filter(pk=run_id)
        for run in waiting.select_related("started_by__user").order_by("changed_at", "id"):
            member = run.started_by
            actor = Actor.member(member) if member else _ACTOR
            if run.attempts >= MAX_ATTEMPTS:
                log.error("import %s was taken %d times in vain", run.pk, run.attempts)
                fail_walk(run, actor=actor)
                continue
            run.state = ImportState.RUNNING
            run.attempts += 1
            run.lease, run.leased_until = uuid.uuid4(), now + LEASE
            run.save(update_fields=["state", "attempts", "lease", "leased_until"])
            own = member.user.language if member else ""
            language = own or Tenant.objects.get(pk=tenant_id).language
            return Lease(tenant_id, run.pk, run.lease, language, actor)
    return None


def walk(lease: Lease, *, ends: float | None = None) -> bool:
    """Walk a run's batches; True when it is over, or somebody else's by now.

    At ``ends`` (``time.monotonic``) it is let go for whoever comes next, and the answer is False.
    """
    with translation.override(lease.language):
        batches = 0
        while _step(lease):
            batches += 1
            if batches in _ANALYZED:
                _refresh_statistics(lease.tenant_id)
            if ends is not None and time.monotonic() >= ends:
                _let_go(lease)
                return False
    return True


def _refresh_statistics(tenant_id: uuid.UUID) -> None:
    """Tell the planner what is in the tables by now, sooner than autovacuum does.

    The check of each foreign key is planned once; planned for an empty table it may read all of
    the tenant's rows for every row that comes in.
    """
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT analyze_imported()")


def _let_go(lease: Lease, *, pause: timedelta | None = None) -> None:
    until = clock.now() + pause if pause else None
    with tenant_scope(lease.tenant_id):
        ImportRun.objects.filter(pk=lease.run_id, lease=lease.token).update(
            lease=None, leased_until=until
        )
        if pause is None:
            wake(SWEEP, lease.tenant_id)


def _fail(lease: Lease) -> None:
    with tenant_scope(lease.tenant_id):
        if run := _held(lease):
            fail_walk(run, actor=lease.actor)


def _held(lease: Lease) -> ImportRun | None:
    """The run, locked, as long as it is this worker's; needs the scope."""
    return (
        ImportRun.objects.select_for_update(no_key=True)
        .filter(pk=lease.run_id, lease=lease.token, state=ImportState.RUNNING)
        .first()
    )


def _step(lease: Lease) -> bool:
    """One batch in one transaction; False when there is none left, or the run was lost."""
    with tenant_scope(lease.tenant_id):
        run = _held(lease)
        if run is None:
            return False
        files = files_of(run)
        file = next((file for file in files if file.position < file.chunk_count), None)
        if file is None:
            end_walk(run, actor=lease.actor)
            return False
        if file.pk not in lease.opened:
            lease.opened[file.pk] = _open(run, file, files)
        _walk_chunk(run, file, lease.opened[file.pk], lease.actor)
        run.attempts = 0
        run.leased_until = clock.now() + LEASE
        run.save(update_fields=["attempts", "leased_until"])
    return True


def _chunks(file: ImportFile) -> Iterator[list[Line]]:
    """The rows of a file, one chunk in memory at a time."""
    for number in range(file.chunk_count):
        chunk = ImportChunk.objects.filter(file=file, number=number).first()
        if chunk is not None:
            yield chunk.lines


def _open(run: ImportRun, file: ImportFile, files: list[ImportFile]) -> _Opened:
    kind = find_kind(file.kind)
    if kind is None:
        raise LookupError(f"nobody imports {file.kind!r} any more")
    promised: dict[str, str] = {}
    if not run.is_import:
        for earlier in files[: files.index(file)]:
            if earlier.kind in kind.names:
                promised |= _promises(earlier)
    return _Opened(kind, survey(kind, file.places, _chunks(file)), promised)


def _promises(file: ImportFile) -> dict[str, str]:
    """Id and name of what a checked file will bring."""
    key, name = file.places[KEY], file.places["name"]
    refused = set(
        file.issues.filter(severity=ImportIssue.Severity.ERROR).values_list("row", flat=True)
    )
    return {
        line.cells[key]: values.text(line.cells[name])
        for lines in _chunks(file)
        for line in lines
        if line.number not in refused and max(key, name) < len(line.cells)
    }


def _walk_chunk(run: ImportRun, file: ImportFile, opened: _Opened, actor: Actor) -> None:
    chunk = ImportChunk.objects.get(file=file, number=file.position)
    lines = chunk.lines
    reader = Reader(opened.kind, file.places, len(file.headings), opened.survey)
    rows = [row for row in map(reader.read, lines) if row is not None]
    batch = Batch(rows, actor, run.source, opened.memory)
    outcome = _save(opened.kind, batch) if run.is_import else _rehearse(opened, batch)
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
    ImportIssue.objects.bulk_create(
        [
            ImportIssue(
                file=file,
                row=remark.number,
                column=heading_of(file, kind, remark.field)[:200],
                problem=remark.problem[:500],
                accepted=remark.accepted[:500],
                severity="warning" if remark.got_in else "error",
            )
            for remark in remarks[:room]
        ],
        batch_size=1000,
    )


def heading_of(file: ImportFile, kind: Kind, name: str) -> str:
    """A field by the name it has in the file, else by what it is."""
    place = file.places.get(name)
    if place is not None and file.headings[place]:
        return str(file.headings[place])
    column = kind.column(name)
    return str(column.label) if column else ""


def _rehearse(opened: _Opened, batch: Batch) -> Outcome:
    """What saving a batch would come to."""
    with transaction.atomic():
        for code, names in opened.kind.names.items():
            stand_in = getattr(find_kind(code), "stand_in", None)
            if stand_in and (wanted := _named(batch, names, opened.promised)):
                stand_in(batch.source, wanted)
        outcome = _save(opened.kind, batch)
        transaction.set_rollback(True)
    return outcome


def _named(batch: Batch, names: tuple[str, str], promised: Mapping[str, str]) -> dict[str, str]:
    """Those of the promised records that a batch names, by id or by name."""
    ids = {row.values[names[0]] for row in batch.rows if names[0] in row.values}
    called = {row.values[names[1]] for row in batch.rows if names[1] in row.values}
    if not called:
        return {key: promised[key] for key in ids & promised.keys()}
    return {key: name for key, name in promised.items() if key in ids or name in called}


def _save(kind: Kind, batch: Batch) -> Outcome:
    """Save a batch; when the database refuses it, each row by itself, so that one is to blame."""
    if not batch.rows:
        return Outcome()
    try:
        with transaction.atomic():
            return kind.save(batch)
    except (DatabaseError, DomainError) as error:
        if isinstance(error, DatabaseError) and not _is_about_a_row(error):
            raise
        if len(batch.rows) > 1:
            return _save_singly(kind, batch)
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


def _save_singly(kind: Kind, batch: Batch) -> Outcome:
    total = Outcome()
    for row in batch.rows:
        one = _save(kind, Batch([row], batch.actor, batch.source, batch.memory))
        total.created += one.created
        total.updated += one.updated
        total.unchanged += one.unchanged
        total.remarks += one.remarks
    return total
