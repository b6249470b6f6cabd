"""Background work runs inside one tenant at a time, set explicitly (TEN-4)."""

import logging
import uuid
from typing import Any

from celery import Task, shared_task
from django.db import DatabaseError, InterfaceError, connection

from advocacy.tenancy.outage import is_away
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep
from advocacy.tenancy.wakeups import TASK

log = logging.getLogger(__name__)


class TenantTask(Task):  # type: ignore[misc]
    """A task whose first argument is the tenant's id; it opens the scope, or fails.

    The remaining arguments are ids as strings. A message is only a wake-up: the truth is a row
    with a due time, and a task that runs twice or never changes nothing that a sweep would not
    put right.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run inside the tenant; a task without one raises ``TypeError``."""
        if not args:
            raise TypeError(f"{self.name} was called without a tenant")
        with tenant_scope(uuid.UUID(str(args[0]))):
            return super().__call__(*args, **kwargs)


@shared_task(name=TASK)  # type: ignore[untyped-decorator]
def sweep(name: str, tenant_id: str | None = None) -> None:
    """Run one sweep; ``wakeups.wake`` and the beat ask for it."""
    try:
        run_sweep(name, uuid.UUID(tenant_id) if tenant_id else None)
    except (DatabaseError, InterfaceError) as error:
        if not is_away(error):
            raise
        # The next one finds the same work.
        connection.close()
        log.warning("no sweep %s, the database is away: %s", name, str(error).strip())
