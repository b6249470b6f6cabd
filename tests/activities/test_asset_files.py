"""Files of content: said in video or audio, confirmed with the words (AST-1.b, AST-1.c)."""

from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.services import approve_step, plan_step
from activities.asset_files.services import (
    add_asset_part,
    begin_asset_file,
    remove_asset_file,
)
from activities.asset_files.verifying import faults
from activities.assets.confirming import confirm_asset, write_words
from activities.assets.models import Asset, AssetVersion
from activities.assets.services import (
    ask_advocate,
    begin_asset,
    publish_asset,
    retire_asset,
    send_asset,
)
from activities.distribution.numbers import DISTRIBUTION
from activities.gallery.proof import proof_of
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.files import serving
from advocacy.files.checking import sweep_files
from advocacy.files.models import FileDiscard, StoredFile
from advocacy.files.numbers import FILES
from advocacy.files.services import MEGABYTE, MOST_PART, add_part
from advocacy.files.storing import open_whole
from advocacy.messaging.links import link_path
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.records.export import export_of
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.models import Consent
from advocates.people.privacy import erase_advocate
from advocates.people.traces import traces_of
from reporting.queue import everything, rows_of
from tests.factories.assets import AssetFactory
from tests.factories.files import StoredFileFactory
from tests.support import media
from tests.support.cases import Cases
from tests.support.files import (
    announce,
    content_of,
    files_dir,  # noqa: F401 - a fixture
    lying_in,
    put_in,
    send,
)
from tests.support.program import Program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]

_TONE = media.wav()


def _video(program: Program, **values: Any) -> Asset:
    return begin_asset(
        actor=program.actor,
        kind="video",
        advocate=program.advocate,
        title="In their own voice",
        **values,
    )


def _own(asset: Asset) -> Actor:
    return Actor.advocate(asset.advocate_id)  # type: ignore[attr-defined]


def _link(program: Program, asset: Asset) -> str:
    ask_advocate(actor=program.actor, asset=asset)
    rows = PersonalLink.objects.filter(subject_id=asset.pk, purpose="asset", revoked_at=None)
    return link_path(rows.get())


def _verbs(asset: Asset) -> list[str]:
    rows = Event.objects.filter(subject_id=asset.pk, verb__contains="file").order_by("at", "pk")
    return list(rows.values_list("verb", flat=True))


def _published(program: Program, asset: Asset) -> Asset:
    send_asset(actor=program.actor, asset=asset.reload())
    confirm_asset(
        actor=_own(asset), asset=asset, number=asset.number, is_honest=True, may_publish=True
    )
    for step in AssetApproval.objects.filter(asset=asset, state="waiting"):
        approve_step(actor=Actor.system("test"), approval=step)
    return publish_asset(actor=program.actor, asset=asset.reload())


def test_the_advocate_says_it_on_the_link(program: Program, client_for: Any) -> None:
    """AST-1.c: asked for words, they record, see how far it is, replace it, and confirm; it is the
    piece, in a version of its own.
    """
    asset = _video(program, questions=["What changed for you?"])
    page, client = _link(program, asset), client_for(None)
    shown = client.get(page).content.decode()
    assert 'accept="video/*" capture="user"' in shown
    assert "up to 500 MB" in shown
    began = announce(client, f"{page}files/", _TONE, name="me.wav", type="audio/wav")
    assert (began.status_code, began.json()["received"]) == (201, 0)
    upload = began.json()["upload"]
    sent = send(client, upload, 0, _TONE)
    assert (sent.status_code, sent.json()["state"]) == (200, "checking")
    with pytest.raises(Conflict, match="still being checked"), transaction.atomic():
        send_and_confirm(program, asset)
    asset.reload()
    sweep_files(program.manager.tenant_id)
    assert client.get(upload).json()["state"] == "ready"
    file = StoredFile.objects.get()
    assert (asset.reload().file_sha256, asset.number, asset.collected_at is not None) == (
        file.sha256,
        2,
        True,
    )
    version = AssetVersion.objects.get(asset=asset, number=2)
    assert (version.file_sha256, version.by_advocate) == (file.sha256, True)
    listed = client.get(page).content.decode()
    assert f'<audio class="file-player" controls preload="metadata" src="{page}files/' in listed
    played = client.get(f"{page}files/{file.pk}/")
    assert (played.status_code, content_of(played)) == (200, _TONE)
    other = put_in(_own(asset), asset, media.mp4(), "again.mp4")
    assert asset.reload().file_sha256 == other.sha256
    assert list(StoredFile.objects.all()) == [other]
    assert client.get(f"{page}files/{file.pk}/").status_code == 404
    gone = client.post(f"{page}files/{other.pk}/remove/")
    assert (gone.status_code, gone["Location"]) == (302, f"{page}#files")
    assert (asset.reload().file_sha256, asset.number) == ("", 4)
    assert _verbs(asset) == ["asset.file_added", "asset.file_added", "asset.file_removed"]


