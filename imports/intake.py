"""Having the uploaded files of an import read, and keeping their rows (IMP-1, BAD-1, BAD-2).

The file goes to a process that can hurt nobody (``reading``); what comes back is stored a batch at
a time, each in a transaction of its own. A file whose worker died is read from its beginning.
"""

import logging
import tempfile
import time
from contextlib import closing
from typing import IO

from django.utils import translation

from advocacy.tenancy.scope import tenant_scope
from imports import reading
from imports import services as imports
from imports.leases import Lease, held, let_go, renew
from imports.limits import Note
from imports.mapping import known_headings
from imports.models import ImportFile, ImportRun
from imports.reading import Piece, ReaderLost, Unreadable
from imports.uploads import (
    add_sheets,
    begin_file,
    end_file,
    end_reading,
    forget_encoding,
    name_columns,
    store_lines,
)

log = logging.getLogger(__name__)

#: As often a file's reader may be killed by somebody before the file is to blame.
_READERS = 2
#: While nothing comes from a reader, the run is kept, and looked for, this often.
_LOOK_SECONDS = 5


class _Lost(Exception):
    """The run was thrown away, or somebody else has it by now."""


def read_files(lease: Lease, *, ends: float | None = None) -> bool:
    """Read a run's files; True when it is over, or somebody else's by now.

    At ``ends`` (``time.monotonic``) it is let go after the file at hand, and the answer is False.
    """
    with translation.override(lease.language):
        try:
            while file := _next(lease):
                _read(lease, file)
                if ends is not None and time.monotonic() >= ends:
                    let_go(lease)
                    return False
        except _Lost:
            log.info("import %s was taken away from its reader", lease.run_id)
    return True


def _held(lease: Lease) -> ImportRun:
    run = held(lease)
    if run is None:
        raise _Lost
    return run


def _next(lease: Lease) -> ImportFile | None:
    """The next file that nobody has read; when there is none the run goes on."""
    with tenant_scope(lease.tenant_id):
        run = _held(lease)
        file = run.files.filter(percent__lt=100).first()
        if file is None:
            end_reading(run, actor=lease.actor)
    return file


def _read(lease: Lease, file: ImportFile) -> None:
    for _reader in range(_READERS):
        try:
            problem = _take_in(lease, file)
            if problem and file.is_encoding_chosen:
                # Whoever chose it sees that, and loses nothing.
                forget_encoding(file)
                problem = _take_in(lease, file)
                file.notes.append([0, Note.ENCODING])
            break
        except ReaderLost as error:
            log.warning("the reader of a file of import %s was lost: %s", lease.run_id, error)
            problem = reading.sentence(file.name, "lost")
    with tenant_scope(lease.tenant_id):
        run = _held(lease)
        end_file(file, problem)
        renew(run, got_through=True)


def _take_in(lease: Lease, file: ImportFile) -> str:
    """Have a file read and keep its rows; returns why it cannot be, "" when it was."""
    with tempfile.TemporaryFile() as stream:
        with tenant_scope(lease.tenant_id):
            renew(_held(lease), got_through=False)
            begin_file(file)
            _fetch(file, stream)
        read = reading.read_file(
            file.name,
            stream,
            batch=imports.BATCH,
            known=known_headings(),
            encoding=file.encoding if file.is_encoding_chosen else "",
            sheet=file.sheet,
        )
        with closing(read) as pieces:
            kept = time.monotonic()
            try:
                for piece in pieces:
                    if piece.headings is not None:
                        name_columns(file, piece)
                        if len(piece.sheets) > 1 and file.sheet == 0:
                            with tenant_scope(lease.tenant_id):
                                renew(_held(lease), got_through=False)
                                add_sheets(file, piece.sheets)
                    if piece.lines or time.monotonic() - kept >= _LOOK_SECONDS:
                        _keep(lease, file, piece)
                        kept = time.monotonic()
            except Unreadable as error:
                return error.message
    return ""


def _fetch(file: ImportFile, stream: IO[bytes]) -> None:
    for data in file.pieces.values_list("data", flat=True).iterator(chunk_size=1):
        stream.write(data)
    stream.flush()


def _keep(lease: Lease, file: ImportFile, piece: Piece) -> None:
    with tenant_scope(lease.tenant_id):
        renew(_held(lease), got_through=False)
        if piece.lines:
            store_lines(file, piece)
