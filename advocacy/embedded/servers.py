"""Starting PostgreSQL and Redis: initialise, start, wait until they answer, make the roles."""

import contextlib
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Protocol

import psycopg2
import redis

from advocacy.embedded import paths
from advocacy.embedded.places import Place, own_folder, postgres_binaries, redis_binary
from advocacy.embedded.process import (
    Child,
    EmbeddedError,
    Stop,
    end_leftover,
    end_orphans,
    spawn,
    stop_all,
)
from advocacy.embedded.roles import allow_emptying, make_roles, superuser

# --no-sync: nothing is lost when a new cluster is; the server itself syncs.
INITDB_OPTIONS = [
    *("-U", paths.SUPERUSER),
    *("--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--no-sync"),
]

START_SECONDS = 60
LOG_LIMIT = 5_000_000
# Fast shutdown, then immediate (recovers from the log at the next start), then the axe.
POSTGRES_STOP = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
REDIS_STOP = (signal.SIGTERM, signal.SIGKILL)

# Scratch data needs no durability: a crash only costs a fresh initdb.
SCRATCH_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    # Nothing is replicated, and a test's own transaction is all there is to keep.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "2GB",
    "update_process_title": "off",
}


def start_postgres(place: Place, stop: Stop, started: list[Child], *, scratch: bool) -> None:
    """Start PostgreSQL with its roles and database; the child is added to ``started`` at once.

    Raises:
        EmbeddedError: it does not come up; the message names the log.
        Interrupted: someone asked to stop meanwhile.
    """
    binaries = postgres_binaries(place)
    try:
        _start_postgres(place, binaries, stop, started, scratch=scratch)
    except EmbeddedError:
        if not scratch:
            raise
        stop_all([started.pop()], grace=2)
        shutil.rmtree(place.postgres, ignore_errors=True)
        _start_postgres(place, binaries, stop, started, scratch=scratch)


def _start_postgres(
    place: Place, binaries: Path, stop: Stop, started: list[Child], *, scratch: bool
) -> None:
    _initialise(place, binaries, stop)
    child = _spawn_postgres(place, binaries, scratch=scratch)
    started.append(child)
    ready = partial(_ready_postgres, place, scratch=scratch)
    _wait(child, ready, stop, place.data / "postgres.log")


def _spawn_postgres(place: Place, binaries: Path, *, scratch: bool) -> Child:
    for pid_file in (
        place.postgres / "postmaster.pid",
        place.sockets / ".s.PGSQL.5432.lock",
    ):
        end_leftover(pid_file, str(place.postgres), signals=POSTGRES_STOP, grace=3)
    # Back ends whose server was killed end by themselves once their statement is done; until
    # then nothing else may open their files.
    end_orphans(place.postgres)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "timezone": "UTC",
        "log_timezone": "UTC",
        **(SCRATCH_SETTINGS if scratch else {}),
    }
    command: list[str | Path] = [binaries / "postgres", "-D", place.postgres]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with _log(place.data / "postgres.log") as output:
        return spawn(
            "postgres",
            command,
            identity=place.identity,
            stop_signals=POSTGRES_STOP,
            output=output,
            cwd="/",
        )


def _initialise(place: Place, binaries: Path, stop: Stop) -> None:
    """Make the cluster under another name first, so that an interrupted start leaves no half."""
    version = place.postgres / "PG_VERSION"
    if version.exists():
        return
    partial = place.store / "postgres.partial"
    shutil.rmtree(partial, ignore_errors=True)
    log = place.data / "initdb.log"
    for locale in ("C.UTF-8", "C"):
        own_folder(partial, place.identity)
        with log.open("wb") as output:
            child = spawn(
                "initdb",
                [binaries / "initdb", "-D", partial, *INITDB_OPTIONS, f"--locale={locale}"],
                identity=place.identity,
                output=output,
                cwd="/",
            )
        try:
            while child.alive:
                stop.check()
                time.sleep(0.02)
        finally:
            stop_all([child], grace=2)
        if child.popen.returncode == 0:
            partial.rename(place.postgres)
            return
        shutil.rmtree(partial, ignore_errors=True)
    raise EmbeddedError(f"PostgreSQL's data could not be initialised; {log} says why.")


