"""The scope of one tenant: a context variable for Python and a transaction-local setting for
PostgreSQL, which its row-level security policies read (TEN-1, TEN-4).
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

if TYPE_CHECKING:
    from advocacy.tenancy.models import Tenant


class NoTenantScope(RuntimeError):
    """A tenant's rows were asked for outside any scope; answering would mean guessing whose."""


_current: ContextVar[uuid.UUID | None] = ContextVar("tenant", default=None)
_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


def current_tenant_id() -> uuid.UUID:
    """The tenant of the innermost scope; raises :class:`NoTenantScope` outside any."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise NoTenantScope("no tenant scope is open; wrap the work in tenant_scope(tenant)")
    return tenant_id


def in_scope() -> bool:
    """Whether a scope is open here."""
    return _current.get() is not None


def kept_in_scope() -> dict[str, Any]:
    """What was read once for the whole scope, by name; gone when the scope ends or fails.

    A scope inside another one of the same tenant shares it.
    """
    kept = _kept.get()
    if kept is None:
        raise NoTenantScope("no tenant scope is open; wrap the work in tenant_scope(tenant)")
    return kept


def _write_setting(tenant_id: uuid.UUID | None, *, read_only: bool = False) -> None:
    # A literal, not a parameter of set_config(): a Citus coordinator forwards SET LOCAL to its
    # workers. The value is a UUID's own rendering, so there is nothing to inject.
    #
    # Joins are made in the order in which they are written, which follows the foreign keys. Left
    # to choose, the planner joins tables on the tenant alone wherever its statistics do not know
    # a tenant yet (one that imported this minute) and so expect a row of each: the product of
    # everything in the tenant, minutes instead of milliseconds.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL app.tenant_id = '{tenant_id or ''}'; SET LOCAL join_collapse_limit = 1"
            + ("; SET LOCAL transaction_read_only = on" if read_only else "")
        )


@contextmanager
def tenant_scope(
    tenant: "Tenant | uuid.UUID", *, read_only: bool = False, snapshot: bool = False
) -> Iterator[uuid.UUID]:
    """Run a block inside one tenant, in a transaction of its own (or a savepoint when nested).

    On a normal exit the setting before it is put back, because a released savepoint keeps what
    was set in it; on an error PostgreSQL puts it back itself. ``read_only`` makes PostgreSQL
    refuse writes and rolls the block back at its end, since there is nothing to keep. With
    ``snapshot`` the whole block sees the data of one moment; only the outermost scope can. Never
    wrap the ``yield`` of a generator in a scope: the scope would leak into its consumer.
    """
    tenant_id = tenant if isinstance(tenant, uuid.UUID) else tenant.pk
    if not isinstance(tenant_id, uuid.UUID):
        raise TypeError(f"a tenant scope needs a Tenant or its UUID, not {tenant_id!r}")
    before = _current.get()
    with transaction.atomic():
        if snapshot:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _write_setting(tenant_id, read_only=read_only)
        token = _current.set(tenant_id)
        outer = _kept.get()
        kept = outer if outer is not None and before == tenant_id else {}
        kept_token = _kept.set(kept)
        try:
            yield tenant_id
        except BaseException:
            # What was read in here may have been written in here, and is undone.
            kept.clear()
            raise
        finally:
            _kept.reset(kept_token)
            _current.reset(token)
        if read_only:
            transaction.set_rollback(True)
        elif not connection.needs_rollback:
            _write_setting(before)


class ScopedTenant(models.Expression):
    """The scope's tenant, looked up when the SQL is *compiled*.

    Building a queryset without a scope is fine (forms and filter sets do it at import); running
    it raises :class:`NoTenantScope`.
    """

    def __init__(self) -> None:
        super().__init__(output_field=models.UUIDField())

    def as_sql(self, compiler, connection):  # type: ignore[no-untyped-def]
        """Compile to a constant, so that the planner and a shard router see the tenant."""
        return "%s", [current_tenant_id()]

    def __repr__(self) -> str:
        return "ScopedTenant()"
