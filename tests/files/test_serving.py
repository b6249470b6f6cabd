"""How a file is given: in ranges, and so that nothing in it runs (RFC 9110, AST-1.c)."""

import io
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from activities.asset_files.services import begin_asset_file
from activities.assets.models import Asset
from activities.assets.services import begin_asset
from advocacy import serving
from advocacy.files import scanning, storing
from advocacy.files.checking import sweep_files
from advocacy.files.models import StoredFile
from advocacy.files.services import MOST_PART, add_part
from advocacy.files.serving import CompressingButFiles, serve
from advocacy.files.uploads import read_part
from advocacy.settings import files as file_settings
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.assets import AssetFactory
from tests.support import media
from tests.support.files import content_of, files_dir, lying_in, put_in, storage_at  # noqa: F401
from tests.support.program import Program, make_program
from tests.support.threads import at_once
from tests.support.time import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]

_TONE = media.wav()


@pytest.fixture
def program(clock: Clock, alice: Membership, scope: Tenant) -> Program:
    """Alice's program, in an open scope."""
    return make_program(manager=alice)


def _asset(program: Program, kind: str = "video") -> Asset:
    return begin_asset(
        actor=program.actor, kind=kind, advocate=program.advocate, title="What changed"
    )


def test_ranges(program: Program, client_for: Any) -> None:
    """AST-1.c: first, middle and last bytes, 416 beyond the end, the whole for several ranges and
    for another version than the player has.
    """
    file = put_in(program.actor, _asset(program), _TONE, "tone.wav")
    client, size = client_for(program.manager), len(_TONE)
    url = f"/t/{program.manager.tenant.slug}/files/{file.pk}/"
    whole = client.get(url)
    assert (whole.status_code, whole["Accept-Ranges"]) == (200, "bytes")
    assert (content_of(whole), whole["Content-Length"]) == (_TONE, str(size))
    for asked, first, last in (
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=1000-1499", 1000, 1499),
        ("bytes=3000-", 3000, size - 1),
        (f"bytes=3000-{size + 900}", 3000, size - 1),
        ("bytes=-10", size - 10, size - 1),
        (f"bytes=-{size + 1}", 0, size - 1),
    ):
        part = client.get(url, headers={"Range": asked})
        assert (part.status_code, part["Content-Range"]) == (206, f"bytes {first}-{last}/{size}")
        assert content_of(part) == _TONE[first : last + 1]
        assert part["Content-Length"] == str(last - first + 1)
    for asked in (f"bytes={size}-", f"bytes={size + 5}-{size + 9}", "bytes=-0"):
        none = client.get(url, headers={"Range": asked})
        assert (none.status_code, none["Content-Range"]) == (416, f"bytes */{size}"), asked
    for asked in ("bytes=0-9,20-29", "bytes=9-2", "bytes=-", "lines=1-2", "bytes=a-b"):
        assert client.get(url, headers={"Range": asked}).status_code == 200, asked
    tag = whole["ETag"]
    for said, status in ((tag, 206), ('"another"', 200), ("Mon, 02 Mar 2026 10:00:00 GMT", 200)):
        answer = client.get(url, headers={"Range": "bytes=0-9", "If-Range": said})
        assert answer.status_code == status
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    head = client.head(url)
    assert (head.status_code, head["Content-Length"]) == (200, str(size))


