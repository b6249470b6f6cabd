"""The stations of an import, from its columns to its end (IMP-1).

What comes before is in ``uploads``; a worker walks the rows in between: ``imports``.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.wakeups import wake
from advocates.access import require_change
from advocates.scoring.services import evaluate_scores
from imports.choices import ImportPhase, ImportState
from imports.lifecycle import IMPORT
from imports.mapping import Trouble, propose, remember, troubles
from imports.models import ImportChunk, ImportFile, ImportIssue, ImportPiece, ImportRun
from imports.registry import find_kind

PERMISSION = "imports.run"
SWEEP = "imports"
#: Rows that are saved in one transaction.
BATCH = 1000
#: An upload that nobody imports is thrown away after this.
KEPT_UPLOAD = timedelta(days=7)
#: Rows that did not get in can be fetched for this long.
KEPT_ROWS = timedelta(days=30)


@transaction.atomic
def change_kind(*, actor: Actor, file: ImportFile, kind: str) -> ImportFile:
    """Say what a file holds; its columns are proposed anew. Raises :class:`Conflict` once a check
    has begun, :class:`DomainError` for a kind that is none.
    """
    require_change(actor, PERMISSION)
    if find_kind(kind) is None:
        raise DomainError(_("Choose one of the kinds in the list."))
    mapping = propose(file.headings, kind)
    changed = ImportFile.objects.filter(pk=file.pk, run__state=ImportState.UPLOADED).update(
        kind=kind, columns=mapping.columns, mapped_at=mapping.mapped_at
    )
    if not changed:
        raise moved_on()
    return file.reload()


@transaction.atomic
def check_import(
    *, actor: Actor, run: ImportRun, columns: Mapping[UUID, Sequence[str]], source: str
) -> ImportRun:
    """Take the columns as somebody says they are, and have all rows checked (BAD-1).

    ``columns`` holds a field ("" for none) for each heading of each file. They are remembered
    for the next file with the same headings. Raises :class:`DomainError` naming what is missing
    or said twice, :class:`Conflict` when the run has moved on.
    """
    require_change(actor, PERMISSION)
    files = list(run.files.all())
    wrong = [
        _("%(file)s: %(sentence)s") % {"file": file.name, "sentence": trouble.sentence}
        for file in files
        for trouble in file_troubles(file, columns.get(file.pk, ()))
    ]
    if wrong:
        raise DomainError("\n".join(wrong))
    move(run, "check", phase=ImportPhase.CHECK, source=source)
    for file in files:
        file.columns = list(columns[file.pk])
        file.save(update_fields=["columns"])
        remember(file.kind, file.headings, file.columns)
    _walk_anew(run)
    record("import.check_started", run, actor=actor)
    return run


def file_troubles(file: ImportFile, columns: Sequence[str]) -> list[Trouble]:
    """What keeps a file from being read with these columns."""
    if len(columns) != len(file.headings):
        return [Trouble(_("Say for each of its columns what it is."))]
    return troubles(file.kind, columns)


@transaction.atomic
def reopen_import(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Back to the columns, after a check or instead of one that is under way."""
    require_change(actor, PERMISSION)
    move(run, "reopen")
    record("import.reopened", run, actor=actor)
    return run


@transaction.atomic
def start_import(*, actor: Actor, run: ImportRun, unchecked: bool = False) -> ImportRun:
    """Have the rows imported; a second click finds that somebody started it, and changes nothing.

    ``unchecked`` is for jobs without anybody who would look at a check.
    """
    require_change(actor, PERMISSION)
    try:
        move(run, "start_unchecked" if unchecked else "start", phase=ImportPhase.IMPORT)
    except Conflict:
        if run.is_import and not unchecked:
            return run
        raise
    ImportPiece.objects.filter(file__run=run).delete()
    _walk_anew(run)
    record("import.started", run, actor=actor, payload=_size(run))
    return run


