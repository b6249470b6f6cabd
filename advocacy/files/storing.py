"""The bytes: where they lie in the storage ``files``, in parts while they come, then whole.

Names in the storage are ids alone; nothing of what a person typed is in them.
"""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from advocacy.files.models import StoredFile

ALIAS = "files"
#: Bytes that are read and handed on at once.
CHUNK = 64 * 1024


def storage() -> Storage:
    """By the setting ``STORAGES``: a directory, or S3."""
    return storages[ALIAS]


def folder_of(tenant_id: uuid.UUID, file_id: uuid.UUID) -> str:
    """Where everything of a file lies."""
    return f"{tenant_id}/{file_id}"


def whole_of(file: StoredFile) -> str:
    """The name of a file that is ready."""
    return f"{folder_of(file.tenant_id, file.pk)}/whole"


def keep_part(file: StoredFile, offset: int, data: bytes) -> None:
    """Keep the bytes from ``offset`` on; what a request left there that did not end well goes."""
    _put(_part(file, offset), ContentFile(data))


def keep_whole(file: StoredFile, content: IO[bytes]) -> None:
    """Keep the file as it will be served; its parts stay until that is committed."""
    content.seek(0)
    _put(whole_of(file), File(content))


def remove_parts(file: StoredFile) -> None:
    """What the whole was made of."""
    for offset in _offsets(file):
        storage().delete(_part(file, offset))


def read_parts(file: StoredFile) -> Iterator[bytes]:
    """Everything that came, in order. Raises ``FileNotFoundError`` where the storage lost some."""
    for offset in _offsets(file):
        with storage().open(_part(file, offset)) as part:
            while chunk := part.read(CHUNK):
                yield chunk


def open_whole(file: StoredFile) -> IO[bytes]:
    """A file that is ready, to be read from any place."""
    return storage().open(whole_of(file))  # type: ignore[return-value]


def open_from(file: StoredFile, first: int, last: int) -> IO[bytes]:
    """A file that is ready, to be read from one byte on. Of a bucket no more is fetched than up to
    ``last``; opened otherwise it would be fetched whole. Raises ``FileNotFoundError``.
    """
    kept: Any = storage()
    if not hasattr(kept, "bucket"):
        content = open_whole(file)
        content.seek(first)
        return content
    try:
        found = kept.bucket.Object(kept._normalize_name(whole_of(file)))
        body: IO[bytes] = found.get(Range=f"bytes={first}-{last}")["Body"]
    except Exception as error:
        said = getattr(error, "response", {}).get("Error", {}).get("Code")
        if said in ("NoSuchKey", "404"):
            raise FileNotFoundError(whole_of(file)) from error
        raise
    return body


def remove(tenant_id: uuid.UUID, file_id: uuid.UUID) -> None:
    """Remove everything of a file; nothing happens where nothing is left."""
    folder, kept = folder_of(tenant_id, file_id), storage()
    with suppress(FileNotFoundError):
        _folders, names = kept.listdir(folder)
        for name in names:
            kept.delete(f"{folder}/{name}")
        kept.delete(folder)


def _part(file: StoredFile, offset: int) -> str:
    return f"{folder_of(file.tenant_id, file.pk)}/{offset:014d}"


def _offsets(file: StoredFile) -> Iterator[int]:
    offset = 0
    for size in file.part_sizes:
        yield offset
        offset += size


def _put(name: str, content: "File[bytes]") -> None:
    kept = storage()
    if kept.exists(name):
        kept.delete(name)
    given = kept.save(name, content)
    if given != name:
        kept.delete(given)
        raise OSError(f"the storage did not keep {name}")