def send_and_confirm(program: Program, asset: Asset) -> None:
    """With another file on its way."""
    with_link = write_words(
        actor=_own(asset), asset=asset, number=1, words={"url": "https://example.com/a"}
    )
    send_asset(actor=program.actor, asset=with_link)
    confirm_asset(actor=_own(asset), asset=asset, number=with_link.number, is_honest=True)


def test_a_plain_form_brings_a_small_one(program: Program, client_for: Any) -> None:
    """AST-1.c: without a script; what is refused is said on a page with the way back."""
    asset = _video(program)
    page, client = _link(program, asset), client_for(None)
    given = SimpleUploadedFile("C:\\me.wav", _TONE, "audio/wav")
    assert client.post(f"{page}files/", {"file": given})["Location"] == f"{page}#files"
    assert StoredFile.objects.get().name == "me.wav"
    for name, data, kind, words in (
        ("a.svg", media.SVG, "image/svg+xml", "Accepted: a video (MP4, MOV, WebM)"),
        ("a.mp4", media.SVG, "video/mp4", "Accepted: a video (MP4, MOV, WebM)"),
        ("a.mp4", b"", "video/mp4", "The file is empty."),
    ):
        given = SimpleUploadedFile(name, data, kind)
        refused = client.post(f"{page}files/", {"file": given})
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert "Choose a file first." in client.post(f"{page}files/").content.decode()
    assert StoredFile.objects.count() == 1


def test_it_goes_on_after_a_cut(program: Program, client_for: Any) -> None:
    """AST-1.c: parts in order; who was cut off asks how much is here, and a part that was lost,
    doubled, cut short or too long changes nothing.
    """
    asset = _video(program)
    page, client = _link(program, asset), client_for(None)
    data = media.mp4(filler=2 * MOST_PART)
    upload = announce(client, f"{page}files/", data).json()["upload"]
    first = send(client, upload, 0, data[:MOST_PART]).json()
    assert (first["received"], first["state"]) == (MOST_PART, "uploading")
    again = send(client, upload, 0, data[:MOST_PART])
    assert (again.status_code, again.json()["received"]) == (409, MOST_PART)
    ahead = send(client, upload, 2 * MOST_PART, data[2 * MOST_PART :])
    assert (ahead.status_code, ahead.json()["code"]) == (409, "wrong_offset")
    small = send(client, upload, MOST_PART, b"x" * 1000)
    assert (small.status_code, "at least 1 MB" in small.json()["problem"]) == (422, True)
    long = send(client, upload, MOST_PART, b"x" * (MOST_PART + 1))
    assert (long.status_code, "up to 4 MB" in long.json()["problem"]) == (422, True)
    for offset in ("", "-1", "x", "9" * 40):
        odd = client.generic("POST", upload, b"x", headers={"Upload-Offset": offset})
        assert odd.status_code == 422, offset
    shown = client.get(page).content.decode()
    assert "49 % is here: choose the same file again to go on" in shown
    assert client.get(upload).json()["received"] == MOST_PART
    send(client, upload, MOST_PART, data[MOST_PART : 2 * MOST_PART])
    last = send(client, upload, 2 * MOST_PART, data[2 * MOST_PART :])
    assert last.json()["state"] == "checking"
    more = send(client, upload, len(data), b"x")
    assert (more.status_code, more.json()["code"]) == (409, "not_uploading")
    sweep_files(program.manager.tenant_id)
    file = StoredFile.objects.get()
    assert (file.state, file.part_sizes, file.due_at) == ("ready", [], None)
    with open_whole(file) as kept:
        assert kept.read()[-MOST_PART:] == data[-MOST_PART:]


