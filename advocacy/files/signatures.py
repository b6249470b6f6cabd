"""What a file is, by how it begins; the name and the word of whoever sends it count for nothing.

Only what is taken somewhere has a signature here. A likelihood, as libraries give it that know a
thousand types, is not enough to serve something under a type: it is either this or refused.
"""

import re

#: So many bytes are enough to tell.
HEAD = 4096

_MOV, _M4A = (b"qt  ",), (b"M4A ", b"M4B ", b"F4A ")
_MP4 = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"MSNV",
    b"M4V ",
    b"3gp4",
    b"3gp5",
    b"3gp6",
    b"dash",
)
_EBML = b"\x1a\x45\xdf\xa3"
#: Browsers look for these in what they were given as something else.
#: Bytes at the front in which a page would begin.
_GUESSED = 64
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|img|a\s|style)", re.IGNORECASE
)


def type_of(head: bytes) -> str:
    """The type of what begins like this; "" for everything that is taken nowhere."""
    for starts, found in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"%PDF-", "application/pdf"),
        (b"OggS\x00", "audio/ogg"),
        (b"ID3", "audio/mpeg"),
    ):
        if head.startswith(starts):
            return found
    if head[:4] == b"RIFF":
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _of_brand(head)
    if head.startswith(_EBML) and b"webm" in head[:64]:
        return "video/webm" if b"V_VP" in head or b"V_AV1" in head else "audio/webm"
    # A frame of MPEG layer III, versions 1 and 2.
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0:
        return "audio/mpeg"
    return ""


def _of_brand(head: bytes) -> str:
    brand = head[8:12]
    if brand in _MOV:
        return "video/quicktime"
    if brand in _M4A:
        return "audio/mp4"
    length = min(int.from_bytes(head[:4], "big"), len(head))
    others = {head[at : at + 4] for at in range(16, length, 4)}
    return "video/mp4" if brand in _MP4 or others & set(_MP4) else ""


def has_markup(head: bytes) -> bool:
    """Whether a browser that guesses could take it for a page. It guesses by the first words; what
    a recorder writes about itself further on (XML in a WAV file) is none of them.
    """
    return bool(_MARKUP.search(head[:_GUESSED]))
