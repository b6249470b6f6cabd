"""Workbooks as no program writes them, made in the test that needs them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEADINGS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Id</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>'
)
ROW = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>A-1</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>Quantum</t></is></c></row>'
)


def sheet(rows: str = HEADINGS + ROW, *, prolog: str = "") -> str:
    """A sheet of rows as they are given."""
    return f'{prolog}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def strings(items: str) -> str:
    """A table of shared strings."""
    return f'<sst xmlns="{_MAIN}">{items}</sst>'


def workbook(
    first: str | bytes | None = None,
    *,
    kind: str = "worksheet",
    shared: str | bytes | Iterable[bytes] | None = None,
    more: dict[str, str | bytes] | None = None,
    leave_out: str = "",
) -> bytes:
    """The smallest archive that is a workbook, with a first sheet and whatever else is asked."""
    parts: dict[str, str | bytes | Iterable[bytes]] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
        "</Types>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/{kind}" Target="sheets/one.xml"/></Relationships>',
        "xl/sharedStrings.xml": strings("") if shared is None else shared,
        "xl/sheets/one.xml": sheet() if first is None else first,
        **(more or {}),
    }
    parts.pop(leave_out, None)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            pieces = [body] if isinstance(body, str | bytes) else body
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return out.getvalue()


def many(piece: bytes, megabytes: int) -> Iterable[bytes]:
    """Shared strings that unpack to so many megabytes, never all in memory."""
    yield strings("").encode().removesuffix(b"</sst>")
    block = piece * (1024 * 1024 // len(piece))
    for _megabyte in range(megabytes):
        yield block
    yield b"</sst>"


def lie(data: bytes, name: str, size: int) -> bytes:
    """The archive, of which one part says that it is smaller than it is."""
    at = data.rindex(name.encode())
    # In the central directory the size stands 22 bytes before the name.
    return data[: at - 22] + struct.pack("<I", size) + data[at - 18 :]


def ole(*, password: bool) -> bytes:
    """What Office wraps an old or an encrypted file in."""
    inside = "EncryptedPackage" if password else "Workbook"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + inside.encode("utf-16-le")


def gzipped(data: bytes) -> bytes:
    """Something compressed that is no archive."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(data) + packer.flush()
