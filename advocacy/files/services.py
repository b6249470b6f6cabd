"""Putting a file in: announced, sent in parts, gone on with after a break, thrown away.

Who may do so with which record is the business of the record's app, whose services call these.
"""

import re
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.files import storing
from advocacy.files.choices import ENDINGS, TAKEN, TAKEN_WORDS, FileState, Reason, Use
from advocacy.files.models import FileDiscard, StoredFile
from advocacy.files.numbers import FileNumbers
from advocacy.files.signatures import HEAD, has_markup, type_of
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.text import cut, one_line
from advocacy.tenancy.wakeups import wake
from advocacy.tenant_settings.reading import current

SWEEP = "files"
MEGABYTE = 1024 * 1024
#: Bytes of a part, which a request carries whole: as most, and of every part but the last as least.
MOST_PART, LEAST_PART = 4 * MEGABYTE, MEGABYTE
#: How long the sentence stays why a file was refused.
_TELL = timedelta(days=7)
_UNKNOWN_TYPES = ("", "application/octet-stream", "binary/octet-stream")
#: What browsers and systems call the same thing.
_ALIASES = {
    "audio/x-m4a": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/aac": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/opus": "audio/ogg",
    "video/x-m4v": "video/mp4",
    "video/3gpp": "video/mp4",
    "image/jpg": "image/jpeg",
}


@transaction.atomic
def begin_file(
    *, actor: Actor, subject: object, use: Use, name: str, size: int, announced: str = ""
) -> StoredFile:
    """Announce a file of ``size`` bytes; its parts follow by :func:`add_part`. ``announced`` is the
    type its sender believes in: it can refuse a file before it is sent, and never makes it pass.

    Raises ``DomainError`` at ``size``, ``name`` or ``type`` with what is accepted.
    """
    numbers = current(FileNumbers)
    if size < 1:
        raise _refused("size", _("The file is empty."))
    if size > numbers.largest_megabytes * MEGABYTE:
        text = _("The file has %(size)s; at most %(most)s are taken. Make it shorter or smaller.")
        words = {"size": in_words(size), "most": in_words(numbers.largest_megabytes * MEGABYTE)}
        raise _refused("size", text % words)
    plain = announced.split(";", maxsplit=1)[0].strip().lower()
    if plain not in _UNKNOWN_TYPES and _ALIASES.get(plain, plain) not in TAKEN[use]:
        raise _refused("type", not_taken(use))
    model = type(subject)._meta.label_lower  # type: ignore[attr-defined]
    rows = StoredFile.objects.filter(subject_type=model, subject_id=subject.pk)  # type: ignore[attr-defined]
    if rows.exclude(state=FileState.REFUSED).count() >= numbers.most_files:
        text = _("There are %(most)d files already; remove one of them first.")
        raise Conflict(text % {"most": numbers.most_files}, code="too_many_files")
    kept = StoredFile.objects.exclude(state=FileState.REFUSED)
    used = kept.aggregate(sum=Sum("size"))["sum"] or 0
    if used + size > numbers.total_gigabytes * 1024 * MEGABYTE:
        text = _("There is no room for it: all files together may have %(most)d GB.")
        raise Conflict(text % {"most": numbers.total_gigabytes}, code="no_room")
    file = StoredFile(
        subject_type=model,
        subject_id=subject.pk,  # type: ignore[attr-defined]
        use=use,
        name=clean_name(name),
        size=size,
        by_advocate=actor.kind == "advocate",
        added_by=actor.membership,
        due_at=_abandoned_at(),
    )
    file.save(force_insert=True)
    return file.reload()


