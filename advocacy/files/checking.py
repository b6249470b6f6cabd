"""What the worker does with a file that is all here: one container of its type from front to end,
pictures drawn anew, the scanner asked; then its record gets it. And what is swept.

Nobody else holds anything meanwhile: a file is claimed for a while in a short transaction, looked
at outside any, and settled in another.
"""

import hashlib
import logging
import tempfile
import time
import uuid
from datetime import timedelta
from typing import IO, Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from advocacy import clock
from advocacy.files import scanning, storing
from advocacy.files.choices import TAKEN, FileState, Reason
from advocacy.files.containers import Unfit, require_whole, without_place
from advocacy.files.homes import home_of
from advocacy.files.models import FileDiscard, StoredFile
from advocacy.files.pictures import MOST_BYTES, redrawn
from advocacy.files.services import discard_bytes, refuse
from advocacy.files.signatures import HEAD, has_markup, type_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.scope import tenant_scope

log = logging.getLogger(__name__)

#: A worker that has not come back with a file after so long is taken for dead.
_CLAIM = timedelta(minutes=15)
_MOST_ATTEMPTS, _AT_ONCE = 4, 50
#: Seconds after which nothing more is begun: the next sweep goes on.
_LONG_ENOUGH = 240
#: Larger files lie on the disk while they are looked at.
_IN_MEMORY = 8 * 1024 * 1024


def sweep_files(tenant_id: uuid.UUID) -> None:
    """The sweep's handler: checks what waits, gives up what stopped, removes what is to go."""
    _remove_bytes(tenant_id)
    with tenant_scope(tenant_id):
        due = StoredFile.objects.filter(due_at__lte=clock.now()).order_by("due_at")
        pks = list(due.values_list("pk", flat=True)[:_AT_ONCE])
    ends = time.monotonic() + _LONG_ENOUGH
    for pk in pks:
        if time.monotonic() > ends:
            break
        with tenant_scope(tenant_id):
            file = _claim(pk)
        if file is not None and file.state == FileState.CHECKING:
            _check(tenant_id, file)
        elif file is not None:
            _drop_parts(tenant_id, file)
    if pks:
        _remove_bytes(tenant_id)


def _remove_bytes(tenant_id: uuid.UUID) -> None:
    with tenant_scope(tenant_id):
        going = list(FileDiscard.objects.order_by("pk").values_list("pk", "file_id")[:500])
    for pk, file_id in going:
        try:
            storing.remove(tenant_id, file_id)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            # Tried again by the next sweep; the others do not wait for it.
            log.exception("the bytes of file %s could not be removed", file_id)
            continue
        with tenant_scope(tenant_id):
            FileDiscard.objects.filter(pk=pk).delete()


def _claim(pk: uuid.UUID) -> StoredFile | None:
    """A file to be checked, for this worker alone; what only waited for its end is ended here."""
    due = StoredFile.objects.filter(pk=pk, due_at__lte=clock.now())
    file = due.select_for_update(no_key=True, of=("self",), skip_locked=True).first()
    if file is None or file.state == FileState.READY:
        return file
    if file.state != FileState.CHECKING:
        # An upload nobody went on with, or a refusal that was told for long enough.
        discard_bytes({pk})
        due.delete()
        return None
    file.attempts += 1
    file.due_at = clock.now() + _CLAIM
    file.save(update_fields=["attempts", "due_at"])
    return file


def _check(tenant_id: uuid.UUID, file: StoredFile) -> None:
    changes: dict[str, Any] = {}
    refused: Reason | None = None
    if file.attempts > _MOST_ATTEMPTS:
        _settle(tenant_id, file, refused=Reason.UNREADABLE)
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as content:
        try:
            changes = _looked_at(file, content)  # type: ignore[arg-type]
        except Unfit as unfit:
            refused = unfit.reason
        except scanning.ScannerAway as away:
            log.warning("file %s waits for the scanner: %s", file.pk, away)
            _wait(tenant_id, file, away.again)
            return
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            # Taken up again when the claim is over, and refused after a few attempts.
            log.exception("file %s could not be checked", file.pk)
            return
    _settle(tenant_id, file, refused=refused, **changes)
    if refused is None:
        _drop_parts(tenant_id, file)


def _drop_parts(tenant_id: uuid.UUID, file: StoredFile) -> None:
    """Once it is committed that the whole is there; again until it is done."""
    storing.remove_parts(file)
    with tenant_scope(tenant_id):
        rows = StoredFile.objects.filter(pk=file.pk, state=FileState.READY)
        rows.update(part_sizes=[], due_at=None)


def _looked_at(file: StoredFile, content: IO[bytes]) -> dict[str, Any]:
    """Judge a file and keep it whole; what its row then says."""
    for chunk in storing.read_parts(file):
        content.write(chunk)
    size = content.tell()
    content.seek(0)
    head = content.read(HEAD)
    kind = type_of(head)
    if kind not in TAKEN[file.use] or has_markup(head):
        raise Unfit(Reason.TYPE)
    if size != file.size:
        raise Unfit(Reason.BROKEN)
    require_whole(content, size, kind)
    if scanning.is_configured() and not scanning.is_clean(content):
        raise Unfit(Reason.INFECTED)
    if kind.startswith("image/"):
        if size > MOST_BYTES:
            raise Unfit(Reason.PIXELS)
        with tempfile.NamedTemporaryFile() as given, tempfile.NamedTemporaryFile() as drawn:
            content.seek(0)
            while chunk := content.read(storing.CHUNK):
                given.write(chunk)
            given.flush()
            redrawn(given, kind, drawn)  # type: ignore[arg-type]
            return _kept(file, drawn, kind)  # type: ignore[arg-type]
    if kind in ("video/mp4", "video/quicktime", "audio/mp4"):
        without_place(content, size)
    return _kept(file, content, kind)


def _kept(file: StoredFile, content: IO[bytes], kind: str) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(storing.CHUNK):
        digest.update(chunk)
        size += len(chunk)
    storing.keep_whole(file, content)
    return {"type": kind, "size": size, "received": size, "sha256": digest.hexdigest()}


def _wait(tenant_id: uuid.UUID, file: StoredFile, again: timedelta) -> None:
    with tenant_scope(tenant_id):
        StoredFile.objects.filter(pk=file.pk, state=FileState.CHECKING).update(
            reason=Reason.SCANNER, due_at=clock.now() + again, attempts=0
        )


def _settle(tenant_id: uuid.UUID, file: StoredFile, refused: Reason | None, **changes: Any) -> None:
    """Ready or refused, and its record hears of it in the same transaction. Nothing happens where
    another worker has it by now; where it was thrown away, what was kept just now goes as well.
    """
    home = home_of(file)
    with tenant_scope(tenant_id):
        home.lock(file.subject_id)
        rows = StoredFile.objects.select_for_update(no_key=True, of=("self",))
        locked = rows.filter(pk=file.pk).first()
        if locked is None:
            discard_bytes({file.pk})
            return
        if locked.due_at != file.due_at or locked.state != FileState.CHECKING:
            return
        if refused is not None:
            refuse(locked, refused)
        else:
            now = clock.now()
            changes |= {"state": FileState.READY, "reason": "", "due_at": now, "ready_at": now}
            StoredFile.objects.filter(pk=locked.pk).update(**changes)
            for name, value in changes.items():
                setattr(locked, name, value)
        try:
            with transaction.atomic():
                home.on_settled(locked)
        except DomainError:
            refuse(locked, Reason.UNWANTED)
