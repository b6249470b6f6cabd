"""Clients on keep-alive connections: how many requests a second, and what came back."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median

from bench.place import ADDRESS

_TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of calls came to. ``latency`` is the median, in seconds."""

    seconds: float
    latency: float
    statuses: Counter[int]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.statuses.total() / self.seconds


def fetch(port: int, call: Call) -> tuple[int, bytes]:
    """Send one; its status and body."""
    connection = HTTPConnection(ADDRESS, port, timeout=_TIMEOUT)
    try:
        connection.request(call.method, call.path, call.body, dict(call.headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def drive(port: int, calls: Sequence[Call], clients: int) -> Round:
    """Send all calls, shared among so many clients that start together."""
    statuses: Counter[int] = Counter()
    latencies: list[float] = []

    def client(own: Sequence[Call]) -> None:
        connection = HTTPConnection(ADDRESS, port, timeout=_TIMEOUT)
        for call in own:
            start = time.perf_counter()
            connection.request(call.method, call.path, call.body, dict(call.headers))
            answer = connection.getresponse()
            answer.read()
            latencies.append(time.perf_counter() - start)
            statuses[answer.status] += 1
        connection.close()

    seconds = together([lambda own=calls[n::clients]: client(own) for n in range(clients)])
    return Round(seconds, median(latencies), statuses)


def together(works: Sequence[Callable[[], None]]) -> float:
    """Seconds until all of them are through; they start at once. The first failure is raised."""
    gate = threading.Barrier(len(works) + 1)
    failures: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        gate.wait()
        try:
            work()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    gate.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if failures:
        raise failures[0]
    return seconds
