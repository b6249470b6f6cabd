"""Real Celery processes against the test database, to be killed in the middle of things.

with own_redis() as broker, celery(broker, smtp_port=sink.port) as processes:
    worker = processes.start_worker()
    processes.start_beat()
    wait_for(lambda: ...)
    worker.kill()
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.support.redis import OwnRedis


def wait_for(condition: Callable[[], object], *, seconds: float = 120, what: str = "it") -> None:
    """Wait until a condition holds; ``AssertionError`` when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what} in vain"
        time.sleep(0.05)


class CeleryProcess:
    """A worker or a beat, with its pool."""

    def __init__(self, popen: subprocess.Popen[bytes], log: Path) -> None:
        self.popen = popen
        self.log = log

    @property
    def children(self) -> list[int]:
        """The pool's processes."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.popen.pid:
                found.append(int(stat.parent.name))
        return found

    def kill_child(self) -> None:
        """``kill -9`` one process of the pool."""
        os.kill(self.children[0], signal.SIGKILL)

    def kill(self) -> None:
        """``kill -9`` the process and its pool at the same moment."""
        if self.popen.poll() is None:
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()


class CeleryProcesses:
    """Starts workers and beats."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.folder = folder
        self.started: list[CeleryProcess] = []

    def _start(self, name: str, *arguments: str) -> CeleryProcess:
        log = self.folder / f"{len(self.started)}-{name}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                [sys.executable, "-m", "celery", "--app", "advocacy.celery", name, *arguments],
                cwd=settings.BASE_DIR,
                env={**os.environ, **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process = CeleryProcess(popen, log)
        self.started.append(process)
        return process

    def start_worker(self, *, concurrency: int = 2) -> CeleryProcess:
        """A worker with a pool of its own."""
        return self._start(
            "worker",
            f"--concurrency={concurrency}",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=INFO",
            f"--hostname=w{len(self.started)}@test",
        )

    def start_beat(self) -> CeleryProcess:
        """A beat that knows of no other."""
        schedule = self.folder / f"{len(self.started)}-schedule"
        return self._start("beat", "--pidfile=", f"--schedule={schedule}", "--loglevel=INFO")

    @property
    def logs(self) -> str:
        """The end of what each process said."""
        return "\n".join(
            f"== {process.log.name}\n{process.log.read_text()[-3000:]}" for process in self.started
        )


@contextmanager
def celery(broker: OwnRedis, *, smtp_port: int = 25) -> Iterator[CeleryProcesses]:
    """Processes that use the test's database and broker; all are killed at the end."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.support.worker_settings",
        "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "TEST_SMTP_PORT": str(smtp_port),
        "REDIS_URL": broker.url,
    }
    with tempfile.TemporaryDirectory(prefix="adv-celery-") as folder:
        processes = CeleryProcesses(environment, Path(folder))
        try:
            yield processes
        except BaseException:
            print(processes.logs)
            raise
        finally:
            for process in processes.started:
                process.kill()
