"""What a file is, by its content alone (AST-1.c)."""

import io

import pytest

from advocacy.files.choices import TAKEN, Use
from advocacy.files.containers import Unfit, require_whole, without_place
from advocacy.files.pictures import redrawn
from advocacy.files.services import clean_name, in_words
from advocacy.files.signatures import HEAD, has_markup, type_of
from tests.support import media

GOOD = {
    "video/mp4": media.mp4(),
    "video/quicktime": media.mp4(b"qt  "),
    "audio/mp4": media.mp4(b"M4A "),
    "video/webm": media.webm(),
    "audio/webm": media.webm(b"A_OPUS"),
    "audio/wav": media.wav(),
    "audio/ogg": media.ogg(),
    "audio/mpeg": media.mp3(),
    "application/pdf": media.pdf(),
    "image/png": media.picture(),
    "image/jpeg": media.picture("JPEG"),
    "image/webp": media.picture("WEBP"),
}
ZIP = media.zip_bomb()
#: What is not taken, and with which word: by its beginning, or as a whole.
BAD = {
    "a script that is a picture": (media.GIF_AND_SCRIPT, ""),
    "a drawing with a script": (media.SVG, ""),
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", ""),
    "a program": (b"MZ\x90\0" + bytes(200), ""),
    "an archive named film.mp4": (ZIP, ""),
    "a film with an archive behind it": (media.mp4() + ZIP, "broken"),
    "a tone with an archive behind it": (media.wav() + ZIP, "broken"),
    "frames with an archive behind them": (media.mp3() + ZIP, "broken"),
    "a recording with an archive behind it": (media.webm() + ZIP, "broken"),
    "a document that is an archive": (media.pdf() + ZIP, "broken"),
    "a document that runs something": (
        media.pdf(b"/OpenAction<</S/JavaScript/JS(app)>>"),
        "active",
    ),
    "an archive behind it, and something more": (media.mp3() + ZIP + bytes(40), "broken"),
    "a film that ends early": (media.mp4()[:-10], "broken"),
    "a film without a table": (media.box(b"ftyp", b"isom\0\0\2\0isom"), "broken"),
    "a recording that is not as long as it says": (media.webm(size=5000), "broken"),
    "pages that do not follow": (media.ogg() + b"junk", "broken"),
    "a moving picture in Ogg": (media.ogg().replace(b"OpusHead", b"\x80theora "), "type"),
    "a tag and then no frames": (b"ID3\4\0\0\0\0\0\x0a" + bytes(900), "broken"),
    "one frame": (media.mp3(tag=False)[:417], "broken"),
}


def test_what_is_taken_is_known() -> None:
    """AST-1.c: video, audio, pictures and documents, each by its content and whole."""
    assert set(GOOD) == TAKEN[Use.MATERIAL]
    for kind, data in GOOD.items():
        assert (type_of(data[:HEAD]), has_markup(data[:HEAD])) == (kind, False), kind
        require_whole(io.BytesIO(data), len(data), kind)
    plain = media.mp3(tag=False)
    assert type_of(plain) == "audio/mpeg"
    require_whole(io.BytesIO(plain), len(plain), "audio/mpeg")


def test_a_picture_in_a_document_may_look_like_anything() -> None:
    """AST-1.c: two letters stand in every long compressed picture by chance."""
    data = media.pdf(b"stream\n\x93/JS\x80\x11 \x02endstream")
    require_whole(io.BytesIO(data), len(data), "application/pdf")


def test_boxes_without_end_are_given_up() -> None:
    """AST-1.c, BAD-2: neither a long row of boxes nor a deep one takes the worker with it."""
    row = media.mp4() + media.box(b"free", b"") * 400_000
    deep = b""
    for _level in range(3000):
        deep = media.box(b"moov", deep)
    for data in (row, media.mp4() + media.box(b"moov", media.box(b"free", b"") * 400_000)):
        with pytest.raises(Unfit):
            without_place(io.BytesIO(data), len(data))
    without_place(io.BytesIO(deep), len(deep))
    with pytest.raises(Unfit):
        require_whole(io.BytesIO(row), len(row), "video/mp4")


@pytest.mark.parametrize("which", BAD)
def test_what_pretends_is_not(which: str) -> None:
    """AST-1.c: polyglots, archives, scripts and what is cut off are refused, by a code."""
    data, reason = BAD[which]
    kind = type_of(data[:HEAD])
    if not reason:
        assert kind == ""
        return
    with pytest.raises(Unfit) as unfit:
        require_whole(io.BytesIO(data), len(data), kind)
    assert unfit.value.reason == reason


def test_markup_at_the_beginning_is_seen() -> None:
    """AST-1.c: what a guessing browser could take for a page."""
    comment = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"tEXt<script>alert(1)</script>"
    assert has_markup(comment)
    assert not has_markup(b"\x89PNG\r\n\x1a\n" + bytes(60))
    recorded = b"RIFF\x24\x10\0\0WAVEbext" + bytes(600) + b"iXML<?xml version='1.0'?><BWFXML/>"
    assert not has_markup(recorded)


def test_place_and_device_are_emptied() -> None:
    """AST-1.c: where a film was taken goes, and nothing in it moves."""
    data = media.mp4()
    film = io.BytesIO(data)
    without_place(film, len(data))
    left = film.getvalue()
    assert len(left) == len(data)
    assert (b"+46.9480" in left, b"Ana's phone" in left) == (False, False)
    require_whole(io.BytesIO(left), len(left), "video/mp4")
    assert left[-2000:] == data[-2000:]


def test_pictures_are_drawn_anew() -> None:
    """AST-1.c: turned as the camera was held, without place, device and comments."""
    from PIL import Image

    def drawn(data: bytes, kind: str) -> bytes:
        import tempfile

        with tempfile.NamedTemporaryFile() as given, tempfile.NamedTemporaryFile() as into:
            given.write(data)
            given.flush()
            redrawn(given, kind, into)  # type: ignore[arg-type]
            into.seek(0)
            return into.read()

    left = drawn(media.photo(), "image/jpeg")
    assert not any(word in left for word in (b"Exif", b"Phone of Ana", b"taken at home"))
    with Image.open(io.BytesIO(left)) as picture:
        assert picture.size == (30, 40)
        assert not picture.getexif()
    for kind in ("image/png", "image/webp"):
        assert type_of(drawn(GOOD[kind], kind)) == kind
    deep = io.BytesIO()
    Image.new("I;16", (4, 4), 128 * 256).save(deep, "PNG")
    with Image.open(io.BytesIO(drawn(deep.getvalue(), "image/png"))) as grey:
        assert grey.convert("L").getpixel((0, 0)) in (127, 128)
    hung_on = drawn(media.picture() + ZIP, "image/png")
    assert b"PK" not in hung_on[-100:]
    for data, reason in (
        (media.pixel_bomb(), "pixels"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "broken"),
        (media.picture("JPEG"), "broken"),
    ):
        with pytest.raises(Unfit) as unfit:
            drawn(data, "image/png")
        assert unfit.value.reason == reason


def test_names_and_sizes_in_words() -> None:
    """AST-1.c: a name is one line without folders."""
    assert clean_name("C:\\fakepath\\../a\u202eb\n.mp4") == "ab .mp4"
    assert clean_name("///") == "file"
    assert [in_words(n) for n in (12, 2048, 1024**2, 2 * 1024**3, 1_600_000)] == [
        "12 bytes",
        "2 KB",
        "1 MB",
        "2 GB",
        "1.5 MB",
    ]
