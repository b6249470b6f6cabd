"""The embedded services end with their supervisor, however it ends (architecture, 7)."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest
import redis

from advocacy.embedded import paths
from advocacy.embedded.process import command_line
from tests.support.celery import wait_for

STOP_SECONDS = 8
# What the command under supervision does: say that it runs, then wait to be stopped.
WAITER = "import time; print('up', flush=True); time.sleep(600)"


class Supervised:
    """``python -m advocacy.embedded run`` in a data directory of its own."""

    def __init__(self, data: Path, *command: str) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}
        }
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-m", "advocacy.embedded", "run", "--data", str(data), "--", *command],
            cwd=paths.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            # A background shell hands SIGINT down ignored, and so does this.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )

    def wait_until(self, word: str) -> None:
        assert self.process.stdout is not None
        assert word in self.process.stdout.readline()

    def end(self, signum: int) -> float:
        """Send a signal; seconds until nothing is left."""
        began = time.monotonic()
        self.process.send_signal(signum)
        self.process.wait(STOP_SECONDS)
        while left := leftovers(self.data):
            assert time.monotonic() - began < STOP_SECONDS, left
            time.sleep(0.02)
        return time.monotonic() - began


def leftovers(data: Path) -> list[str]:
    """Command lines of live processes that belong to a data directory."""
    marks = (str(data), str(paths.socket_dir_of(data)))
    lines = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            line = command_line(int(entry.name))
            if any(mark in line for mark in marks):
                lines.append(line)
    return lines


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    """``start()``: a supervisor with its services up; all of them share one data directory.

    Started as root, this is the awkward case: pytest's folders are closed to the services' user.
    """
    data = tmp_path / "data"
    made: list[Supervised] = []

    def begin(program: str = WAITER) -> Supervised:
        supervised = Supervised(data, sys.executable, "-c", program)
        made.append(supervised)
        supervised.wait_until("up")
        return supervised

    yield begin
    for supervised in made:
        with suppress(ProcessLookupError):
            supervised.process.send_signal(signal.SIGTERM)
        supervised.process.wait(STOP_SECONDS)
    for outside in (paths.outside_store_of(data), paths.socket_dir_of(data)):
        shutil.rmtree(outside, ignore_errors=True)


def _owner(data: Path) -> "psycopg2.extensions.connection":
    return psycopg2.connect(paths.database_url_of(data, paths.OWNER_ROLE))


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_takes_everything_down(start: Callable[..., Supervised], signum: int) -> None:
    """Any signal that means stop ends all within eight seconds, also an ignored SIGINT."""
    supervised = start()
    assert supervised.end(signum) < STOP_SECONDS
    assert supervised.process.returncode == 128 + signum


def test_kill_leaves_nothing_and_the_next_start_has_the_data(
    start: Callable[..., Supervised],
) -> None:
    """After kill -9 nothing is left, and the next start works and finds what was committed."""
    first = start()
    with closing(_owner(first.data)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (word text)")
        cursor.execute("INSERT INTO kept VALUES ('here')")
    with redis.Redis.from_url(paths.redis_url_of(first.data)) as client:
        client.set("kept", "here")
    first.process.kill()
    first.process.wait()
    # At once, while the old services are still on their way out.
    second = start()
    with closing(_owner(second.data)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT word FROM kept")
        assert cursor.fetchone() == ("here",)
    second.end(signal.SIGKILL)
    # Files that name a process which is gone, or by now somebody else's, are in nobody's way.
    stores = (second.data, paths.outside_store_of(second.data))
    store = next(store for store in stores if (store / "postgres").exists())
    (store / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    (store / "redis" / "redis.pid").write_text(f"{os.getpid()}\n")
    third = start()
    with redis.Redis.from_url(paths.redis_url_of(third.data), decode_responses=True) as client:
        client.ping()
    assert third.end(signal.SIGTERM) < STOP_SECONDS


def test_a_second_command_shares_the_services(
    start: Callable[..., Supervised], tmp_path: Path
) -> None:
    """They stay up for the second command when the first one, which started them, is done."""
    go = tmp_path / "go"
    first = start(
        "import pathlib, time; print('up', flush=True)\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.02)"
    )
    second = start()
    go.touch()
    first.wait_until("Waiting for another command")
    with closing(_owner(second.data)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    second.process.send_signal(signal.SIGTERM)
    assert first.process.wait(STOP_SECONDS) == 0
    assert not leftovers(first.data)


def service_pid(data: Path, file: str) -> int:
    """The process a service's own file names."""
    stores = (data, paths.outside_store_of(data))
    found = next(store / file for store in stores if (store / file).exists())
    return int(found.read_text().split()[0])


