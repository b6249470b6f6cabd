"""Sweeps: things that must happen, found by their due time (architecture, section 4).

An app registers a sweep in its ``AppConfig.ready()``. Celery's beat asks for each of them every
few seconds, ``wakeups.wake`` asks sooner, ``manage.py sweep`` asks without Celery. None of them
matters on its own: who asks twice finds nothing left to do, who never asks is made good for by
the next.
"""

import logging
import random
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection

from advocacy import clock
from advocacy.tenancy.lookups import tenants_due
from advocacy.tenancy.models import ScheduleFiring, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.wakeups import TASK

log = logging.getLogger(__name__)

#: How often a sweep looks when it does not say otherwise. Whatever is due starts within 15 s.
EVERY_SECONDS = 10
#: How often a daily schedule is looked at.
SCHEDULE_SECONDS = 60
#: Stands for the tenant of work that belongs to none.
NOWHERE = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What to do for the tenants that have work."""

    name: str
    tenants: Callable[[], Iterable[uuid.UUID]]
    handler: Callable[[uuid.UUID], object]
    every_seconds: int
    why: str
    own_transactions: bool


_sweeps: dict[str, Sweep] = {}


def register_sweep(
    name: str,
    due_function: str,
    handler: Callable[[uuid.UUID], object],
    *,
    why: str,
    every_seconds: int = EVERY_SECONDS,
    own_transactions: bool = False,
) -> None:
    """Run ``handler(tenant_id)`` for every tenant that ``due_function`` lists.

    ``due_function`` is made by ``lookups.due_function`` in a migration. The handler runs in the
    tenant's scope and in one transaction. With ``own_transactions`` it runs outside any and opens
    scopes itself; that is for work that talks to the outside.

    A handler must be harmless when it runs twice at the same time, and must not let one poisoned
    row hold up the others: ``stuck.work_through`` does each in a savepoint, puts off what fails and
    shows what was given up.
    """
    _add(
        Sweep(
            name, partial(tenants_due, due_function), handler, every_seconds, why, own_transactions
        )
    )


def register_global_sweep(
    name: str,
    handler: Callable[[], object],
    *,
    why: str,
    every_seconds: int = EVERY_SECONDS,
) -> None:
    """Run ``handler()`` for tables that belong to no tenant; ``wake(name, NOWHERE)`` asks sooner.

    It runs outside any scope and transaction, so a tenant's rows are out of its reach.
    """
    _add(
        Sweep(
            name,
            lambda: [NOWHERE],
            lambda _nowhere: handler(),
            every_seconds,
            why,
            own_transactions=True,
        )
    )


def register_schedule(
    name: str, handler: Callable[[uuid.UUID], object], *, hour: int, why: str
) -> None:
    """Run ``handler(tenant_id)`` once a day, from ``hour`` o'clock of the tenant's time zone on.

    The handler runs in the tenant's scope and in the transaction that writes down that the day's
    run took place, so two beats run it once. After an outage it runs once, late, however many
    days were missed.
    """
    _add(
        Sweep(
            name,
            partial(tenants_due, "tenants_with_schedule_due", name, hour),
            partial(_fire, name, hour, handler),
            SCHEDULE_SECONDS,
            why,
            own_transactions=False,
        )
    )


def _add(sweep: Sweep) -> None:
    if sweep.name in _sweeps:
        raise ValueError(f"a sweep named {sweep.name!r} is registered already")
    _sweeps[sweep.name] = sweep


def _fire(
    schedule: str, hour: int, handler: Callable[[uuid.UUID], object], tenant_id: uuid.UUID
) -> None:
    zone = Tenant.objects.get(pk=tenant_id).zone
    local = clock.now().astimezone(zone)
    # The latest day on which this hour has come.
    day = local.date() if local.hour >= hour else local.date() - timedelta(days=1)
    firing = ScheduleFiring(schedule=schedule, day=day)
    # Another beat's row makes this one wait for it, and then do nothing.
    ScheduleFiring.objects.bulk_create([firing], ignore_conflicts=True)
    if ScheduleFiring.objects.filter(pk=firing.pk).exists():
        handler(tenant_id)


def sweeps() -> list[Sweep]:
    """Every registered sweep, by name."""
    return [_sweeps[name] for name in sorted(_sweeps)]


def run_sweep(name: str, tenant_id: uuid.UUID | None = None) -> int:
    """Run one sweep for the tenants with work, or for one; returns how many of them failed.

    A failing tenant is logged and keeps nobody else from their turn; its transaction is undone,
    so the next sweep finds its work again. Raises ``LookupError`` for an unknown name.
    """
    try:
        sweep = _sweeps[name]
    except KeyError:
        raise LookupError(f"there is no sweep named {name!r}") from None
    tenants = [tenant_id] if tenant_id else list(sweep.tenants())
    # A tenant with a mountain of work must not always come before the same others.
    random.shuffle(tenants)
    failures = 0
    for each in tenants:
        try:
            _run_for(sweep, each)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            failures += 1
            log.exception("sweep %s failed for tenant %s", name, each)
            connection.close_if_unusable_or_obsolete()
    return failures


def _run_for(sweep: Sweep, tenant_id: uuid.UUID) -> None:
    if sweep.own_transactions:
        sweep.handler(tenant_id)
    else:
        with tenant_scope(tenant_id):
            sweep.handler(tenant_id)


def beat_schedule() -> dict[str, dict[str, object]]:
    """The sweeps as Celery's beat wants them.

    A message nobody took before the next one was due is dropped, so that a worker coming back
    after a long while does not find a heap of them.
    """
    return {
        f"sweep {sweep.name}": {
            "task": TASK,
            "schedule": float(sweep.every_seconds),
            "args": [sweep.name],
            "options": {"expires": sweep.every_seconds},
        }
        for sweep in sweeps()
    }