def test_a_film_holds_no_thread_for_long(
    program: Program, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AST-1.c, BAD-2: a player gets the first megabytes of a range without an end, and who takes a
    whole film over a slow line has the time for it.
    """
    data = media.mp4(filler=9 * 1024 * 1024)
    file = put_in(program.actor, _asset(program), data)
    url = f"/t/{program.manager.tenant.slug}/files/{file.pk}/"
    player = {"Range": "bytes=0-", "Sec-Fetch-Dest": "video"}
    first = client_for(program.manager).get(url, headers=player)
    assert first["Content-Range"] == f"bytes 0-{8 * 1024 * 1024 - 1}/{len(data)}"
    assert len(content_of(first)) == 8 * 1024 * 1024
    rest = client_for(program.manager).get(url, headers={"Range": "bytes=100-"})
    assert rest["Content-Range"] == f"bytes 100-{len(data) - 1}/{len(data)}"
    monkeypatch.setattr(serving, "REQUEST_WALL", 0.05)
    serving.pre_request(None, None)
    try:
        watched = serving._under_way[threading.get_ident()]
        time.sleep(0.1)
        assert watched.excess
        serving.allow_for(1_000_000)
        assert not watched.excess
    finally:
        serving.post_request(None, None, {}, None)


def test_nothing_in_it_runs_in_our_name(program: Program, client_for: Any) -> None:
    """AST-1.c: the type is ours and not to be guessed, a document is taken along, a name breaks out
    of no header, and a file opened by itself may do nothing.
    """
    client, at = client_for(program.manager), f"/t/{program.manager.tenant.slug}/files/"
    name = 'a"; filename=evil.html\r\nX-Evil: 1 – Ünï.pdf'
    file = put_in(program.actor, _asset(program, "quote"), media.pdf(), name)
    answer = client.get(f"{at}{file.pk}/")
    assert answer["Content-Disposition"].startswith('attachment; filename="a__ filename_evil.html')
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )
    assert "X-Evil" not in answer.headers
    policy = answer["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "sandbox" in policy) == (True, True)
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-cache, no-transform"
    film = put_in(program.actor, _asset(program), media.mp4(), "film.html")
    shown = client.get(f"{at}{film.pk}/")
    assert shown["Content-Type"] == "video/mp4"
    assert shown["Content-Disposition"].startswith('inline; filename="film.mp4"')
    taken = client.get(f"{at}{film.pk}/?download")
    assert taken["Content-Disposition"].startswith("attachment;")


def test_bytes_are_not_compressed_on_the_way(program: Program) -> None:
    """AST-1.c: a range is one of the file itself, also where pages are compressed."""
    file = put_in(program.actor, _asset(program), _TONE, "tone.wav")
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-999"})
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    answer = CompressingButFiles(lambda _request: serve(_request, file))(request)  # type: ignore[arg-type]
    assert ("Content-Encoding" in answer, content_of(answer)) == (False, _TONE[:1000])
    page = CompressingButFiles(lambda _request: HttpResponse("words " * 200))(request)
    assert page["Content-Encoding"] == "gzip"


def test_a_part_that_is_cut_off_is_not_kept() -> None:
    """AST-1.c: fewer bytes came than the request said."""
    environ = {
        **RequestFactory()._base_environ(),
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": "900",
        "HTTP_UPLOAD_OFFSET": "0",
        "wsgi.input": io.BytesIO(b"x" * 500),
    }
    with pytest.raises(DomainError) as refused:
        read_part(WSGIRequest(environ))
    assert refused.value.code == "cut_off"


class Clamd:
    """A scanner that finds what holds ``EICAR``; ``answer`` is what it says instead."""

    def __init__(self, path: str) -> None:
        self.seen: list[int] = []
        self.answer = b""
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        self.socket.listen()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while True:
            try:
                caller, _address = self.socket.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                data = b""
                while length := struct.unpack("!L", said.read(4))[0]:
                    data += said.read(length)
                self.seen.append(len(data))
                found = b"stream: Eicar FOUND" if b"EICAR" in data else b"stream: OK"
                caller.sendall((self.answer or found) + b"\0")

    def stop(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def clamd(settings: Any, tmp_path: Path) -> Iterator[Clamd]:
    """One that is configured."""
    path = str(tmp_path / "clamd")
    settings.FILES_CLAMD = f"unix://{path}"
    made = Clamd(path)
    yield made
    made.stop()


def test_the_scanner_decides(program: Program, clamd: Clamd) -> None:
    """AST-1.c: what it finds something in is refused, what it lets pass is ready."""
    asset = _asset(program)
    good = put_in(program.actor, asset, media.mp4(), "good.mp4")
    assert (good.state, clamd.seen) == ("ready", [len(media.mp4())])
    bad = put_in(program.actor, asset, media.mp4(place=b"EICAR"), "bad.mp4")
    assert (bad.state, bad.reason) == ("refused", "infected")
    assert asset.reload().file_sha256 == good.sha256


def test_what_waits_for_the_scanner_is_nobodys_yet(
    program: Program, clock: Clock, tmp_path: Path, settings: Any, client_for: Any
) -> None:
    """AST-1.c, BAD-2: while it is away or cannot look, a file waits and is not served; the sweep
    asks again until it can.
    """
    settings.FILES_CLAMD = f"unix://{tmp_path / 'gone'}"
    file = put_in(program.actor, _asset(program), _TONE, "tone.wav")
    url = f"/t/{program.manager.tenant.slug}/files/{file.pk}/"
    client = client_for(program.manager)
    for _again in range(8):
        assert (file.reload().state, file.reason) == ("checking", "scanner")
        assert client.get(url).status_code == 404
        clock.advance(seconds=61)
        sweep_files(program.manager.tenant_id)
    waits = client.get(f"{url}upload/").json()["words"]
    assert waits == "It waits for the virus scanner."
    scanner = Clamd(str(tmp_path / "gone"))
    scanner.answer = b"INSTREAM size limit exceeded. ERROR"
    clock.advance(seconds=61)
    sweep_files(program.manager.tenant_id)
    assert (file.reload().state, len(scanner.seen)) == ("checking", 1)
    scanner.answer = b""
    # What is too large for it waits for whoever raises its limit: it is not sent each minute.
    for minutes, seen in ((2, 1), (60, 2)):
        clock.advance(minutes=minutes)
        sweep_files(program.manager.tenant_id)
        assert len(scanner.seen) == seen
    scanner.stop()
    assert (file.reload().state, file.reason) == ("ready", "")
    assert client.get(url).status_code == 200


def test_a_scanner_that_hangs_up_is_heard(tmp_path: Path, settings: Any) -> None:
    """AST-1.c: what it says before it closes is what the operator reads, not that a pipe broke."""
    settings.FILES_CLAMD = f"unix://{tmp_path / 'full'}"
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "full"))
    listening.listen()

    def hang_up() -> None:
        caller, _address = listening.accept()
        with caller:
            caller.recv(100_000)
            caller.sendall(b"INSTREAM size limit exceeded. ERROR\0")

    thread = threading.Thread(target=hang_up, daemon=True)
    thread.start()
    with pytest.raises(scanning.ScannerAway, match="size limit exceeded"):
        scanning.is_clean(io.BytesIO(bytes(40 * 1024 * 1024)))
    thread.join(5)
    listening.close()


def test_a_scanner_over_the_network(settings: Any) -> None:
    """AST-1.c: by host and port; one that hangs up is away."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.FILES_CLAMD = f"tcp://127.0.0.1:{server.getsockname()[1]}"

    def answer() -> None:
        for said in (b"stream: OK\0", b""):
            caller, _address = server.accept()
            with caller:
                # All of it, or closing would throw the answer away.
                heard = b""
                while not heard.endswith(bytes(4)):
                    heard += caller.recv(65536)
                caller.sendall(said)

    threading.Thread(target=answer, daemon=True).start()
    assert scanning.is_clean(io.BytesIO(b"words"))
    with pytest.raises(scanning.ScannerAway):
        scanning.is_clean(io.BytesIO(b"words"))
    server.close()


def test_the_storage_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """AST-1.c: a directory by default, a bucket where one is named."""
    assert file_settings.storage("/srv/files")["OPTIONS"]["location"] == "/srv/files"
    monkeypatch.setenv("FILES_S3_BUCKET", "ours")
    monkeypatch.setenv("FILES_S3_ENDPOINT", "https://s3.example.com")
    bucket = file_settings.storage("/srv/files")
    assert bucket["BACKEND"] == "storages.backends.s3.S3Storage"
    assert bucket["OPTIONS"]["bucket_name"] == "ours"
    assert settings.FILES_CLAMD == ""


def test_of_a_bucket_only_the_range_is_fetched(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AST-1.c: S3 is asked for the bytes that are wanted, and what it has lost is a 404."""
    file = put_in(program.actor, _asset(program), _TONE, "tone.wav")
    asked: list[str] = []

    class Lost(Exception):
        response: ClassVar = {"Error": {"Code": "NoSuchKey"}}

    class Bucket:
        bucket = property(lambda self: self)

        def _normalize_name(self, name: str) -> str:
            return f"prefix/{name}"

        def Object(self, name: str) -> Any:
            assert name == f"prefix/{file.tenant_id}/{file.pk}/whole"
            return self

        def get(self, Range: str) -> Any:
            asked.append(Range)
            if len(asked) > 1:
                raise Lost
            return {"Body": io.BytesIO(_TONE[100:200])}

    monkeypatch.setattr(storing, "storage", Bucket)
    request = RequestFactory().get("/", headers={"Range": "bytes=100-199"})
    assert content_of(serve(request, file)) == _TONE[100:200]
    assert asked == ["bytes=100-199"]
    assert serve(request, file).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_send_the_same_part_at_once(tenant: Tenant, files_dir: Path) -> None:  # noqa: F811
    """AST-1.c: one of them is kept, the other is told how much is here; so with the check."""
    with tenant_scope(tenant):
        asset = AssetFactory(kind="video", state="draft")
        own = Actor.advocate(asset.advocate_id)
        data = media.mp4(filler=MOST_PART + 5000)
        file = begin_asset_file(actor=own, asset=asset, name="a.mp4", size=len(data))

    def part(number: int, offset: int, content: bytes) -> str:
        with tenant_scope(tenant):
            try:
                add_part(file=StoredFile.objects.get(pk=file.pk), offset=offset, data=content)
            except Conflict as error:
                return error.code
            return "kept"

    first = at_once(3, lambda number: part(number, 0, data[:MOST_PART]))
    assert first == ["kept", "wrong_offset", "wrong_offset"]
    last = at_once(2, lambda number: part(number, MOST_PART, data[MOST_PART:]))
    assert sorted(last) == ["kept", "not_uploading"]
    at_once(2, lambda number: str(sweep_files(tenant.pk)))
    with tenant_scope(tenant):
        assert (StoredFile.objects.get().state, asset.reload().number) == ("ready", 2)


def test_a_plain_form_that_fails_leaves_no_bytes(
    program: Program,
    client_for: Any,
    files_dir: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GDPR-1, BAD-2: its row is undone with the request, and so is what lay in the storage."""
    keep, kept = storing.keep_part, list[int]()

    def full(file: Any, offset: int, data: bytes) -> None:
        if kept:
            raise OSError("no space left")
        keep(file, offset, data)
        kept.append(offset)

    monkeypatch.setattr(storing, "keep_part", full)
    asset = _asset(program)
    page = f"/t/{program.manager.tenant.slug}/assets/{asset.pk}/"
    client = client_for(program.manager)
    client.raise_request_exception = False
    film = media.mp4(filler=5 * 1024 * 1024)
    given = SimpleUploadedFile("film.mp4", film, content_type="video/mp4")
    assert client.post(f"{page}files/", {"file": given}).status_code == 500
    assert kept == [0]
    assert lying_in(files_dir) == 0
    assert not StoredFile.objects.exists()