def test_hostile_files_are_refused(
    program: Program,
    each: Cases,
    files_dir: Path,  # noqa: F811
) -> None:
    """AST-1.c: by a sentence, before or after all of it is here, and nothing of them stays."""
    asset = begin_asset(
        actor=program.actor, kind="quote", advocate=program.advocate, title="Two hours less"
    )
    own, archive = _own(asset), media.zip_bomb()
    at_once = {
        "polyglot.gif": media.GIF_AND_SCRIPT,
        "drawing.png": media.SVG,
        "bomb.mp4": archive,
        "page.mp4": b"<html><script>alert(1)</script>",
        "comment.png": b"\x89PNG\r\n\x1a\n" + bytes(9) + b"<script>alert(1)</script>",
    }
    for name, data in at_once.items():
        with each(name):
            file = begin_asset_file(actor=own, asset=asset, name=name, size=len(data))
            with pytest.raises(DomainError, match="Accepted: a video"):
                add_part(file=file, offset=0, data=data)
    later = {
        "pixels.png": (media.pixel_bomb(), "too many pixels"),
        "film.mp4": (media.mp4() + archive, "more than one file"),
        "letter.pdf": (media.pdf(b"/OpenAction<</S/JavaScript>>"), "a script"),
        "short.mp4": (media.mp4()[:-9], "cut off or damaged"),
    }
    for name, (data, words) in later.items():
        with each(name):
            file = put_in(own, asset, data, name)
            assert (file.state, words in file.get_reason_display()) == ("refused", True)
            assert (lying_in(files_dir), FileDiscard.objects.exists()) == (0, False)
            assert _verbs(asset) == ["asset.file_refused"]
            assert asset.reload().collected_at is None


def test_what_is_announced_is_refused_at_once(program: Program, client_for: Any) -> None:
    """AST-1.c: 2 GB, another type, more than there is room for; each with what is accepted."""
    asset = _video(program)
    page, client = _link(program, asset), client_for(None)
    for said, words in (
        ({"size": 2 * 1024 * MEGABYTE}, "The file has 2 GB; at most 500 MB are taken."),
        ({"type": "application/zip", "size": 10}, "Accepted: a video"),
        ({"size": "-5"}, "Say how many bytes"),
        ({"size": "0"}, "The file is empty."),
        ({"size": ""}, "Say how many bytes"),
    ):
        answer = announce(client, f"{page}files/", b"", **said)
        assert (answer.status_code, words in answer.json()["problem"]) == (422, True), said
    assert not StoredFile.objects.exists()
    lied = announce(client, f"{page}files/", _TONE, size=len(_TONE) + 10).json()["upload"]
    short = send(client, lied, 0, _TONE)
    assert short.status_code == 422
    long = announce(client, f"{page}files/", _TONE, size=len(_TONE) - 10).json()["upload"]
    assert send(client, long, 0, _TONE).status_code == 422
    nothing = announce(client, f"{page}files/", media.SVG, type="video/mp4").json()["upload"]
    assert send(client, nothing, 0, media.SVG).json()["code"] == "file_type"
    assert client.get(nothing).status_code == 404


