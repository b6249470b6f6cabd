"""``make run``: services, database, web server, worker and beat, until somebody says stop."""

import contextlib
import fcntl
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from advocacy.embedded import paths
from advocacy.embedded.keeping import Kept, say, tend_all
from advocacy.embedded.process import Child, EmbeddedError, Stop, spawn, stop_all
from advocacy.embedded.services import running

ADDRESS = "127.0.0.1"
HEALTHY_SECONDS = 60
PORT_SECONDS = 2.0
# An idle Celery pool takes 2.6 s to end. With the services' own grace all of it stays within 8 s.
STOP_GRACE = 3.5
HEALTH_EVERY_SECONDS = 0.5
STOP_SIGNALS = (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL)
CELERY = ["-m", "celery", "--app", "advocacy.celery", "--quiet"]


def up(*, data: Path, port: int, stop: Stop) -> int:
    """Run the product in the foreground; returns 0 when stopped by a signal.

    Raises:
        EmbeddedError: the port is taken, the product already runs from this checkout, a service
            or the set-up of the database failed, or one of the processes does not stay up.
        Interrupted: someone asked to stop while services were starting.
    """
    _require_free(port)
    began = time.monotonic()
    data.mkdir(parents=True, exist_ok=True)
    with (
        _only_one(data),
        running(data, stop, scratch=False, environment=os.environ) as services,
        contextlib.closing(Log()) as log,
    ):
        # Unbuffered, or lines would show up late in a pipe.
        environment = {**os.environ, **services, "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings.development")
        sign_ins = _set_up(data, environment, log, stop, services.tend)
        kept: list[Kept] = []

        def tend() -> None:
            services.tend()
            tend_all(kept)

        try:
            for name, command in _commands(data, port).items():
                stop.check()
                start = partial(_start, name, command, environment, log)
                kept.append(Kept(start(), start, "the lines above say"))
            _watch(tend, log, stop, port=port, sign_ins=sign_ins, began=began)
        finally:
            log.pump()
            say("Stopping")
            children = [each.child for each in kept]
            stop_all(children, grace=STOP_GRACE, meanwhile=log.pump)
            log.pump()
    return 0


class Log:
    """Lines of all children on one stdout, each with its child's name in front.

    One thread reads everything: the death signal of children is tied to the thread that forked
    them, and forking beside threads is asking for trouble.
    """

    WIDTH = 7

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._rest: dict[str, bytes] = {}

    def add(self, child: Child) -> None:
        """Read a child's output from now on."""
        pipe = child.popen.stdout
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, child.name)

    def pump(self, timeout: float = 0.0) -> None:
        """Print what has arrived, waiting for the first of it up to ``timeout`` seconds."""
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _ in self._selector.select(timeout):
            chunk = os.read(key.fd, 65536)
            *lines, rest = (self._rest.pop(key.data, b"") + chunk).split(b"\n")
            if chunk:
                self._rest[key.data] = rest
            else:
                self._selector.unregister(key.fileobj)
                lines += [rest] if rest else []
            for line in lines:
                say(f"{key.data:<{self.WIDTH}} | {line.decode(errors='replace')}")

    def close(self) -> None:
        """Stop reading."""
        self._selector.close()


def _require_free(port: int) -> None:
    """Wait a moment for the port: after ``kill -9`` the former web server is on its way out."""
    deadline = time.monotonic() + PORT_SECONDS
    while (trouble := _port_trouble(port)) and time.monotonic() < deadline:
        time.sleep(0.1)
    if trouble:
        raise EmbeddedError(
            f"Port {port} {trouble}. Try: PORT={8000 if port > 65534 else port + 1} make run"
        )


def _port_trouble(port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError:
            return "is reserved for root"
        except OverflowError:
            return "does not exist"
        except OSError:
            return "is taken by another program"
    return ""


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    with (data / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmbeddedError("Advocacy already runs from this checkout.") from None
        yield


def _commands(data: Path, port: int) -> dict[str, list[str | Path]]:
    web = ["-m", "gunicorn", "advocacy.wsgi:application", f"--bind={ADDRESS}:{port}"]
    web += ["--config=python:advocacy.serving", "--graceful-timeout=1", "--no-control-socket"]
    worker = ["worker", "--loglevel=INFO", "--concurrency=2", "--without-gossip"]
    worker += ["--without-mingle"]
    beat = ["beat", "--loglevel=INFO", "--pidfile=", f"--schedule={data / 'beat-schedule'}"]
    return {
        "web": [sys.executable, *web],
        "worker": [sys.executable, *CELERY, *worker],
        "beat": [sys.executable, *CELERY, *beat],
    }


def _start(name: str, command: list[str | Path], environment: dict[str, str], log: Log) -> Child:
    child = spawn(
        name,
        command,
        stop_signals=STOP_SIGNALS,
        env=environment,
        cwd=paths.ROOT,
        output=subprocess.PIPE,
    )
    log.add(child)
    return child


def _set_up(
    data: Path,
    environment: dict[str, str],
    log: Log,
    stop: Stop,
    tend: Callable[[], None],
) -> str:
    """Migrate and seed; returns the sign-ins the demo printed."""
    sign_ins = data / "sign-ins.txt"
    command: list[str | Path] = [sys.executable, "-m", "advocacy.embedded.release", sign_ins]
    child = _start("set-up", command, environment, log)
    try:
        while child.alive:
            stop.check()
            tend()
            log.pump(0.1)
    finally:
        stop_all([child], grace=STOP_GRACE, meanwhile=log.pump)
        log.pump()
    if child.popen.returncode != 0:
        raise EmbeddedError("The database could not be set up; the lines above say why.")
    return sign_ins.read_text()


def _watch(
    tend: Callable[[], None], log: Log, stop: Stop, *, port: int, sign_ins: str, began: float
) -> None:
    url = f"http://{ADDRESS}:{port}"
    announced = False
    # Setting up may have taken its minute; the servers have theirs from here on.
    started = time.monotonic()
    asked = 0.0
    while stop.signum is None:
        log.pump(0.2)
        tend()
        if announced or time.monotonic() - asked < HEALTH_EVERY_SECONDS:
            continue
        trouble = _trouble(url)
        asked = time.monotonic()
        if trouble and time.monotonic() - started < HEALTHY_SECONDS:
            continue
        announced = True
        say("")
        say(trouble or f"Advocacy is ready after {time.monotonic() - began:.1f} s: {url}")
        say(sign_ins)
        say("Ctrl-C stops everything.")


def _trouble(url: str) -> str:
    """What keeps the product from being healthy, empty when nothing does."""
    try:
        # Our own address, built above; urllib because nothing outside is asked.
        with urllib.request.urlopen(f"{url}/healthz", timeout=4) as answer:  # noqa: S310
            answer.read()
    except urllib.error.HTTPError as error:
        with contextlib.suppress(ValueError):
            checks = json.load(error).get("checks", {})
            bad = ", ".join(name for name, state in checks.items() if state != "ok")
            return f"Advocacy answers at {url} but is not healthy: {bad}"
        return f"Advocacy answers at {url} with status {error.code}"
    except OSError as error:
        return f"Advocacy does not answer at {url}: {error}"
    return ""
