"""Small files of every kind that is taken, and of some that pretend; made here, nobody else's."""

import io
import struct
import wave
import zipfile
import zlib
from typing import Any

from PIL import Image


def wav(seconds: float = 0.2, rate: int = 8000) -> bytes:
    """A tone."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(
            b"".join(struct.pack("<h", 8000 * (n // 9 % 2)) for n in range(int(seconds * rate)))
        )
    return written.getvalue()


def box(name: bytes, *content: bytes) -> bytes:
    """One box of an ISO container."""
    whole = b"".join(content)
    return struct.pack("!I", len(whole) + 8) + name + whole


def mp4(brand: bytes = b"isom", place: bytes = b"+46.9480+007.4474/", filler: int = 2000) -> bytes:
    """A film without pictures, in which its place is written as phones do."""
    return (
        box(b"ftyp", brand, b"\0\0\2\0", b"isomiso2mp41")
        + box(
            b"moov",
            box(b"mvhd", bytes(100)),
            box(b"trak", box(b"tkhd", bytes(84)), box(b"udta", b"Ana's phone")),
            box(b"udta", box(b"\xa9xyz", place)),
            box(b"meta", b"com.apple.quicktime.location.ISO6709", place),
        )
        + box(b"mdat", bytes(filler))
    )


def webm(codec: bytes = b"V_VP9", size: int | None = None) -> bytes:
    """A header and a segment as a browser's recorder leaves it, without its length."""
    content = b"\x16\x54\xae\x6b\x8a" + codec + bytes(40)
    length = b"\x01" + b"\xff" * 7 if size is None else b"\x01" + size.to_bytes(7, "big")
    head = b"\x42\x82\x84webm"
    return (
        b"\x1a\x45\xdf\xa3"
        + bytes([0x80 | len(head)])
        + head
        + b"\x18\x53\x80\x67"
        + length
        + content
    )


def ogg() -> bytes:
    """Two pages of Opus."""

    def page(content: bytes) -> bytes:
        return b"OggS\0" + bytes(21) + b"\1" + bytes([len(content)]) + content

    return page(b"OpusHead" + bytes(11)) + page(bytes(100))


def mp3(tag: bool = True) -> bytes:
    """Frames of silence, 128 kbit/s."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (b"ID3\4\0\0\0\0\0\x0a" + bytes(10) if tag else b"") + frame * 8


def pdf(more: bytes = b"") -> bytes:
    """A page of nothing."""
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog" + more + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A red one."""
    written = io.BytesIO()
    Image.new("RGB", size, "#cc2200").save(written, form, **options)
    return written.getvalue()


def photo() -> bytes:
    """A JPEG with place, device and a turned camera, as a phone writes it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Phone of Ana", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 56.0, 53.0), 3: "E", 4: (7.0, 26.0, 51.0)})
    return picture("JPEG", exif=exif, comment=b"taken at home")


def pixel_bomb() -> bytes:
    """A PNG of 400 million pixels in a few hundred bytes of rows that are all the same."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack("!I", len(content))
            + name
            + content
            + struct.pack("!I", zlib.crc32(name + content))
        )

    head = struct.pack("!IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(2501 * 200), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zip_bomb() -> bytes:
    """50 MB of nothing, packed."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("film.mp4", bytes(50_000_000))
    return written.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
#: A picture to one program, a script to another.
GIF_AND_SCRIPT = b"GIF89a/*" + bytes(20) + b"*/=1;alert(document.domain)//"