def test_a_photo_loses_its_place(program: Program) -> None:
    """AST-1.c: pictures are drawn anew, films lose the place they were taken at."""
    asset = begin_asset(
        actor=program.actor, kind="logo", advocate=program.advocate, title="Their mark"
    )
    file = put_in(program.actor, asset, media.photo(), "logo.jpeg")
    with open_whole(file) as kept:
        data = kept.read()
    assert (file.type, b"Exif" in data, b"Phone of Ana" in data) == ("image/jpeg", False, False)
    assert (file.size, asset.reload().file_sha256) == (len(data), file.sha256)
    film = put_in(program.actor, _other(program), media.mp4(), "film.mp4")
    with open_whole(film) as kept:
        assert b"+46.9480" not in kept.read()


def _other(program: Program) -> Asset:
    return begin_asset(
        actor=program.actor, kind="quote", advocate=program.advocate, title="Another"
    )


def test_what_is_confirmed_is_what_is_published(program: Program) -> None:
    """AST-1.b, AST-1.c: the file belongs to the fingerprint that is confirmed, approved, published
    and proven; another file sends the piece back to draft like another word, and a byte that
    changes in the storage is found.
    """
    asset = _video(program)
    words_alone = AssetVersion.objects.get(asset=asset).digest
    first = put_in(program.actor, asset, media.mp4(), "one.mp4")
    asset = _published(program, asset)
    proof = proof_of(asset)
    assert proof is not None
    assert (asset.state, proof.standing, proof.digest != words_alone) == (
        "published",
        "valid",
        True,
    )
    assert first.sha256 in OutgoingMail.objects.filter(kind="asset-sent").latest("pk").text
    assert list(faults()) == []
    with pytest.raises(Conflict, match="stays with that version"):
        remove_asset_file(actor=program.actor, file=first.reload())
    with pytest.raises(Conflict):
        begin_asset_file(actor=_own(asset), asset=asset, name="late.mp4", size=10)
    with open_whole(first) as kept:
        path = Path(kept.name)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert "its file is not the one that was approved" in "".join(faults())
    path.unlink()
    assert "the storage has lost the file" in "".join(faults())
    second = put_in(program.actor, asset, media.mp4(filler=3000), "two.mp4")
    asset.reload()
    assert (asset.state, asset.approved_number, asset.file_sha256) == (
        "draft",
        None,
        second.sha256,
    )
    changed = proof_of(asset)
    assert changed is not None
    assert changed.standing == "changed"
    assert StoredFile.objects.filter(pk=first.pk, is_kept=True).exists()
    with connection.cursor() as cursor, pytest.raises(Exception, match="with a new version only"):
        cursor.execute(
            "UPDATE activities_asset SET file_sha256 = 'x' WHERE tenant_id = %s AND id = %s",
            [asset.tenant_id, asset.pk],
        )


def test_one_that_comes_too_late(program: Program, files_dir: Path) -> None:  # noqa: F811
    """AST-1.b: what the advocate sent while the piece went on is not slipped under it."""
    asset = _video(program, url="https://example.com/film")
    file = begin_asset_file(actor=_own(asset), asset=asset, name="a.wav", size=len(_TONE))
    send_asset(actor=program.actor, asset=asset)
    confirm_asset(actor=_own(asset), asset=asset, number=1, is_honest=True)
    add_part(file=file, offset=0, data=_TONE)
    sweep_files(asset.tenant_id)
    assert (file.reload().state, file.reason) == ("refused", "unwanted")
    assert (asset.reload().file_sha256, asset.number, lying_in(files_dir)) == ("", 1, 0)


