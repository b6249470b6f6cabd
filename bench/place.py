"""Where benchmarks run: a database of its own with one scaled tenant, and a server beside it."""

import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from advocacy.tenancy.models import Membership, Tenant
from demo.scale import make_scaled_tenant

ADDRESS = "127.0.0.1"
#: As ``make run`` and the container start it.
WORKERS, THREADS = 2, 4
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large everything is, and where."""

    advocates: int
    completions: int
    rounds: int
    #: HTTP requests a round, and how many clients share them.
    requests: int
    clients: int
    #: Asks sent at one advocate.
    asks: int
    #: Another database than the tests', which may be running.
    database: str


@dataclass(frozen=True, slots=True)
class Place:
    """The scaled tenant, somebody of each role, and the sizes."""

    tenant: Tenant
    staff: Mapping[str, Membership]
    sizes: Sizes


@contextmanager
def a_database(name: str) -> Iterator[None]:
    """A fresh database in which the application's role works; dropped at the end."""
    for alias in ("default", "owner"):
        connections[alias].settings_dict["TEST"]["NAME"] = name
    made = setup_databases(
        verbosity=0, interactive=False, aliases=["default", "owner"], serialized_aliases=[]
    )
    try:
        yield
    finally:
        connections.close_all()
        teardown_databases(made, verbosity=0)


@contextmanager
def a_place(sizes: Sizes) -> Iterator[Place]:
    """A database filled by ``seed_demo --scale``'s own code."""
    with a_database(sizes.database):
        start = time.perf_counter()
        filled = make_scaled_tenant(
            people=sizes.advocates, slug="bench", name="Proseware", seed=1, say=_say
        )
        counts = ", ".join(f"{count:,} {what}" for what, count in filled.counts.items())
        _say(f"filled in {time.perf_counter() - start:.0f} s: {counts}")
        analyze()
        staff = {member.role: member for member in filled.sign_ins}
        yield Place(filled.tenant, staff, sizes)


def _say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def analyze() -> None:
    """Statistics, as autovacuum would have made them by now; the owner's business."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def machine() -> list[str]:
    """What the figures were measured on, as a list in Markdown."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgresql = cursor.fetchone()[0].split()[0]
    cores = len(os.sched_getaffinity(0))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    versions = ", ".join(
        [
            f"Python {platform.python_version()}",
            f"Django {version('django')}",
            f"PostgreSQL {postgresql}",
            f"gunicorn {version('gunicorn')} with {WORKERS} workers of {THREADS} threads",
        ]
    )
    return [
        f"- {time.strftime('%-d %B %Y')}, {cores} cores, {platform.system()} {platform.machine()}",
        f"- {versions}",
        f"- load of the machine over the last 1, 5 and 15 minutes: {load}",
    ]


# -- the server ----------------------------------------------------------------------------------


def database_url() -> str:
    """The application's way to the benchmark's database, for another process."""
    found = connections["default"].settings_dict
    password = f":{quote(found['PASSWORD'], safe='')}" if found["PASSWORD"] else ""
    port = f":{found['PORT']}" if found["PORT"] else ""
    return (
        f"postgresql://{found['USER']}{password}@{quote(found['HOST'], safe='')}{port}"
        f"/{found['NAME']}"
    )


@dataclass(frozen=True, slots=True)
class Server:
    """gunicorn on loopback; ``bodies`` is where the bare views find what they answer."""

    port: int
    bodies: Path


@contextmanager
def a_server() -> Iterator[Server]:
    """The product under gunicorn with production's settings, on loopback."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": ADDRESS,
            "PUBLIC_URL": f"http://{ADDRESS}:{port}",
            "API_REQUESTS_PER_MINUTE": "100000000",
            "LOG_LEVEL": "WARNING",
            "BENCH_BODIES": folder,
        }
        command = [
            *(sys.executable, "-m", "gunicorn", "advocacy.wsgi:application"),
            *(f"--bind={ADDRESS}:{port}", f"--workers={WORKERS}", f"--threads={THREADS}"),
            *("--log-level=warning", "--no-control-socket", "--graceful-timeout=2"),
        ]
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
        try:
            _await(process, port)
            yield Server(port, Path(folder))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _await(process: subprocess.Popen[Any], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client = HTTPConnection(ADDRESS, port, timeout=_START_SECONDS)
            client.request("GET", "/bare/none/")
            client.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server under measurement did not start")
