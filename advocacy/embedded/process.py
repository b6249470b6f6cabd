"""Child processes that never outlive their parent, and the wish to stop."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
INSIST_SECONDS = 1.0
# Loaded before any fork: the child must not import or allocate much between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class EmbeddedError(Exception):
    """Something the person at the terminal can act on; printed without a traceback."""


class Interrupted(Exception):
    """Someone asked to stop while services were still starting."""

    def __init__(self, signum: int) -> None:
        super().__init__(f"signal {signum}")
        self.signum = signum


@dataclass
class Stop:
    """Remembers the signal that asked the program to stop.

    Handlers only take a note, so that nothing is interrupted between starting a process and
    remembering it. SIGINT is handled explicitly because ``make`` and background shells may hand
    it down ignored.
    """

    signum: int | None = None
    signals: tuple[int, ...] = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def install(self) -> None:
        """Take over the signals that mean stop."""
        for signum in self.signals:
            signal.signal(signum, self._note)

    def _note(self, signum: int, _frame: object) -> None:
        self.signum = signum

    def check(self) -> None:
        """Raise ``Interrupted`` when someone asked to stop."""
        if self.signum is not None:
            raise Interrupted(self.signum)


@dataclass(frozen=True)
class Identity:
    """The user a service runs as; ``None`` values keep the current one."""

    uid: int | None = None
    gid: int | None = None

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for ``subprocess``."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a path to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


NOBODY_ELSE = Identity()


@dataclass
class Child:
    """A running child and how to ask it to stop: one signal after the other."""

    name: str
    popen: "subprocess.Popen[bytes]"
    stop_signals: tuple[int, ...] = (signal.SIGTERM, signal.SIGKILL)
    own_session: bool = True
    started: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.popen.poll() is None

    def send(self, signum: int) -> None:
        """Send a signal; a child that is gone already is fine."""
        with contextlib.suppress(ProcessLookupError):
            self.popen.send_signal(signum)

    def sweep(self) -> None:
        """Kill what is left of the child's own session."""
        if self.own_session:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, signal.SIGKILL)


def _before_exec(death_signal: int, parent: int) -> Callable[[], None]:
    def prepare() -> None:
        # SIGINT may have been inherited as ignored; a child decides about it afresh.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:  # the parent died before the line above
                os._exit(1)

    return prepare


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    identity: Identity = NOBODY_ELSE,
    stop_signals: tuple[int, ...] = (signal.SIGTERM, signal.SIGKILL),
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    output: IO[bytes] | int | None = None,
    own_session: bool = True,
) -> Child:
    """Start a child that receives its first stop signal when this process dies, even by SIGKILL.

    Call it from the main thread: Linux ties the death signal to the thread that forked.
    """
    # preexec_fn is unsafe beside threads only, and the runner never starts one.
    popen = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL if output is not None else None,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=cwd,
        env=env,
        start_new_session=own_session,
        preexec_fn=_before_exec(stop_signals[0], os.getpid()),  # noqa: PLW1509
        **identity.arguments(),
    )
    return Child(name, popen, stop_signals, own_session)


def stop_all(
    children: Iterable[Child], *, grace: float, meanwhile: Callable[[], None] | None = None
) -> None:
    """Ask all children to stop, insist after ``grace`` seconds, leave nothing behind.

    Each further signal gets a second at most.

    ``meanwhile`` is called over and over: a child that cannot get rid of its output cannot end.
    """
    children = list(children)
    for step in range(max((len(child.stop_signals) for child in children), default=0)):
        for child in children:
            if child.alive:
                child.send(child.stop_signals[min(step, len(child.stop_signals) - 1)])
        deadline = time.monotonic() + (grace if step == 0 else INSIST_SECONDS)
        while time.monotonic() < deadline and any(child.alive for child in children):
            if meanwhile is not None:
                meanwhile()
            time.sleep(0.02)
    for child in children:
        if child.alive:
            child.send(signal.SIGKILL)
        child.popen.wait()
        child.sweep()


def end_with_parent() -> None:
    """Ask for SIGTERM when the parent dies: ``make`` may be killed without a word to its child."""
    if _LIBC is not None:
        parent = os.getppid()
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)


def command_line(pid: int) -> str:
    """Command line of a process, empty when there is none."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    found = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def end_leftover(pid_file: Path, marker: str, *, signals: tuple[int, ...], grace: float) -> None:
    """End the process a stale pid file names, if it is ours, and remove the file.

    After ``kill -9`` of a supervisor its services are on their way out when the next one starts.
    A number reused by a stranger's process must not keep us from starting nor be touched:
    ``marker`` has to occur in the command line. Call it only while holding the instance's lock.
    """
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        pid = 0
    for signum in signals:
        if not pid or marker not in command_line(pid):
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signum)
        deadline = time.monotonic() + grace
        while time.monotonic() < deadline and marker in command_line(pid):
            time.sleep(0.02)
    pid_file.unlink(missing_ok=True)


def end_orphans(folder: Path, *, grace: float = 3.0) -> None:
    """Kill the processes that work in a folder whose server is gone, and wait until they are.

    PostgreSQL's back ends each lead a session of their own, so no group holds them. Linux only;
    elsewhere the next server refuses to start until they have ended. Call it only while holding
    the instance's lock, and after :func:`end_leftover`.
    """
    deadline = time.monotonic() + grace
    while (found := _working_in(folder)) and time.monotonic() < deadline:
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)


def _working_in(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if entry.readlink() == folder and command_line(int(entry.parent.name)).startswith(
                "postgres:"
            ):
                found.append(int(entry.parent.name))
    return found
