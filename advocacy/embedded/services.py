"""One instance's services: started once per checkout, shared by every command that needs them."""

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol

from advocacy.embedded import paths, servers
from advocacy.embedded.places import Place, prepare
from advocacy.embedded.process import Child, EmbeddedError, Stop, stop_all

DATABASE_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL")
READY = "ready"
STOP_GRACE = 2.5


class Starter(Protocol):
    """How a service starts; see ``servers``."""

    def __call__(self, place: Place, stop: Stop, started: list[Child], *, scratch: bool) -> None:
        """Start it and add its process to ``started`` at once."""


@contextmanager
def running(
    data: Path, stop: Stop, *, scratch: bool, environment: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Services for the length of a ``with`` block; yields the variables that lead to them.

    Variables already in ``environment`` win: only what is missing is started. When another live
    process of this checkout has the services running they are used, and stay up until the last
    command using them ends.

    Raises:
        EmbeddedError: a service does not come up, or only one of the two database addresses is
            given.
        Interrupted: someone asked to stop meanwhile.
    """
    given = [name for name in DATABASE_VARIABLES if environment.get(name)]
    if len(given) == 1:
        raise EmbeddedError(
            f"Only {given[0]} is set. Set both {' and '.join(DATABASE_VARIABLES)}, or neither."
        )
    want_postgres = not given
    want_redis = not environment.get("REDIS_URL")
    variables: dict[str, str] = {}
    if want_postgres:
        variables["DATABASE_URL"] = paths.database_url_of(data, paths.APP_ROLE)
        variables["DATABASE_OWNER_URL"] = paths.database_url_of(data, paths.OWNER_ROLE)
    if want_redis:
        variables["REDIS_URL"] = paths.redis_url_of(data, 15 if scratch else 0)
    if not variables:
        yield variables
        return
    place = prepare(data)
    with ExitStack() as stack:
        if want_postgres:
            stack.enter_context(_shared("postgres", servers.start_postgres, place, stop, scratch))
        if want_redis:
            stack.enter_context(_shared("redis", servers.start_redis, place, stop, scratch))
        yield variables


@contextmanager
def _shared(name: str, start: Starter, place: Place, stop: Stop, scratch: bool) -> Iterator[None]:
    """One service, started here unless a live process of this checkout has it running."""
    supervisor_lock = place.data / f"{name}.supervisor.lock"
    users_lock = place.data / f"{name}.users.lock"
    with supervisor_lock.open("a+") as supervisor, users_lock.open("a+") as users:
        if not _lead(supervisor, users, stop):
            yield
            return
        started: list[Child] = []
        try:
            start(place, stop, started, scratch=scratch)
            _write(supervisor, READY)
            yield
            _outlast(users, stop)
        finally:
            _write(supervisor, "")
            stop_all(started, grace=STOP_GRACE)


def _lead(supervisor: IO[str], users: IO[str], stop: Stop) -> bool:
    """Become the supervisor (true), or a user of a live one that is ready (false).

    Both locks belong to the open files, so the kernel frees them with the process, however it
    ends. Users hold ``users.lock`` shared; the supervisor takes it alone before it stops.
    """
    deadline = time.monotonic() + servers.START_SECONDS
    while True:
        stop.check()
        if _lock(supervisor, fcntl.LOCK_EX):
            _write(supervisor, "")
            return True
        if _lock(users, fcntl.LOCK_SH):
            supervisor.seek(0)
            if supervisor.read() == READY:
                return False
            fcntl.flock(users, fcntl.LOCK_UN)
        if time.monotonic() > deadline:
            raise EmbeddedError("Another process of this checkout keeps starting the services.")
        time.sleep(0.05)


def _outlast(users: IO[str], stop: Stop) -> None:
    """Wait for the other commands that use the services; a signal ends the wait."""
    told = False
    while stop.signum is None and not _lock(users, fcntl.LOCK_EX):
        if not told:
            print("Waiting for another command that uses these services.", flush=True)
            told = True
        time.sleep(0.1)


def _lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: IO[str], text: str) -> None:
    os.ftruncate(file.fileno(), 0)
    os.write(file.fileno(), text.encode())
