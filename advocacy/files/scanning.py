"""Asking a virus scanner: clamd, where the setting ``FILES_CLAMD`` names one.

    tcp://clamd:3310        unix:///run/clamav/clamd.ctl

Its protocol for streams: ``zINSTREAM``, pieces with their length in front, a piece of length
nought; it answers one line (``man clamd``).
"""

import socket
import struct
from contextlib import suppress
from datetime import timedelta
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

#: Seconds for each step of talking; looking through a long file takes a while.
PATIENCE = 120
_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """It cannot be reached, or could not look: nothing is known of the file, ``again`` says how
    long to wait before it is asked once more.
    """

    def __init__(self, said: str, *, again: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(said)
        self.again = again


def is_configured() -> bool:
    """Whether files wait for a scanner before anybody gets them."""
    return bool(settings.FILES_CLAMD)


def is_clean(file: IO[bytes]) -> bool:
    """Whether the scanner finds nothing. Raises :class:`ScannerAway`."""
    file.seek(0)
    try:
        with _connected() as scanner:
            # One that has had enough says so and hangs up, while we go on sending.
            with suppress(BrokenPipeError, ConnectionResetError):
                scanner.sendall(b"zINSTREAM\0")
                while piece := file.read(_PIECE):
                    scanner.sendall(struct.pack("!L", len(piece)) + piece)
                scanner.sendall(struct.pack("!L", 0))
            answer = _answer(scanner)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer.endswith("FOUND"):
        return False
    if answer.endswith(": OK"):
        return True
    if "size limit" in answer:
        # StreamMaxLength is the operator's to raise, and takes them a while.
        raise ScannerAway(answer[:200], again=timedelta(hours=1))
    raise ScannerAway(answer[:200] or "no answer")


def _connected() -> socket.socket:
    where = urlsplit(settings.FILES_CLAMD)
    if where.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(PATIENCE)
        try:
            scanner.connect(where.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    return socket.create_connection((where.hostname or "", where.port or 3310), PATIENCE)


def _answer(scanner: socket.socket) -> str:
    found = b""
    while len(found) < _LONGEST_ANSWER and not found.endswith((b"\0", b"\n")):
        piece = scanner.recv(_LONGEST_ANSWER)
        if not piece:
            break
        found += piece
    return found.strip(b"\0\n ").decode(errors="replace")