def test_colleagues_put_in_see_and_take_away(
    program: Program, membership: Any, client_for: Any, each: Cases
) -> None:
    """AST-1.c, VIS-1: on the page of the piece, and over REST; the file that a piece is belongs to
    who sees the piece, the rest to the workshop.
    """
    asset = _other(program)
    client, at = client_for(program.manager), f"/t/{program.manager.tenant.slug}/"
    page = f"{at}assets/{asset.pk}/"
    assert "data-upload" in client.get(page).content.decode()
    began = announce(client, f"{page}files/", media.pdf(), name="letter.pdf", type="")
    upload = began.json()["upload"]
    assert send(client, upload, 0, media.pdf()).json()["state"] == "checking"
    sweep_files(asset.tenant_id)
    letter = StoredFile.objects.get()
    shown = client.get(page).content.decode()
    assert ("letter.pdf" in shown, "Alice" in shown) == (True, True)
    api = api_for(program.manager)
    body = {"name": "tone.wav", "size": len(_TONE), "type": "audio/wav"}
    made = api.post(f"assets/{asset.pk}/files/", body)
    assert made.status_code == 201
    key = made.json()["id"]
    put = api.ask("put", f"files/{key}/content/", _TONE, **{"Upload-Offset": "0"})
    assert (put.status_code, put.json()["state"]) == (200, "checking")
    assert api.get(f"files/{key}/content/").status_code == 404
    sweep_files(asset.tenant_id)
    assert api.get(f"files/{key}/").json()["type"] == "audio/wav"
    assert content_of(api.get(f"files/{key}/content/")) == _TONE
    names = [row["name"] for row in api.get(f"assets/{asset.pk}/files/").json()["files"]]
    assert names == ["letter.pdf", "tone.wav"]
    svg = api.post(f"assets/{asset.pk}/files/", {"name": "a.mp4", "size": 70}).json()["id"]
    refused = api.ask("put", f"files/{svg}/content/", media.SVG, **{"Upload-Offset": "0"})
    assert refused.status_code == 422
    big = api.post(f"assets/{asset.pk}/files/", {**body, "size": 2 * 1024**3})
    assert (big.status_code, "size" in big.json()["errors"]) == (422, True)
    assert asset.reload().number == 1
    for role, status in (("csm", 200), ("executive", 200), ("sales", 404), ("approver", 404)):
        with each(role):
            other = membership(role)
            assert client_for(other).get(f"{at}files/{letter.pk}/").status_code == status
            assert api_for(other).get(f"files/{key}/").status_code == status
            post = client_for(other).post(f"{at}files/{letter.pk}/remove/")
            assert post.status_code in (403, 404)
    with pytest.raises(NotAllowed):
        remove_asset_file(actor=_own(asset), file=letter)
    assert api.post(f"files/{key}/remove/").status_code == 204
    client.post(f"{at}files/{letter.pk}/remove/")
    sweep_files(asset.tenant_id)
    assert not StoredFile.objects.filter(pk__in=[letter.pk, key]).exists()
    retire_asset(actor=program.actor, asset=asset, reason="Not theirs")
    with pytest.raises(Conflict):
        begin_asset_file(actor=program.actor, asset=asset.reload(), name="a.wav", size=9)


def test_whoever_approves_or_reads_sees_the_file(
    program: Program, membership: Any, client_for: Any
) -> None:
    """APR-1.c, DIST-1.c: the approver on the link, who reads the library, and everybody in the
    gallery; not a moment longer than the piece.
    """
    asset = _video(program)
    file = put_in(program.actor, asset, media.mp4())
    legal = membership("approver")
    plan_step(actor=program.actor, asset=asset, step="legal", assignee=legal)
    send_asset(actor=program.actor, asset=asset.reload())
    confirm_asset(
        actor=_own(asset), asset=asset, number=asset.number, is_honest=True, may_publish=True
    )
    step = AssetApproval.objects.get(asset=asset, step="legal")
    rows = PersonalLink.objects.filter(subject_id=step.pk, revoked_at=None)
    page, nobody = link_path(rows.get()), client_for(None)
    assert f'src="{page}file/"' in nobody.get(page).content.decode()
    assert nobody.get(f"{page}file/").status_code == 200
    at = f"/t/{program.manager.tenant.slug}/"
    assert client_for(legal).get(f"{at}files/{file.pk}/").status_code == 200
    sales = client_for(membership("sales"))
    assert sales.get(f"{at}files/{file.pk}/").status_code == 404
    for waiting in AssetApproval.objects.filter(asset=asset, state="waiting"):
        approve_step(actor=Actor.system("test"), approval=waiting)
    publish_asset(actor=program.actor, asset=asset.reload())
    assert sales.get(f"{at}files/{file.pk}/").status_code == 200
    retire_asset(actor=program.actor, asset=asset.reload(), reason="Over")
    assert sales.get(f"{at}files/{file.pk}/").status_code == 404


