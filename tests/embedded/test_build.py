"""What ``make`` prepares before anything starts (architecture, 7)."""

import gettext
import os
import socket
from pathlib import Path

import pytest

from advocacy.embedded import assets, translations
from advocacy.embedded.process import EmbeddedError, Stop
from advocacy.embedded.services import running
from advocacy.embedded.up import up

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    source = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(f'{HEADER}msgid "Good morning"\nmsgstr "Grüß Gott"\n', encoding="utf-8")
    return source


def _say(source: Path) -> str:
    with source.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext("Good morning")


def test_translations_are_compiled_without_gettext(catalogue: Path) -> None:
    """A catalogue speaks, and speaks anew after a change."""
    root = catalogue.parents[3]
    translations.compile_changed(root)
    assert _say(catalogue) == "Grüß Gott"
    catalogue.write_text(f'{HEADER}msgid "Good morning"\nmsgstr "Moin"\n', encoding="utf-8")
    later = catalogue.with_suffix(".mo").stat().st_mtime + 5
    os.utime(catalogue, (later, later))
    translations.compile_changed(root)
    assert _say(catalogue) == "Moin"


def test_a_broken_catalogue_is_named(catalogue: Path) -> None:
    """The message names the file, not a traceback."""
    catalogue.write_text('msgid "Good\nmsgstr', encoding="utf-8")
    with pytest.raises(EmbeddedError, match=r"locale/de/LC_MESSAGES/django\.po"):
        translations.compile_changed(catalogue.parents[3])


def test_assets_are_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """npm runs when the lock file changed, and not again before it changes."""
    calls = tmp_path / "calls"
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f'#!/bin/sh\nmkdir -p node_modules\necho "$@" >> {calls}\n')
    npm.chmod(0o755)
    monkeypatch.setattr(assets, "_npm", lambda: npm)
    root = tmp_path / "project"
    root.mkdir()
    assets.install(root)
    assert not calls.exists(), "nothing is locked, nothing is fetched"
    (root / "package-lock.json").write_text("{}")
    assets.install(root)
    assets.install(root)
    assert calls.read_text().count("ci ") == 1
    (root / "package-lock.json").write_text('{"changed": true}')
    assets.install(root)
    assert calls.read_text().count("ci ") == 2


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    """The message names the port and a way out; no data directory is even made."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EmbeddedError, match=rf"Port {port} is taken .* PORT=\d+ make run"):
            up(data=tmp_path / "data", port=port, stop=Stop())
    assert not (tmp_path / "data").exists()


def test_addresses_in_the_environment_replace_the_services(tmp_path: Path) -> None:
    """With all three given nothing is started; with half a database nothing is guessed."""
    given = {"DATABASE_URL": "postgresql://a@db/x", "DATABASE_OWNER_URL": "postgresql://o@db/x"}
    everything = {**given, "REDIS_URL": "redis://cache/0"}
    with running(tmp_path / "data", Stop(), scratch=True, environment=everything) as variables:
        assert variables == {}
    assert not (tmp_path / "data").exists()
    half = {"DATABASE_URL": "postgresql://a@db/x"}
    with (
        pytest.raises(EmbeddedError, match="DATABASE_OWNER_URL"),
        running(tmp_path / "data", Stop(), scratch=True, environment=half),
    ):
        pytest.fail("should not have started")
