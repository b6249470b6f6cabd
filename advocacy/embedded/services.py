"""One instance's services: started once per checkout, shared by every command that needs them."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from advocacy.embedded import paths, servers
from advocacy.embedded.keeping import Kept, say
from advocacy.embedded.places import Place, prepare
from advocacy.embedded.process import Child, EmbeddedError, Stop, stop_all

DATABASE_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL")
READY = "ready"
STOP_GRACE = 2.5


class Running(dict[str, str]):
    """The variables that lead to the services of an instance, and the care for them."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        super().__init__(variables)
        self.shared: list[Shared] = []

    def tend(self) -> None:
        """Start again what ended by itself; whoever waits meanwhile calls it over and over.

        Raises:
            EmbeddedError: a service does not stay up.
            Interrupted: someone asked to stop while services of a leader that is gone were started.
        """
        for each in self.shared:
            each.tend()


@contextmanager
def running(
    data: Path, stop: Stop, *, scratch: bool, environment: Mapping[str, str]
) -> Iterator[Running]:
    """Services for the length of a ``with`` block; yields the variables that lead to them.

    Variables already in ``environment`` win: only what is missing is started. When another live
    process of this checkout has the services running they are used, and stay up until the last
    command using them ends. Whoever started them keeps them up; when that process is gone, one of
    the others takes its place.

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
    found = Running(variables)
    wanted = [servers.POSTGRES] * want_postgres + [servers.REDIS] * want_redis
    if not wanted:
        yield found
        return
    place = prepare(data)
    with ExitStack() as stack:
        for service in wanted:
            shared = Shared(service, place, stop, found.tend, scratch=scratch)
            found.shared.append(stack.enter_context(shared.held()))
        yield found


class Shared:
    """One service, kept by the first process of this checkout that wanted it, used by the others.

    Both locks belong to the open files, so the kernel frees them with the process, however it
    ends. Users hold ``users.lock`` shared; the leader takes it alone before it stops.
    """

    def __init__(
        self,
        service: servers.Service,
        place: Place,
        stop: Stop,
        tend_all: Callable[[], None],
        *,
        scratch: bool,
    ) -> None:
        self.service = service
        self.place = place
        self.stop = stop
        self.tend_all = tend_all
        self.scratch = scratch
        self.over = False
        self.started: list[Child] = []
        self.kept: Kept | None = None

    @contextmanager
    def held(self) -> Iterator["Shared"]:
        """Started here unless a live process of this checkout has it running."""
        name = self.service.name
        leader_lock = self.place.data / f"{name}.supervisor.lock"
        users_lock = self.place.data / f"{name}.users.lock"
        with leader_lock.open("a+") as self.leader, users_lock.open("a+") as self.users:
            leads = self._lead()
            try:
                if leads:
                    self._start()
                yield self
                self._outlast()
            finally:
                self.over = True
                if self.leads:
                    _write(self.leader, "")
                    stop_all(self._children(), grace=STOP_GRACE)

    @property
    def leads(self) -> bool:
        """Whether the service is this process' to keep up."""
        return bool(self.started)

    def tend(self) -> None:
        """Start it again when it ended; lead when the former leader is gone."""
        if self.over:
            return
        if self.kept is not None:
            self.kept.tend()
        elif _lock(self.leader, fcntl.LOCK_EX):
            fcntl.flock(self.users, fcntl.LOCK_UN)
            say(f"The command that had {self.service.name} running is gone; starting it here.")
            self._start()

    def _outlast(self) -> None:
        """Wait for the other commands that use the service; a signal ends the wait."""
        told = False
        while self.leads and self.stop.signum is None and not _lock(self.users, fcntl.LOCK_EX):
            if not told:
                say("Waiting for another command that uses these services.")
                told = True
            self.tend_all()
            time.sleep(0.1)

    def _start(self) -> None:
        _write(self.leader, "")
        self.service.start(self.place, self.stop, self.started, scratch=self.scratch)
        log = f"{self.place.data / self.service.name}.log says"
        self.kept = Kept(self.started[-1], self._again, log)
        _write(self.leader, READY)

    def _again(self) -> Child:
        return self.service.again(self.place, scratch=self.scratch)

    def _children(self) -> list[Child]:
        return [self.kept.child] if self.kept is not None else self.started

    def _lead(self) -> bool:
        """Become the leader (true), or a user of a live one that is ready (false)."""
        deadline = time.monotonic() + servers.START_SECONDS
        while True:
            self.stop.check()
            if _lock(self.leader, fcntl.LOCK_EX):
                return True
            if _lock(self.users, fcntl.LOCK_SH):
                self.leader.seek(0)
                if self.leader.read() == READY:
                    return False
                fcntl.flock(self.users, fcntl.LOCK_UN)
            if time.monotonic() > deadline:
                raise EmbeddedError("Another process of this checkout keeps starting the services.")
            time.sleep(0.05)


def _lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: IO[str], text: str) -> None:
    os.ftruncate(file.fileno(), 0)
    os.write(file.fileno(), text.encode())