def test_an_answer_by_voice_is_material(program: Program, client_for: Any) -> None:
    """AST-1.c: at a text it changes nothing of the text; who sees to it hears it, and of it."""
    asset = _other(program)
    page = _link(program, asset)
    put_in(_own(asset), asset, _TONE, "my answer.wav")
    asset.reload()
    assert (asset.number, asset.file_sha256, asset.collected_at is not None) == (1, "", True)
    items = [item for item in everything(program.manager) if item.work.code == "asset"]
    titles = [row.title for row in rows_of(program.manager, items)]
    assert titles == ["The advocate wrote: go on with the quote"]
    heard = client_for(program.manager).get(f"/t/{program.manager.tenant.slug}/assets/{asset.pk}/")
    assert '<audio class="file-player"' in heard.content.decode()
    assert "my answer.wav" in client_for(None).get(page).content.decode()
    confirmed = write_words(actor=_own(asset), asset=asset, number=1, words={"body": "Two hours."})
    assert StoredFile.objects.filter(subject_id=confirmed.pk).count() == 1


def test_the_gallery_plays_it(program: Program, client_for: Any) -> None:
    """DIST-1.c, DIST-1.d: everybody sees a published film, and from the moment its leave ends
    nobody.
    """
    asset = _video(program)
    put_in(program.actor, asset, media.mp4())
    change_settings(actor=Actor.system("test"), family=DISTRIBUTION, values={"gallery_on": True})
    client, at = client_for(None), f"/g/{program.manager.tenant.slug}/{asset.pk}/"
    assert client.get(f"{at}file/").status_code == 404
    _published(program, asset)
    assert f'src="{at}file/"' in client.get(at).content.decode()
    film = client.get(f"{at}file/", headers={"Range": "bytes=0-9"})
    assert (film.status_code, "sandbox" in film["Content-Security-Policy"]) == (206, True)
    today = product_clock.today(program.manager.tenant.zone)
    Consent.objects.filter(advocate=asset.advocate).update(withdrawn_on=today)
    assert client.get(f"{at}file/").status_code == 404


def test_a_typed_name_tells_nobody_who_it_is(
    program: Program, membership: Any, client_for: Any
) -> None:
    """VIS-1.a, DIST-1.c: a file is called as the phone called it; outside, and to who may not open
    advocates, it has the piece's title.
    """
    asset = _video(program)
    file = put_in(program.actor, asset, media.mp4(), "Jane Doe of Acme.mp4")
    change_settings(actor=Actor.system("test"), family=DISTRIBUTION, values={"gallery_on": True})
    _published(program, asset)
    nobody, at = client_for(None), f"/g/{program.manager.tenant.slug}/{asset.pk}/"
    sales = api_for(membership("sales"))
    played = nobody.get(f"{at}file/")
    assert "In%20their%20own%20voice.mp4" in played["Content-Disposition"]
    content_of(played)
    told = sales.get(f"files/{file.pk}/").json()
    assert (told["name"], told["added_by"], told["sha256"] != "") == ("", None, True)
    taken = sales.get(f"files/{file.pk}/content/")
    content_of(taken)
    for shown in (
        nobody.get(at).content.decode(),
        str(sales.get(f"assets/{asset.pk}/files/").json()),
        taken["Content-Disposition"],
    ):
        assert "Jane" not in shown
    assert api_for(program.manager).get(f"files/{file.pk}/").json()["name"].startswith("Jane")


