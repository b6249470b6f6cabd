"""``GET /healthz`` says what is missing, and never keeps anybody waiting (architecture, 7)."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connections
from django.test import Client

from advocacy import heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _processes(settings: LazySettings, worker_id: str) -> Iterator[None]:
    """Worker and beat seem alive; each test process has a Redis database of its own."""
    number = int(worker_id.removeprefix("gw")) % 14 + 1 if worker_id != "master" else 14
    url = settings.REDIS_URL.rpartition("=")[0] + f"={number}"
    settings.REDIS_URL = url
    for process in heartbeat.PROCESSES:
        heartbeat.send(process)
    yield
    settings.REDIS_URL = url
    heartbeat.forget()


def test_all_alive_is_200(client: Client) -> None:
    """Everything there: 200, and four words."""
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "redis": "ok", "worker": "ok", "beat": "ok"},
    }
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("process", heartbeat.PROCESSES)
def test_a_silent_process_is_named(client: Client, process: heartbeat.Process) -> None:
    """A worker or beat without a sign of life makes it 503, and only that one is blamed."""
    heartbeat.forget()
    for other in heartbeat.PROCESSES:
        if other != process:
            heartbeat.send(other)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    states = answer.json()["checks"]
    assert [name for name, state in states.items() if state != "ok"] == [process]


def test_signs_of_life_expire() -> None:
    """A process that died is noticed within half a minute: its key cannot outlive that."""
    with heartbeat.client() as redis:
        for key in redis.keys("advocacy:alive:*"):
            assert 0 < redis.ttl(key) <= 30


def test_redis_away_is_named(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    """Without Redis it is 503 at once, and nobody guesses about worker and beat."""
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock?db=0"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "database": "ok",
        "redis": "failed",
        "worker": "unknown",
        "beat": "unknown",
    }


def test_redis_that_hangs_does_not_hang_us(client: Client, settings: LazySettings) -> None:
    """A server that accepts and stays silent counts as failed after a second."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        assert client.get("/healthz").json()["checks"]["redis"] == "failed"


def test_database_away_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the database it is 503, and the rest is still looked at."""
    monkeypatch.setitem(connections["default"].settings_dict, "HOST", str(tmp_path))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    states = answer.json()["checks"]
    assert states == {"database": "failed", "redis": "ok", "worker": "ok", "beat": "ok"}


def test_only_looking_is_allowed(client: Client) -> None:
    """Nothing can be sent to it."""
    assert client.post("/healthz").status_code == 405
