"""Signs of life of the worker and of beat, kept in Redis and gone soon after their process.

Each comes from the loop that does the work, not from a thread beside it: a loop that hangs
stops saying that it is alive.
"""

import logging
from typing import Any, Literal

import redis
from celery import bootsteps
from celery.beat import PersistentScheduler
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

Process = Literal["worker", "beat"]
PROCESSES: tuple[Process, ...] = ("worker", "beat")
EVERY_SECONDS = 5
EXPIRES_SECONDS = 30
# A health check must answer soon and a worker must go on, so Redis gets one short try.
TIMEOUT_SECONDS = 1

logger = logging.getLogger(__name__)


def client() -> "redis.Redis":
    """A Redis client that gives up within a second or so; close it after use."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def send(process: Process) -> None:
    """Say that a process is alive; Redis being away is logged, never raised."""
    try:
        with client() as connection:
            connection.set(_key(process), "1", ex=EXPIRES_SECONDS)
    except redis.RedisError as error:
        logger.warning("No heartbeat of the %s: %s", process, error)


def alive(connection: "redis.Redis") -> dict[Process, bool]:
    """Which processes gave a sign of life within the last 30 seconds.

    Raises:
        redis.RedisError: Redis does not answer.
    """
    found: Any = connection.mget([_key(process) for process in PROCESSES])
    return {process: value is not None for process, value in zip(PROCESSES, found, strict=True)}


def forget() -> None:
    """Drop all signs of life.

    Raises:
        redis.RedisError: Redis does not answer.
    """
    with client() as connection:
        connection.delete(*(_key(process) for process in PROCESSES))


def _key(process: Process) -> str:
    return f"advocacy:alive:{process}"


class BeatScheduler(PersistentScheduler):
    """The stock scheduler, which says with every look at the schedule that beat is alive."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One look at the schedule; returns the seconds until the next."""
        delay = super().tick(*args, **kwargs)
        send("beat")
        return min(delay, EVERY_SECONDS)


class WorkerHeartbeat(bootsteps.StartStopStep):
    """A timer in the worker's own event loop.

    It belongs to the consumer, so it stops with a lost broker connection and starts with the next.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.timer: Any = None

    def start(self, parent: Any) -> None:
        """Say so now and every few seconds."""
        send("worker")
        self.timer = parent.timer.call_repeatedly(EVERY_SECONDS, send, ("worker",))

    def stop(self, parent: Any) -> None:
        """Say no more."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