@transaction.atomic
def add_part(*, file: StoredFile, offset: int, data: bytes) -> StoredFile:
    """Keep the bytes from ``offset`` on, which is how many are here: who was cut off asks for that
    and goes on there. With the last byte the file goes to be checked.

    Raises ``Conflict`` (``wrong_offset``) for another place, ``DomainError`` for a part of a wrong
    size, and at ``type`` for what begins like nothing that is taken: it is thrown away at once.
    """
    locked = lock_file(file.pk)
    if locked.state != FileState.UPLOADING:
        raise Conflict(_("Nothing of this file is missing."), code="not_uploading")
    if offset != locked.received:
        text = _("%(received)d bytes are here; go on there.")
        raise Conflict(text % {"received": locked.received}, code="wrong_offset")
    left = locked.size - offset
    if not 0 < len(data) <= min(left, MOST_PART):
        text = _("A part has up to %(most)s, and no more than what was announced.")
        raise _refused("data", text % {"most": in_words(MOST_PART)})
    if len(data) < min(left, LEAST_PART):
        text = _("Every part but the last has at least %(least)s.")
        raise _refused("data", text % {"least": in_words(LEAST_PART)})
    if offset == 0:
        locked.type = type_of(data[:HEAD])
        if locked.type not in TAKEN[locked.use] or has_markup(data[:HEAD]):
            raise _refused("type", not_taken(Use(locked.use)))
    storing.keep_part(locked, offset, data)
    locked.part_sizes = [*locked.part_sizes, len(data)]
    locked.received += len(data)
    locked.due_at = _abandoned_at()
    if locked.received == locked.size:
        locked.state, locked.due_at = FileState.CHECKING, clock.now()
        wake(SWEEP, current_tenant_id())
    locked.save(update_fields=["type", "part_sizes", "received", "state", "due_at"])
    return locked


@transaction.atomic
def discard_file(file: StoredFile) -> None:
    """Take a file away with its bytes, which go once this is committed."""
    lock_file(file.pk)
    discard_bytes({file.pk})
    StoredFile.objects.filter(pk=file.pk).delete()


def keep_for_good(subject_id: uuid.UUID, sha256: str) -> None:
    """Somebody confirmed a record with this file: another one does not push it out any more."""
    if sha256:
        StoredFile.objects.filter(subject_id=subject_id, sha256=sha256).update(is_kept=True)


def discard_bytes(pks: set[uuid.UUID]) -> None:
    """Have the storage forget these files after the commit."""
    rows = [FileDiscard(file_id=pk) for pk in sorted(pks)]
    FileDiscard.objects.bulk_create(rows, ignore_conflicts=True)
    wake(SWEEP, current_tenant_id())


def refuse(locked: StoredFile, reason: Reason) -> None:
    """It is not taken: its bytes go, the sentence stays for a week."""
    StoredFile.objects.filter(pk=locked.pk).update(
        state=FileState.REFUSED, reason=reason, due_at=clock.now() + _TELL, part_sizes=[]
    )
    locked.state, locked.reason = FileState.REFUSED, reason
    discard_bytes({locked.pk})


def lock_file(pk: uuid.UUID) -> StoredFile:
    """The file as it is now, until the transaction ends; ``DoesNotExist`` where it is gone."""
    return StoredFile.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def not_taken(use: Use) -> str:
    """What is said of a file that is something else, and what is accepted."""
    return _("This is not what can be put in here. Accepted: %(what)s.") % {
        "what": TAKEN_WORDS[use]
    }


def clean_name(name: str) -> str:
    """A name as it is shown and given along: without folders and control characters."""
    last = re.split(r"[\\/]", one_line(name))[-1].strip(" .")
    return cut(last, 150) or _("file")


def name_for(file: StoredFile, instead: str = "") -> str:
    """The name under which it is taken along, or that ``instead`` of the typed one: it ends as its
    type does, whatever was typed.
    """
    if instead:
        return f"{clean_name(instead)}.{ENDINGS.get(file.type, 'bin')}"
    ending = ENDINGS.get(file.type, "bin")
    stem, dot, typed = file.name.rpartition(".")
    return f"{stem if dot and stem and len(typed) <= 5 else file.name}.{ending}"


def in_words(size: int) -> str:
    """Bytes as people read them."""
    for unit, length in (("GB", 1024 * MEGABYTE), ("MB", MEGABYTE), ("KB", 1024)):
        if size >= length:
            number = size / length
            return (
                f"{number:.0f} {unit}"
                if number >= 10 or number % 1 < 0.05
                else f"{number:.1f} {unit}"
            )
    return _("%(n)d bytes") % {"n": size}


def _abandoned_at() -> datetime:
    return clock.now() + timedelta(hours=current(FileNumbers).abandoned_hours)


def _refused(at: str, text: str) -> DomainError:
    return DomainError(text, code=f"file_{at}", fields={at: text})
