"""Encodings of text files: told, guessed, and chosen on the page (IMP-1, BAD-3)."""

from pathlib import Path

import pytest
from django.core.management import call_command

from advocacy.events.models import Event
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from imports.encodings import ENCODINGS, decode
from imports.forms import ENCODING_NAMES
from imports.models import ImportFile, ImportPiece
from tests.imports.test_import_pages import HERE, Desk

pytestmark = pytest.mark.usefixtures("read_here")

TEXTS = [
    ("cp1252", "Müller & Söhne; Café Señor; Škoda"),
    ("cp1252", "O’Brien “Quote” – Straße; cœur; Ødegård"),
    ("cp1250", "Łódź; Żółw; spółka; Gdańsk"),
    ("cp1250", "Příliš žluťoučký kůň; Plzeň; Škoda"),
    ("cp1251", "Газпром нефть; Москва; Acme"),
    ("mac_roman", "Müller & Söhne; Café Señor"),
    ("mac_roman", "Crème brûlée; Groß; Zoë"),
    ("cp932", "株式会社トヨタ; ソニー"),
    ("utf-16-le", "Müller; 株式会社トヨタ; Газпром"),
    ("utf-16-be", "Müller; 株式会社トヨタ; Газпром"),
    ("utf-8", "Müller; 株式会社トヨタ; Газпром"),
]


def csv_of(names: str) -> str:
    rows = "".join(f"A-{n},{name}\r\n" for n, name in enumerate(names.split("; ")))
    return f"Id,Name\r\n{rows}"


@pytest.mark.parametrize(("encoding", "names"), TEXTS)
def test_the_likeliest_encoding(encoding: str, names: str) -> None:
    """IMP-1.a, BAD-3: without a mark the letters tell."""
    text = csv_of(names)
    found = decode(text.encode(encoding))
    assert (found.encoding, found.text, found.is_guess) == (encoding, text, True)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_chosen_encoding_is_obeyed(encoding: str) -> None:
    """IMP-1.a: whatever would have been guessed; what cannot be read is marked."""
    assert decode(b"Id,Name\r\n", encoding).encoding == encoding
    assert encoding in ENCODING_NAMES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_tells(encoding: str) -> None:
    """IMP-1.a: nobody needs to choose."""
    text = csv_of("Müller; Газпром")
    found = decode(text.encode(encoding), "cp1252")
    assert (found.text, found.is_guess) == (text, False)


def test_another_encoding_is_chosen_on_the_page(desk: Desk) -> None:
    """IMP-1.a, BAD-3: what was guessed is told, and the file is read again as somebody says."""
    # Hungarian letters are others in Windows-1252.
    page = desk.upload(("firms.csv", csv_of("Győri Fűszer").encode("cp1250")))
    assert '<option value="cp1252" selected>' in page
    assert "Gyõri" in page
    with tenant_scope(desk.tenant):
        file = ImportFile.objects.get()
    address = f"{HERE}files/{file.pk}/encoding/"
    assert desk.client.post(address, {"encoding": "klingon"}).status_code == 422
    assert desk.client.post(address, {"encoding": "cp1250"}).status_code == 302
    assert "Reading the files" in desk.read()
    desk.work()
    page = desk.read()
    assert '<option value="cp1250" selected>' in page
    assert "Győri Fűszer" in page
    desk.check()
    assert desk.client.post(address, {"encoding": "cp1251"}).status_code == 409
    desk.work()
    desk.press("start")
    desk.work()
    with tenant_scope(desk.tenant):
        assert Account.objects.get().name == "Győri Fűszer"
        assert not ImportPiece.objects.exists()
        assert Event.objects.get(verb="import.reread").payload == {"encoding": "cp1250"}


def test_an_encoding_from_the_command_line(tenant: Tenant, tmp_path: Path) -> None:
    """IMP-1.a: where nobody looks at a page."""
    path = tmp_path / "firms.csv"
    path.write_bytes(csv_of("Győri Fűszer").encode("cp1250"))
    call_command("import_crm", str(path), tenant="acme", encoding="cp1250")
    with tenant_scope(tenant):
        assert Account.objects.get().name == "Győri Fűszer"


def test_a_wrong_choice_loses_nothing(desk: Desk) -> None:
    """BAD-1.a: a file that cannot be read as somebody chose is read as before, and it is said."""
    desk.upload(("firms.csv", csv_of("Müller; Söhne").encode("cp1252")))
    with tenant_scope(desk.tenant):
        file = ImportFile.objects.get()
    desk.client.post(f"{HERE}files/{file.pk}/encoding/", {"encoding": "utf-16-le"})
    desk.work()
    page = desk.read()
    assert "cannot be read in the encoding that you chose" in page
    assert '<option value="cp1252" selected>' in page
    assert "Müller" in page


@pytest.mark.parametrize("body", [csv_of("Acme").encode(), csv_of("Müller").encode("utf-8-sig")])
def test_what_can_be_read_in_one_way_only_is_not_asked(desk: Desk, body: bytes) -> None:
    """IMP-1.a: plain ASCII, and a file with a mark; their bytes go at once."""
    page = desk.upload(("firms.csv", body))
    assert "Read again" not in page
    with tenant_scope(desk.tenant):
        file = ImportFile.objects.get()
        assert not ImportPiece.objects.exists()
    answer = desk.client.post(f"{HERE}files/{file.pk}/encoding/", {"encoding": "cp1252"})
    assert answer.status_code == 422
    assert desk.run.state == "uploaded"


def test_the_page_says_where_the_headings_are(desk: Desk) -> None:
    """IMP-1.b: rows above them are left out in plain sight."""
    page = desk.upload(("firms.csv", "Our firms\n\nId,Name\nA-1,Acme\n"))
    assert "The headings stand in row 3" in page