@transaction.atomic
def cancel_import(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Stop an import; what got in stays. Waits for the batch that is being saved at the moment."""
    require_change(actor, PERMISSION)
    move(run, "cancel", finished_at=clock.now())
    ImportChunk.objects.filter(file__run=run, number__gte=models.F("file__position")).delete()
    record("import.cancelled", run, actor=actor, payload=_counts(run))
    return run


@transaction.atomic
def retry_import(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Go on where a run or a check failed."""
    require_change(actor, PERMISSION)
    move(run, "retry")
    wake(SWEEP, current_tenant_id())
    record("import.retried", run, actor=actor)
    return run


@transaction.atomic
def discard_import(*, actor: Actor, run: ImportRun) -> None:
    """Throw an upload away of which nothing was imported; also while it is being read."""
    require_change(actor, PERMISSION)
    record("import.discarded", run, actor=actor, payload=_size(run))
    waiting = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    unread = models.Q(phase=ImportPhase.READ)
    unused = models.Q(phase=ImportPhase.CHECK, state__in=waiting)
    gone, _rows = ImportRun.objects.filter(unread | unused, pk=run.pk).delete()
    if not gone:
        raise moved_on()


def end_walk(run: ImportRun, *, actor: Actor) -> None:
    """All rows were walked: the check has its result, or the import is done (``walking``)."""
    if run.is_import:
        move(run, "finish", finished_at=clock.now())
        # What came in changes who is a candidate at once (IDN-1.f).
        evaluate_scores()
        record("import.finished", run, actor=actor, payload=_counts(run))
    else:
        move(run, "finish_check")
        record("import.checked", run, actor=actor, payload=_counts(run))


def fail_walk(run: ImportRun, *, actor: Actor) -> None:
    """Something nobody foresaw; a person decides whether to go on (``working``)."""
    move(run, "fail")
    record("import.failed", run, actor=actor, payload={"phase": run.phase, **_counts(run)})


def remove_leftovers(_tenant_id: UUID) -> None:
    """Once a day: uploads nobody imported, and rows that did not get in and nobody fetched."""
    now = clock.now()
    actor = Actor.system(SWEEP)
    forgotten = ImportRun.objects.select_for_update(skip_locked=True).filter(
        state__in=(
            ImportState.UPLOADED,
            ImportState.CHECKED,
            ImportState.FAILED,
            ImportState.REFUSED,
        ),
        changed_at__lt=now - KEPT_UPLOAD,
    )
    for run in forgotten:
        if run.is_import:
            cancel_import(actor=actor, run=run)
        else:
            discard_import(actor=actor, run=run)
    ImportChunk.objects.filter(
        file__run__state__in=(ImportState.DONE, ImportState.CANCELLED),
        file__run__finished_at__lt=now - KEPT_ROWS,
    ).delete()


def move(run: ImportRun, name: str, **changes: Any) -> None:
    """A move from where a run really stands, after the batch that is being saved at the moment;
    whoever had a lease has it no more. Locks the run. Raises :class:`Conflict`.
    """
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update(no_key=True))
    nobody = {"lease": None, "leased_until": None, "attempts": 0}
    IMPORT.move(run, name, changed_at=clock.now(), **nobody, **changes)


def moved_on() -> Conflict:
    """What is said to somebody whose page is older than the run."""
    return Conflict(_("This import has moved on meanwhile; look at it again."))


def _walk_anew(run: ImportRun) -> None:
    """From the first row on, without what an earlier walk counted and remarked."""
    run.files.update(position=0, **dict.fromkeys(ImportFile.COUNTS, 0))
    ImportIssue.objects.filter(file__run=run).delete()
    wake(SWEEP, current_tenant_id())


def _size(run: ImportRun) -> dict[str, int]:
    return run.files.aggregate(files=models.Count("pk"), rows=models.Sum("rows", default=0))


def _counts(run: ImportRun) -> dict[str, int]:
    return run.files.aggregate(
        **{
            name: models.Sum(name, default=0)
            for name in ("created", "updated", "unchanged", "skipped")
        }
    )
