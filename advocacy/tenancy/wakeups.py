"""Waking the sweeper sooner than it would wake by itself.

A wake-up is a Celery message and nothing more: the truth is a row with a due time, and the
sweeper finds it within seconds when the message is lost or Redis is down. So a request never
fails, and never waits long, because of the broker.
"""

import logging
import time
import uuid
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from kombu import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

TASK = "advocacy.sweep"
#: Seconds a request waits for the broker at most, and seconds it is then left alone.
PATIENCE = 1
REST = 5

_rest_until = 0.0


@dataclass(frozen=True, slots=True)
class _WakeUp:
    """Runs after the commit; equal wake-ups of one transaction are sent once."""

    sweep: str
    tenant_id: uuid.UUID

    def __call__(self) -> None:
        _send(self.sweep, self.tenant_id)


def wake(sweep: str, tenant_id: uuid.UUID) -> None:
    """Have a sweep look at one tenant as soon as the transaction commits.

    Never raises for the broker's sake, not even when it is down or hangs.
    """
    wake_up = _WakeUp(sweep, tenant_id)
    if any(waiting[1] == wake_up for waiting in connection.run_on_commit):
        return
    transaction.on_commit(wake_up, robust=True)


def _send(sweep: str, tenant_id: uuid.UUID) -> None:
    global _rest_until  # noqa: PLW0603 - one breaker per process
    if time.monotonic() < _rest_until:
        return
    # Celery's own connection retries for a long while, which suits a worker and not a request.
    options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "max_retries": 0,
        "socket_timeout": PATIENCE,
        "socket_connect_timeout": PATIENCE,
    }
    try:
        with Connection(  # type: ignore[no-untyped-call]
            settings.CELERY_BROKER_URL, connect_timeout=PATIENCE, transport_options=options
        ) as broker:
            current_app.send_task(
                TASK,
                args=[sweep, str(tenant_id)],
                connection=broker,
                retry=False,
                expires=60,
                ignore_result=True,
            )
    except (OSError, KombuError, RedisError) as error:
        _rest_until = time.monotonic() + REST
        log.warning("no wake-up for %s, the sweeper will find the work: %s", sweep, error)