def test_the_public_holds_a_few_threads(
    program: Program, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2, DIST-1.c: whoever has an address gets the first megabytes of any range, and no more
    than a few at once; the others are told to come again.
    """
    asset = _video(program)
    put_in(program.actor, asset, media.mp4(filler=9 * MEGABYTE))
    change_settings(actor=Actor.system("test"), family=DISTRIBUTION, values={"gallery_on": True})
    _published(program, asset)
    monkeypatch.setattr(serving, "_PUBLIC", Semaphore(1))
    url = f"/g/{program.manager.tenant.slug}/{asset.pk}/file/"
    one = client_for(None).get(url, headers={"Range": f"bytes=0-{9 * MEGABYTE}"})
    assert one["Content-Length"] == str(8 * MEGABYTE)
    busy = client_for(None).get(url)
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert len(content_of(one)) == 8 * MEGABYTE
    for _again in range(2):
        another = client_for(None).get(url)
        assert (another.status_code, len(content_of(another)) > 9 * MEGABYTE) == (200, True)


def test_only_they_go_on_with_what_they_began(program: Program, client_for: Any) -> None:
    """AST-1.c: what an advocate confirms as theirs has no part of a colleague's in it."""
    asset = _video(program)
    _link(program, asset)
    theirs = begin_asset_file(actor=_own(asset), asset=asset, name="me.mp4", size=5 * MEGABYTE)
    with pytest.raises(NotAllowed, match="only they can go on"):
        add_asset_part(actor=program.actor, file=theirs, offset=0, data=media.mp4())
    page = client_for(program.manager).get(f"/t/{program.manager.tenant.slug}/assets/{asset.pk}/")
    assert f"files/{theirs.pk}/upload/" not in page.content.decode()


def test_material_that_is_checked_stands_in_nobodys_way(program: Program) -> None:
    """AST-1.c: a colleague's material beside a quote changes no word of it."""
    asset = begin_asset(
        actor=program.actor,
        kind="quote",
        advocate=program.advocate,
        title="Quicker",
        body="Two hours less.",
    )
    StoredFileFactory(subject_id=asset.pk, state="checking")
    send_asset(actor=program.actor, asset=asset.reload())
    done = confirm_asset(
        actor=_own(asset), asset=asset, number=asset.number, is_honest=True, may_publish=True
    )
    assert done.confirmed_number == asset.number


def test_nobody_else_gets_it(
    program: Program, charlie: Any, other_tenant: Any, client_for: Any
) -> None:
    """TEN-1, ID-3: another tenant, another link, nobody; neither the bytes nor how far they are,
    and nobody sends a part.
    """
    asset = _video(program)
    page = _link(program, asset)
    file = put_in(_own(asset), asset, _TONE, "me.wav")
    theirs = put_in(program.actor, _other(program), media.pdf(), "ours.pdf")
    other = _video(program)
    other_page = _link(program, other)
    nobody = client_for(None)
    with tenant_scope(other_tenant):
        foreign = AssetFactory()
    own = f"/t/{program.manager.tenant.slug}/"
    for path in ("", "upload/"):
        assert nobody.get(f"{page}files/{file.pk}/{path}").status_code == 200
        for client, address in (
            (nobody, f"{other_page}files/{file.pk}/{path}"),
            (nobody, f"{page}files/{theirs.pk}/{path}"),
            (nobody, f"/p/{'x' * 43}/asset/files/{file.pk}/{path}"),
            (client_for(charlie), f"{own}files/{file.pk}/{path}"),
            (client_for(charlie), f"/t/{other_tenant.slug}/files/{file.pk}/{path}"),
        ):
            assert client.get(address).status_code == 404, address
            assert send(client, address, 0, b"x").status_code in (404, 405), address
        assert nobody.get(f"{own}files/{file.pk}/{path}").status_code == 302
    assert api_for(charlie).get(f"files/{file.pk}/content/").status_code == 404
    assert api_for(charlie).get(f"assets/{asset.pk}/files/").status_code == 404
    assert foreign.pk
    PersonalLink.objects.filter(subject_id=asset.pk).update(expires_at=file.created_at)
    assert nobody.get(f"{page}files/{file.pk}/").status_code == 410


def test_erasing_somebody_takes_their_files(
    program: Program,
    files_dir: Path,  # noqa: F811
) -> None:
    """GDPR-1.a, GDPR-1.b: an export names them, an erasure takes rows and bytes, also of what is on
    its way.
    """
    asset = _video(program)
    file = put_in(_own(asset), asset, _TONE, "Frank Murphy.wav")
    half = begin_asset_file(actor=_own(asset), asset=asset, name="more.mp4", size=2 * MOST_PART)
    data = media.mp4(filler=2 * MOST_PART)
    add_part(file=half, offset=0, data=data[:MOST_PART])
    advocate = program.advocate
    told = export_of(advocate, traces_of(advocate), with_mentions=False)["records"]
    assert {row["sha256"] for row in told["files.storedfile"]} == {file.sha256, ""}
    assert lying_in(files_dir) == 2
    erase_advocate(
        actor=program.actor, advocate=advocate, name=advocate.name, reason="They asked for it"
    )
    assert not StoredFile.objects.exists()
    assert (asset.reload().file_sha256, AssetVersion.objects.filter(asset=asset).count()) == ("", 2)
    assert not AssetVersion.objects.filter(asset=asset).exclude(file_sha256="").exists()
    sweep_files(asset.tenant_id)
    assert (lying_in(files_dir), list(files_dir.rglob("*/*")), FileDiscard.objects.count()) == (
        0,
        [],
        0,
    )


def test_what_stopped_is_given_up(
    program: Program,
    clock: Clock,
    files_dir: Path,  # noqa: F811
) -> None:
    """AST-1.c: two days after its last part, with what arrived; a refusal is told for a week."""
    asset = _video(program)
    data = media.mp4(filler=2 * MOST_PART)
    file = begin_asset_file(actor=_own(asset), asset=asset, name="a.mp4", size=len(data))
    clock.advance(hours=40)
    add_part(file=file, offset=0, data=data[:MOST_PART])
    clock.advance(hours=40)
    sweep_files(asset.tenant_id)
    assert (file.reload().received, lying_in(files_dir)) == (MOST_PART, 1)
    clock.advance(hours=9)
    sweep_files(asset.tenant_id)
    assert (StoredFile.objects.count(), lying_in(files_dir)) == (0, 0)
    put_in(_own(asset), asset, media.mp4()[:-9])
    clock.advance(days=6)
    sweep_files(asset.tenant_id)
    assert StoredFile.objects.get().state == "refused"
    clock.advance(days=2)
    sweep_files(asset.tenant_id)
    assert not StoredFile.objects.exists()


def test_a_lost_part_ends_in_a_sentence(
    program: Program,
    clock: Clock,
    files_dir: Path,  # noqa: F811
) -> None:
    """BAD-2: what the storage lost is tried a few times, and refused then."""
    asset = _video(program)
    file = begin_asset_file(actor=_own(asset), asset=asset, name="a.wav", size=len(_TONE))
    add_part(file=file, offset=0, data=_TONE)
    for each in files_dir.rglob("0000*"):
        each.unlink()
    for _attempt in range(4):
        sweep_files(asset.tenant_id)
        assert file.reload().state == "checking"
        clock.advance(minutes=16)
    sweep_files(asset.tenant_id)
    assert (file.reload().state, file.reason) == ("refused", "unreadable")


def test_number_and_room_are_limited(program: Program, settings: Any) -> None:
    """AST-1.c: by the tenant's own numbers."""
    asset = _video(program)
    system = Actor.system("test")
    change_settings(actor=system, family=FILES, values={"most_files": 1})
    begin_asset_file(actor=_own(asset), asset=asset, name="a.wav", size=100)
    with pytest.raises(Conflict, match="There are 1 files already"):
        begin_asset_file(actor=_own(asset), asset=asset, name="b.wav", size=100)
    change_settings(
        actor=system, family=FILES, values={"total_gigabytes": 1, "largest_megabytes": 1000}
    )
    other = _other(program)
    begin_asset_file(actor=program.actor, asset=other, name="a.wav", size=900 * MEGABYTE)
    with pytest.raises(Conflict, match="may have 1 GB"):
        begin_asset_file(
            actor=program.actor, asset=_other(program), name="b.wav", size=900 * MEGABYTE
        )
