"""The whole product while its database, Redis and processes are killed (BAD-2, architecture 7).

Starts a ``make run`` of its own and kills each part in turn, which takes minutes: only with
``FULL=1``.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advocacy.embedded import paths
from advocacy.settings import env
from tests.faults.test_supervisor import STOP_SECONDS, leftovers
from tests.faults.test_supervisor import service_pid as pid_of
from tests.support.celery import wait_for

pytestmark = pytest.mark.skipif(not env.flag("FULL"), reason="takes minutes; FULL=1 runs it")

BACK_SECONDS = 10
THREADS = 4


class Product:
    """``python -m advocacy.embedded up`` in a data directory of its own."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        names = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        plain = {name: value for name, value in os.environ.items() if name not in names}
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        self.log = data.with_suffix(".log")
        self.environment = {
            **plain,
            "PORT": str(port),
            "API_REQUESTS_PER_MINUTE": "1000000",
            "DATABASE_URL": paths.database_url_of(data, paths.APP_ROLE),
            "DATABASE_OWNER_URL": paths.database_url_of(data, paths.OWNER_ROLE),
            "REDIS_URL": paths.redis_url_of(data),
        }
        own = {n: v for n, v in self.environment.items() if n not in names}
        self._prepare(own)
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "advocacy.embedded", "up", "--data", str(data)],
                cwd=paths.ROOT,
                env=own,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _prepare(self, environment: dict[str, str]) -> None:
        """A small tenant under the demo's address: making a year of history takes too long."""
        run = [sys.executable, "-m", "advocacy.embedded", "run", "--data", str(self.data), "--"]
        manage = [sys.executable, "manage.py"]
        admin = ["--admin-email", "ada@example.com", "--admin-name", "Ada"]
        for command in (
            ["migrate", "--database", "owner", "--verbosity", "0"],
            ["create_tenant", "--name", "Load", "--slug", "demo", *admin],
        ):
            subprocess.run([*run, *manage, *command], cwd=paths.ROOT, env=environment, check=True)

    def healthy(self) -> bool:
        """Whether all five say so."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def token(self) -> str:
        """A program's way in."""
        made = subprocess.run(
            [sys.executable, "manage.py", "create_token", "--tenant", "demo", "--role", "admin"],
            cwd=paths.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found = re.search(r"adv_[\w-]+", made.stdout)
        assert found, made.stdout
        return found[0]

    def children(self, name: str) -> list[int]:
        """The process the supervisor has started under a name."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                words = (stat.parent / "cmdline").read_text().split("\0")
            except OSError:
                continue
            if parent == self.process.pid and name in words:
                found.append(int(stat.parent.name))
        return found


class Load:
    """Clients that write and read without a pause; what each was answered."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.statuses: dict[str, int] = {}
        self.made: list[str] = []
        self.bare: list[str] = []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(n,)) for n in range(THREADS)]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Status and body; 0 when nobody answered."""
        data = json.dumps(body).encode() if body else None
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            if refused.code == 503 and not refused.headers["Retry-After"]:
                self.bare.append(path)
            return refused.code, refused.read()
        except (OSError, ValueError):
            return 0, b""

    def _run(self, number: int) -> None:
        turn = 0
        while not self.over.is_set():
            turn += 1
            status, answer = self.ask("/api/v1/accounts/", {"name": f"Load {number}-{turn}"})
            if status == 201:
                self.made.append(json.loads(answer)["id"])
            page, _answer = self.ask("/sign-in/" if turn % 2 else "/api/v1/accounts/?page_size=1")
            for kind, code in (("write", status), ("page", page)):
                self.statuses[f"{kind} {code}"] = self.statuses.get(f"{kind} {code}", 0) + 1
            if 0 in (status, page):
                time.sleep(0.05)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """The product, ready."""
    data = tmp_path / "data"
    made = Product(data)
    try:
        wait_for(made.healthy, seconds=240, what="the product")
        yield made
    finally:
        print(made.log.read_text()[-6000:])
        if made.process.poll() is None:
            made.process.send_signal(signal.SIGTERM)
            made.process.wait(STOP_SECONDS)
        for outside in (paths.outside_store_of(data), paths.socket_dir_of(data)):
            shutil.rmtree(outside, ignore_errors=True)


def test_kills_under_load(product: Product) -> None:
    """BAD-2: all is back by itself, nothing acknowledged is lost, all else was a 503 or nobody."""
    with Load(product.url, product.token()) as load:
        for kill in ("postgres", "redis", "both", "web", "worker", "beat"):
            enough = len(load.made) + 20
            wait_for(lambda enough=enough: len(load.made) >= enough, seconds=60)
            began = time.monotonic()
            for victim in _victims(product, kill):
                os.kill(victim, signal.SIGKILL)
            enough = len(load.made) + 20
            wait_for(lambda enough=enough: len(load.made) >= enough, seconds=30, what=kill)
            print(f"{kill}: writes again after {time.monotonic() - began:.1f} s", load.statuses)
            wait_for(product.healthy, seconds=40, what=f"{kill}: health")
            print(f"{kill}: healthy after {time.monotonic() - began:.1f} s")
    wrong = [
        answer
        for answer in load.statuses
        if not re.fullmatch(r"(write|page) (0|503)|write 201|page 200", answer)
    ]
    assert not wrong, load.statuses
    assert not load.bare
    assert load.statuses.get("write 503")
    for pk in load.made:
        assert load.ask(f"/api/v1/accounts/{pk}/")[0] == 200, pk
    began = time.monotonic()
    product.process.send_signal(signal.SIGINT)
    assert product.process.wait(STOP_SECONDS) == 0
    assert time.monotonic() - began < STOP_SECONDS
    assert not leftovers(product.data)


def _victims(product: Product, kill: str) -> list[int]:
    services = {"postgres": "postgres/postmaster.pid", "redis": "redis/redis.pid"}
    if kill == "both":
        return [pid_of(product.data, file) for file in services.values()]
    if kill in services:
        return [pid_of(product.data, services[kill])]
    return product.children({"web": "gunicorn"}.get(kill, kill))
