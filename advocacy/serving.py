"""How gunicorn serves the product: ``gunicorn --config python:advocacy.serving advocacy.wsgi``.

``timeout`` notices a process whose main loop stands still, nothing else: with threads the main loop
goes on while a request burns the processor or waits for ever. So each process watches its own
requests. One that takes more than its share takes its process with it, after the others in it had
``graceful_timeout`` to end; the master starts another. It cannot be interrupted alone: Python has
no safe way to end a thread.
"""

import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# --- what gunicorn reads ---------------------------------------------------------------------
worker_class = "gthread"
workers = 2
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190
# Memory that leaks somewhere is given back now and then, not by all processes at once.
max_requests = 20_000
max_requests_jitter = 2_000

# --- what we watch ---------------------------------------------------------------------------
#: Seconds of the processor that one request may take.
REQUEST_CPU = float(os.environ.get("REQUEST_CPU_SECONDS", "30"))
#: Seconds that one request may take altogether; a large upload over a slow line takes its time.
REQUEST_WALL = float(os.environ.get("REQUEST_SECONDS", "600"))
LOOK_EVERY = 1.0
#: Bytes a second at which somebody may still take a file: so much longer its request may last.
SLOWEST = 50_000

log = logging.getLogger(__name__)


def _processor_clock() -> Callable[[], float]:
    """Seconds the calling thread spends on the processor, for others to read."""
    find = getattr(time, "pthread_getcpuclockid", None)
    if find is None:
        # Not on macOS, where nobody serves others.
        return lambda: 0.0
    clock = find(threading.get_ident())
    return lambda: time.clock_gettime(clock)


@dataclass(slots=True)
class _Request:
    """A request under way in a thread."""

    cpu: Callable[[], float]
    cpu_began: float = field(init=False)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.cpu_began = self.cpu()

    @property
    def excess(self) -> str:
        """What it took too much of, "" for nothing."""
        if self.cpu() - self.cpu_began > REQUEST_CPU:
            return f"{REQUEST_CPU:.0f} s of the processor"
        if time.monotonic() - self.began > REQUEST_WALL:
            return f"{REQUEST_WALL:.0f} s"
        return ""


_under_way: dict[int, _Request] = {}


def pre_request(worker: Any, req: Any) -> None:
    """A thread begins with a request."""
    _under_way[threading.get_ident()] = _Request(_processor_clock())


def post_request(worker: Any, req: Any, environ: Any, resp: Any) -> None:
    """It is done with it."""
    _under_way.pop(threading.get_ident(), None)


def allow_for(sent: int) -> None:
    """So many bytes of a file went out in this thread's request: it may take longer for them."""
    if request := _under_way.get(threading.get_ident()):
        request.began += sent / SLOWEST


def post_worker_init(worker: Any) -> None:
    """Watch the requests of this process."""
    threading.Thread(target=watch, args=(worker,), name="request-watch", daemon=True).start()


def watch(worker: Any) -> None:
    """End the process once a request takes too much: it takes no more, and the others end."""
    while worker.alive:
        time.sleep(LOOK_EVERY)
        for request in list(_under_way.values()):
            if excess := request.excess:
                # Where it is, without its address, which may be somebody's personal link.
                log.error("a request took more than %s; its process ends", excess)
                faulthandler.dump_traceback(all_threads=True)
                worker.alive = False
                break
