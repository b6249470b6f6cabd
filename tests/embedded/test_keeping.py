"""A process that ends by itself is started again, with patience and not for ever."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from advocacy.embedded import keeping
from advocacy.embedded.keeping import Kept
from advocacy.embedded.process import Child, EmbeddedError, spawn, stop_all

LIVES = "import time; time.sleep(600)"


@pytest.fixture
def keep() -> Iterator[Callable[[str], Kept]]:
    """``keep(program)``: a Python program under care."""
    made: list[Child] = []

    def start(program: str) -> Child:
        made.append(spawn("program", [sys.executable, "-S", "-c", program]))
        return made[-1]

    yield lambda program: Kept(start(program), lambda: start(program), "its log says")
    stop_all(made, grace=1)


def _until(kept: Kept, condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        kept.tend()
        time.sleep(0.01)


def test_a_killed_process_is_back_at_once(
    keep: Callable[[str], Kept], capsys: pytest.CaptureFixture[str]
) -> None:
    """BAD-2: and what runs is left alone."""
    kept = keep(LIVES)
    first = kept.child
    kept.tend()
    assert kept.child is first
    first.send(signal.SIGKILL)
    first.popen.wait()
    _until(kept, lambda: kept.child is not first)
    assert kept.child.alive
    assert "program ended by itself (status -9)" in capsys.readouterr().out


def test_what_a_killed_process_leaves_is_ended_first(keep: Callable[[str], Kept]) -> None:
    """BAD-2: a web server's workers would hold its port."""
    kept = keep(f"import os, time; os.fork(); {LIVES}")
    group = kept.child.popen.pid
    time.sleep(0.3)
    kept.child.send(signal.SIGKILL)
    kept.child.popen.wait()
    _until(kept, lambda: kept.child.popen.pid != group)
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("a child of the killed process is still there")


def test_a_process_that_never_stays_up_is_given_up(
    keep: Callable[[str], Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2: five ends within a minute, with longer and longer pauses, then a sentence."""
    monkeypatch.setattr(keeping, "PAUSES", (0.0, 0.05, 0.1, 0.2))
    kept = keep("raise SystemExit(3)")
    began = time.monotonic()
    with pytest.raises(EmbeddedError, match=r"program ended 5 times .* status 3; its log says why"):
        _until(kept, lambda: False, seconds=30)
    assert len(kept.ends) == 5
    assert time.monotonic() - began >= 0.35


def test_ends_that_are_long_ago_do_not_count(
    keep: Callable[[str], Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2: a process that is killed once a day is started again for ever."""
    monkeypatch.setattr(keeping, "WITHIN_SECONDS", 0.05)
    kept = keep("")
    for _end in range(7):
        before = kept.child
        _until(kept, lambda: kept.child is not before)  # noqa: B023
        time.sleep(0.06)