def _ready_postgres(place: Place, *, scratch: bool) -> bool:
    try:
        with superuser(place, "postgres") as connection, connection.cursor() as cursor:
            make_roles(cursor)
            if scratch:
                allow_emptying(cursor)
    except psycopg2.OperationalError:
        return False
    return True


def start_redis(place: Place, stop: Stop, started: list[Child], *, scratch: bool) -> None:
    """Start Redis; the child is added to ``started`` at once.

    Raises:
        EmbeddedError: it does not come up; the message names the log.
        Interrupted: someone asked to stop meanwhile.
    """
    binary = redis_binary(place)
    try:
        _start_redis(place, binary, stop, started, scratch=scratch)
    except EmbeddedError:
        # Its file may come from another version. Redis only makes things prompt, the truth is
        # in PostgreSQL, so an empty one is better than none.
        stop_all([started.pop()], grace=2)
        shutil.rmtree(place.redis, ignore_errors=True)
        _start_redis(place, binary, stop, started, scratch=scratch)


def _start_redis(
    place: Place, binary: Path, stop: Stop, started: list[Child], *, scratch: bool
) -> None:
    child = _spawn_redis(place, binary, scratch=scratch)
    started.append(child)
    socket = place.sockets / "redis.sock"
    _wait(child, lambda: _ready_redis(socket), stop, place.data / "redis.log")


def _spawn_redis(place: Place, binary: Path, *, scratch: bool) -> Child:
    folder = own_folder(place.redis, place.identity)
    socket = place.sockets / "redis.sock"
    pid_file = folder / "redis.pid"
    # Redis shows its socket, not its pid file, in its process title.
    end_leftover(pid_file, str(socket), signals=REDIS_STOP, grace=3)
    socket.unlink(missing_ok=True)
    command: list[str | Path] = [binary, "--port", "0", "--daemonize", "no", "--save", ""]
    command += ["--unixsocket", socket, "--unixsocketperm", "700"]
    command += ["--dir", folder, "--pidfile", pid_file]
    command += ["--appendonly", "no" if scratch else "yes"]
    with _log(place.data / "redis.log") as output:
        return spawn(
            "redis",
            command,
            identity=place.identity,
            stop_signals=REDIS_STOP,
            output=output,
            cwd="/",
        )


def _ready_redis(socket: Path) -> bool:
    client = redis.Redis(unix_socket_path=str(socket), socket_timeout=3)
    with contextlib.closing(client):
        try:
            return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError):
            return False


@contextmanager
def _log(path: Path) -> Iterator[IO[bytes]]:
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    with path.open("ab") as output:
        yield output


def _wait(child: Child, ready: Callable[[], bool], stop: Stop, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        stop.check()
        if not child.alive or time.monotonic() > deadline:
            raise EmbeddedError(f"{child.name} did not start; {log} says why.")
        time.sleep(0.05)


class Starter(Protocol):
    """How a service starts at first: its data are made, and it is waited for."""

    def __call__(self, place: Place, stop: Stop, started: list[Child], *, scratch: bool) -> None:
        """Start it and add its process to ``started`` at once."""


class Restarter(Protocol):
    """How a service starts again after its process ended: at once, waited for by nobody."""

    def __call__(self, place: Place, *, scratch: bool) -> Child:
        """Its new process."""


@dataclass(frozen=True)
class Service:
    """One of the two."""

    name: str
    start: Starter
    again: Restarter


def _postgres_again(place: Place, *, scratch: bool) -> Child:
    return _spawn_postgres(place, postgres_binaries(place), scratch=scratch)


def _redis_again(place: Place, *, scratch: bool) -> Child:
    return _spawn_redis(place, redis_binary(place), scratch=scratch)


POSTGRES = Service("postgres", start_postgres, _postgres_again)
REDIS = Service("redis", start_redis, _redis_again)