def _again(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something that fails meanwhile holds."""
    deadline = time.monotonic() + seconds
    while True:
        with suppress(psycopg2.Error, redis.RedisError, OSError, StopIteration, IndexError):
            condition()
            return
        assert time.monotonic() < deadline, f"not back within {seconds} s"
        time.sleep(0.02)


def _store(client: "redis.Redis", data: Path, made: list[int]) -> None:
    """Write to both without a pause until the connection breaks, keeping what was acknowledged."""
    with suppress(psycopg2.Error, redis.RedisError), closing(_owner(data)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            while True:
                cursor.execute("INSERT INTO kept VALUES (%s)", [len(made)])
                made.append(len(made))
                client.set("last", len(made))


def test_killed_services_are_back_and_lost_nothing(start: Callable[..., Supervised]) -> None:
    """BAD-2: kill -9 and an immediate shutdown, in the middle of writing, twice."""
    supervised = start()
    data = supervised.data
    with closing(_owner(data)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (number int)")
    acknowledged: list[int] = []
    client = redis.Redis.from_url(paths.redis_url_of(data))
    for signum in (signal.SIGKILL, signal.SIGQUIT):
        server, cache = (
            service_pid(data, "postgres/postmaster.pid"),
            service_pid(data, "redis/redis.pid"),
        )
        writer = threading.Thread(target=_store, args=(client, data, acknowledged))
        writer.start()
        enough = len(acknowledged) + 50
        wait_for(lambda enough=enough: len(acknowledged) >= enough)
        os.kill(server, signum)
        os.kill(cache, signal.SIGKILL)
        writer.join(10)
        _again(lambda: _owner(data).close())
        _again(client.ping)
        assert service_pid(data, "redis/redis.pid") != cache
        with closing(_owner(data)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT number FROM kept")
            assert set(acknowledged) <= {number for (number,) in cursor.fetchall()}
        assert int(client.get("last") or 0) >= len(acknowledged) - 1
    assert supervised.end(signal.SIGTERM) < STOP_SECONDS


def test_stopping_in_the_middle_of_a_restart(start: Callable[..., Supervised]) -> None:
    """BAD-2: a service that is just coming back is taken down as well, and kill -9 leaves none."""
    for signum in (signal.SIGINT, signal.SIGKILL):
        supervised = start()
        os.kill(service_pid(supervised.data, "postgres/postmaster.pid"), signal.SIGKILL)
        os.kill(service_pid(supervised.data, "redis/redis.pid"), signal.SIGKILL)
        time.sleep(0.1)
        assert supervised.end(signum) < STOP_SECONDS


def test_a_user_takes_over_from_a_leader_that_was_killed(start: Callable[..., Supervised]) -> None:
    """BAD-2: the command that did not start the services has them all the same."""
    first, second = start(), start()
    with closing(_owner(first.data)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (word text)")
    first.process.kill()
    first.process.wait()
    second.wait_until("is gone; starting it here")

    def asks() -> None:
        with closing(_owner(second.data)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kept")

    _again(asks)
    with redis.Redis.from_url(paths.redis_url_of(second.data)) as client:
        _again(client.ping)
    assert second.end(signal.SIGTERM) < STOP_SECONDS


def test_roles_cannot_step_around_the_walls(start: Callable[..., Supervised]) -> None:
    """TEN-1.a: neither role is superuser or bypasses policies; the application owns nothing."""
    supervised = start()
    with closing(_owner(supervised.data)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication,"
            " rolcreatedb, pg_has_role(rolname, 'advocacy_owner', 'MEMBER')"
            " FROM pg_roles WHERE rolname LIKE 'advocacy%' ORDER BY 1"
        )
        assert cursor.fetchall() == [
            (paths.APP_ROLE, False, False, False),
            (paths.OWNER_ROLE, False, True, True),
        ]
        cursor.execute("SELECT current_setting('server_encoding'), current_setting('timezone')")
        assert cursor.fetchone() == ("UTF8", "UTC")
        cursor.execute("SELECT current_setting('listen_addresses')")
        assert cursor.fetchone() == ("",)
    address = paths.database_url_of(supervised.data, paths.APP_ROLE)
    with closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("CREATE TABLE mine ()")
