"""What one request may bring and take (BAD-1)."""

import threading
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from advocacy import serving


@pytest.mark.django_db
def test_a_body_too_long_is_not_read(settings: Settings) -> None:
    """BAD-1: on any address, of anybody, before its first byte is kept; with a sentence."""
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    client = Client(enforce_csrf_checks=True)
    # Without the cookie nobody looks for the token, and the body is not read at all.
    client.cookies["csrftoken"] = "x" * 32
    large = SimpleUploadedFile("x.bin", b"x" * 1024 * 1024)
    answer = client.post("/sign-in/", {"file": large})
    assert answer.status_code == 400
    assert "at most 1 MB and 20 files" in answer.content.decode()
    many = {f"f{n}": SimpleUploadedFile("x.bin", b"x") for n in range(21)}
    answer = client.post("/sign-in/", many)
    assert answer.status_code == 400
    assert "at most 1 MB and 20 files" in answer.content.decode()


class _Worker:
    alive = True


def _end_of(work: Any, monkeypatch: pytest.MonkeyPatch, **limits: float) -> bool:
    """Whether a process goes on with a request that does something for a second."""
    for name, value in limits.items():
        monkeypatch.setattr(serving, name, value)
    monkeypatch.setattr(serving, "LOOK_EVERY", 0.05)
    worker = _Worker()
    over = threading.Event()

    def request() -> None:
        serving.pre_request(worker, None)
        ends = time.monotonic() + 1.5
        while time.monotonic() < ends and worker.alive:
            work()
        serving.post_request(worker, None, {}, None)
        over.set()

    threading.Thread(target=request).start()
    watcher = threading.Thread(target=serving.watch, args=(worker,))
    watcher.start()
    assert over.wait(10)
    alive, worker.alive = worker.alive, False
    watcher.join(5)
    return alive


def test_a_request_that_takes_too_much_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1: gunicorn's own limit does not see a busy thread; ours counts what it takes."""
    assert not _end_of(lambda: sum(range(10_000)), monkeypatch, REQUEST_CPU=0.1)
    assert _end_of(lambda: time.sleep(0.01), monkeypatch, REQUEST_CPU=0.5), "waiting is no work"
    assert not _end_of(lambda: time.sleep(0.01), monkeypatch, REQUEST_WALL=0.2)
    assert serving._under_way == {}


def test_gunicorn_takes_the_configuration() -> None:
    """BAD-1: every name is one that gunicorn knows, with a value that it accepts."""
    from gunicorn.app.wsgiapp import WSGIApplication

    class Application(WSGIApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.load_config_from_module_name_or_filename("python:advocacy.serving")

    cfg = Application().cfg
    assert (cfg.worker_class_str, cfg.workers, cfg.threads) == ("gthread", 2, 4)
    assert (cfg.timeout, cfg.limit_request_fields) == (30, 100)
    assert cfg.post_worker_init is serving.post_worker_init
