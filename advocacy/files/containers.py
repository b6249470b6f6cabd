"""Whether a file is what its beginning says, as a whole: one container, from its first byte to its
last. What is hung on to one (an archive, a page, a program) makes it two files, and is refused.

Nothing is unpacked or decoded here, and of a long file only the headers are read.
"""

import re
from collections.abc import Iterator
from typing import IO

from advocacy.files.choices import Reason

#: More pieces than this has no recording of a few hours.
_MOST_PIECES = 2_000_000
#: More boxes than this has no film, all that lie inside each other together.
_MOST_BOXES = 300_000
#: With what the directory of a ZIP archive ends (on the first of its disks), and how far that may
#: lie from the end of the file.
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06\0\0\0\0", 66_000
# Nothing as short as /JS: compressed pictures hold that by chance. Its action says JavaScript, too.
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
_BOXES = re.compile(rb"[A-Za-z0-9 \xa9-]{4}")
_BITRATES = {
    # MPEG version 1 and 2, layer III, in thousand bits a second.
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


class Unfit(Exception):
    """A file that is refused, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def require_whole(file: IO[bytes], size: int, kind: str) -> None:
    """Raise :class:`Unfit` unless the file is one whole container of its type. Pictures are not
    looked at: they are drawn anew.
    """
    if kind.startswith("image/"):
        return
    walk = {
        "video/mp4": _iso,
        "video/quicktime": _iso,
        "audio/mp4": _iso,
        "video/webm": _webm,
        "audio/webm": _webm,
        "audio/ogg": _ogg,
        "audio/wav": _wav,
        "audio/mpeg": _mp3,
        "application/pdf": _pdf,
    }[kind]
    walk(file, size)
    _require_no_archive(file, size)


def _read(file: IO[bytes], at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)


def boxes(
    file: IO[bytes], start: int, end: int, left: Iterator[int] | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of an ISO container between two places: name, where its content begins, where it
    ends. Raises :class:`Unfit` where they do not follow each other exactly, or are more than are
    ``left``.
    """
    at = start
    for _count in left or iter(range(_MOST_BOXES)):
        if at == end:
            return
        head = _read(file, at, 16)
        if len(head) < 8 or not _BOXES.fullmatch(head[4:8]):
            raise Unfit(Reason.BROKEN)
        length, begins = int.from_bytes(head[:4], "big"), at + 8
        if length == 1:
            length, begins = int.from_bytes(head[8:16], "big"), at + 16
        elif length == 0:
            length = end - at
        if begins - at > length or at + length > end:
            raise Unfit(Reason.BROKEN)
        yield head[4:8], begins, at + length
        at += length
    raise Unfit(Reason.BROKEN)


def _iso(file: IO[bytes], size: int) -> None:
    names = {name for name, _begins, _ends in boxes(file, 0, size)}
    if not {b"ftyp", b"moov"} <= names:
        raise Unfit(Reason.BROKEN)


def _wav(file: IO[bytes], size: int) -> None:
    declared = int.from_bytes(_read(file, 4, 4), "little") + 8
    if declared not in (size, size - 1) or b"fmt " not in _read(file, 12, 4096):
        raise Unfit(Reason.BROKEN)


def _ogg(file: IO[bytes], size: int) -> None:
    at = 0
    if not re.search(rb"OpusHead|\x01vorbis|\x7fFLAC|Speex ", _read(file, 0, 256)):
        raise Unfit(Reason.TYPE)
    for _count in range(_MOST_PIECES):
        if at == size:
            return
        head = _read(file, at, 27 + 255)
        if len(head) < 27 or head[:4] != b"OggS":
            raise Unfit(Reason.BROKEN)
        lengths = head[27 : 27 + head[26]]
        at += 27 + head[26] + sum(lengths)
        if len(lengths) < head[26] or at > size:
            raise Unfit(Reason.BROKEN)
    raise Unfit(Reason.BROKEN)


def _mp3(file: IO[bytes], size: int) -> None:
    """A tag at its front, if any, then frames that follow each other; the first few are enough,
    since a player takes up at any frame.
    """
    at, head = 0, _read(file, 0, 10)
    if head[:3] == b"ID3":
        if len(head) < 10 or any(byte & 0x80 for byte in head[6:10]):
            raise Unfit(Reason.BROKEN)
        at = 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    for _frame in range(4):
        at += _frame_length(_read(file, at, 4))
        if at > size:
            raise Unfit(Reason.BROKEN)


def _frame_length(head: bytes) -> int:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        raise Unfit(Reason.BROKEN)
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or bitrate in (0, 15) or rate == 3:
        raise Unfit(Reason.BROKEN)
    bits = _BITRATES[3 if version == 3 else 2][bitrate] * 1000
    return (144 if version == 3 else 72) * bits // _RATES[version][rate] + (head[2] >> 1 & 1)


def _webm(file: IO[bytes], size: int) -> None:
    """A header and one segment, which ends with the file where it says where it ends; a browser's
    own recordings do not.
    """
    at = 0
    for wanted in (b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"):
        head = _read(file, at, 12)
        if head[:4] != wanted:
            raise Unfit(Reason.BROKEN)
        width = 9 - head[4].bit_length() if len(head) > 4 and head[4] else 0
        if not 1 <= width <= 8 or len(head) < 4 + width:
            raise Unfit(Reason.BROKEN)
        number = int.from_bytes(head[4 : 4 + width], "big") & ((1 << 7 * width) - 1)
        if wanted != b"\x1a\x45\xdf\xa3":
            is_open = number == (1 << 7 * width) - 1
            if not is_open and at + 4 + width + number != size:
                raise Unfit(Reason.BROKEN)
            return
        at += 4 + width + number


def _pdf(file: IO[bytes], size: int) -> None:
    if b"%%EOF" not in _read(file, max(0, size - 1024), 1024):
        raise Unfit(Reason.BROKEN)
    file.seek(0)
    before = b""
    while chunk := file.read(1024 * 1024):
        if _ACTIVE_PDF.search(before + chunk):
            raise Unfit(Reason.ACTIVE)
        before = chunk[-32:]


def _require_no_archive(file: IO[bytes], size: int) -> None:
    """No archive hangs on: what unpacks one reads from the end, whatever stands at the front."""
    if _ZIP_END in _read(file, max(0, size - _ZIP_TAIL), _ZIP_TAIL):
        raise Unfit(Reason.BROKEN)


def without_place(file: IO[bytes], size: int) -> None:
    """Empty what a phone writes beside the pictures and the sound of a film: where it was taken, by
    which device. In place, so that nothing moves; players skip what is called free.
    """
    _empty(file, 0, size, (b"moov", b"trak"), iter(range(_MOST_BOXES)))


def _empty(
    file: IO[bytes], start: int, end: int, inside: tuple[bytes, ...], left: Iterator[int]
) -> None:
    """``inside`` names the box to look into here, and the one inside that."""
    for name, begins, ends in boxes(file, start, end, left):
        if inside and name == inside[0]:
            _empty(file, begins, ends, inside[1:], left)
        elif name in (b"udta", b"meta", b"uuid"):
            file.seek(start + 4)
            file.write(b"free")
            file.seek(begins)
            for rest in range(ends - begins, 0, -65536):
                file.write(bytes(min(rest, 65536)))
