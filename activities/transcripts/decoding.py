"""What somebody uploaded, as text: told by its content, never by its name (TRN-1.a, BAD-1)."""

import codecs
import unicodedata

from django.utils.translation import gettext as _

from advocacy.tenancy.text import plain

#: How other kinds of files begin.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "ZIP, Word"),
    (b"PK\x05\x06", "ZIP"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Word, Excel"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"ID3", "MP3"),
    (b"RIFF", "WAV"),
    (b"OggS", "OGG"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What ends a line in somebody's editor.
_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}
_SHOWN_BYTES = 4000


class Unreadable(Exception):
    """What cannot be read: in which line (from 1; 0 for the whole), and what was expected."""

    def __init__(self, text: str, line: int = 0) -> None:
        words = _("Line %(line)d: %(text)s") % {"line": line, "text": text} if line else text
        super().__init__(words)
        self.line = line


def decoded(data: bytes) -> str:
    """The text of a file, its lines ended by ``\\n``. Raises :class:`Unreadable`."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            text = _("This is no text but another kind of file (%(kind)s). Save the transcript as")
            raise Unreadable(f"{text % {'kind': name}} VTT, SRT, TXT.")
    return tidied(_text_of(data))


def tidied(text: str) -> str:
    """Text as it is read: one kind of line end, and no character that nobody sees.

    Raises :class:`Unreadable` for control characters, with the line.
    """
    for found, instead in _BREAKS.items():
        text = text.replace(found, instead)
    text = text.removeprefix("\ufeff")
    if not text.replace("\n", "").replace("\t", "").isprintable():
        for number, line in enumerate(text.split("\n"), start=1):
            bad = next((s for s in line if unicodedata.category(s) == "Cc" and s != "\t"), "")
            if bad:
                raise Unreadable(
                    _("a control character stands here (U+%(code)04X); text was expected.")
                    % {"code": ord(bad)},
                    number,
                )
    return plain(text)


def _text_of(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if wide := _wide(data):
        return _decode(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # What Windows calls ANSI.
        return _decode(data, "cp1252")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("these are no letters; text in UTF-8 was expected."),
            data.count(b"\n", 0, error.start) + 1,
        ) from None


def _wide(data: bytes) -> str:
    """UTF-16 that does not say so: every other byte of Latin letters is empty."""
    start = data[:_SHOWN_BYTES]
    half = len(start) // 2
    if half < 2:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.1 else ""
