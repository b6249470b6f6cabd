"""Every tenant table, by enumeration: no scope, foreign reads, writes and references."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg2.errors
import pytest
from django.db import DatabaseError, connection, models, transaction

from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.constraints import AppendOnly
from advocacy.tenancy.database import withheld_privileges
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import NoTenantScope, tenant_scope
from tests.contracts.samples import sample, tenant_models
from tests.support.database import owner_connection

MODELS = tenant_models()
APPEND_ONLY = [
    model
    for model in MODELS
    if any(isinstance(constraint, AppendOnly) for constraint in model._meta.constraints)
]
WITHHELD = withheld_privileges()
REFERENCES = [
    (model, field)
    for model in MODELS
    for field in model._meta.local_fields
    if isinstance(field, TenantForeignKey)
]

#: Tables with a guard of their own, and the values that take a row past it to the walls.
GUARDED: dict[str, dict[str, Any]] = {
    "advocates.Participation": {"origin": "outside"},
    "benefits.PointEntry": {"source": "hand", "points": 1, "reverses": None},
}
#: Whose guard nothing gets past: it looks for the person in the row's tenant, before policies do.
ALWAYS_GUARDED = {"advocates.PoolInvitation"}
#: A reference that a CHECK allows only together with other columns.
COMPANIONS: dict[tuple[str, str], dict[str, Any]] = {
    ("people.Invitation", "accepted_as"): {"accepted_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ("activities.Repurposing", "derived"): {"state": "begun"},
    # It is an advocate's or a colleague's.
    ("advocates.PilotVoice", "member"): {"advocate_id": None},
}


def label(value: Any) -> str | None:
    """Readable parameter ids."""
    if isinstance(value, type):
        return value._meta.label  # type: ignore[attr-defined,no-any-return]
    return value.name if isinstance(value, models.Field) else None


def run(sql: str, *parameters: Any) -> int:
    """Execute raw SQL as the application role; returns the rows touched or found."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


@contextmanager
def refused(*causes: type[Exception]) -> Iterator[None]:
    """PostgreSQL refuses for one of these causes."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
    assert isinstance(caught.value.__cause__, causes), caught.value


def table_of(model: type[TenantModel]) -> str:
    """The quoted table name."""
    return connection.ops.quote_name(model._meta.db_table)


def copy_row(row: TenantModel, **changes: Any) -> int:
    """INSERT a copy of a row, given new values for some columns."""
    fields = [f for f in row._meta.concrete_fields if not getattr(f, "generated", False)]
    columns = [connection.ops.quote_name(field.column) for field in fields]
    values, parameters = [], []
    for field, column in zip(fields, columns, strict=True):
        if field.column in changes:
            values.append(f"%s::{field.db_type(connection)}")
            parameters.append(changes[field.column])
        else:
            values.append(column)
    table = table_of(type(row))
    return run(
        f"INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM {table} WHERE id = %s",
        *parameters,
        row.pk,
    )


def fresh_unique_values(row: TenantModel) -> dict[str, Any]:
    """Other values for the columns of unique constraints, so that a copy collides with none."""
    changes: dict[str, Any] = {}
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            for name in constraint.fields:
                field = row._meta.get_field(name)
                value = getattr(row, field.attname)
                if isinstance(field, models.ForeignKey):
                    continue
                if isinstance(value, bool):
                    continue
                if isinstance(value, int):
                    changes[field.column] = value + 1000
                elif isinstance(value, uuid.UUID):
                    changes[field.column] = uuid7()
                elif isinstance(value, datetime | date):
                    changes[field.column] = value + timedelta(days=1000)
                elif isinstance(value, str):
                    changes[field.column] = uuid7().hex[: field.max_length]
    return changes


def may(model: type[TenantModel], privilege: str) -> bool:
    """Whether the application's role may do this to the table at all."""
    return privilege not in WITHHELD.get(model._meta.db_table, ())


def past_guard(model: type[TenantModel]) -> dict[str, Any]:
    """Values of :data:`GUARDED`; nothing for most tables."""
    return GUARDED.get(model._meta.label, {})


@pytest.fixture
def other(large: Tenant) -> Tenant:
    """The tenant that is a stranger to the own one, ``small``; both have rows in every table."""
    return large


@pytest.fixture
def in_scope(db: None, small: Tenant, other: Tenant) -> Callable[[bool], Any]:
    """``in_scope(own)``: the own tenant's scope, or the other's."""
    return lambda own: tenant_scope(small if own else other)


def one(model: type[TenantModel]) -> TenantModel:
    """A row of the open scope's tenant."""
    row: TenantModel = model._default_manager.first() or sample(model)
    return row


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_no_scope_is_an_error(model: type[TenantModel], in_scope: Callable[[bool], Any]) -> None:
    """TEN-1.b: without a scope ORM and SQL raise; they never answer with all or nothing."""
    with in_scope(True):
        one(model)
    for read in (
        lambda: model._default_manager.count(),
        lambda: list(model._base_manager.all()),
        lambda: model._default_manager.update(tenant_id=None),
        lambda: model._default_manager.filter(pk=uuid7()).exists(),
    ):
        with pytest.raises(NoTenantScope), transaction.atomic():
            read()
    unset = (psycopg2.errors.UndefinedObject, psycopg2.errors.InvalidTextRepresentation)
    with refused(*unset):
        run(f"SELECT * FROM {table_of(model)}")
    with refused(*unset, psycopg2.errors.InsufficientPrivilege):
        run(f"DELETE FROM {table_of(model)}")


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_another_tenant_sees_and_changes_nothing(
    model: type[TenantModel], in_scope: Callable[[bool], Any], other: Tenant
) -> None:
    """TEN-1.a: reads find nothing, writes reach nothing, no row can be put or moved elsewhere."""
    changeable = may(model, "UPDATE") and may(model, "DELETE")
    with in_scope(True):
        row = one(model)
        assert model._default_manager.filter(pk=row.pk).exists()
    table = table_of(model)
    with in_scope(False):
        assert not model._default_manager.filter(pk=row.pk).exists()
        assert run(f"SELECT 1 FROM {table} WHERE id = %s", row.pk) == 0
        if changeable:
            assert model._default_manager.filter(pk=row.pk).update(tenant_id=other.pk) == 0
            assert run(f"UPDATE {table} SET id = id WHERE id = %s", row.pk) == 0
            assert run(f"DELETE FROM {table} WHERE id = %s", row.pk) == 0
    with in_scope(True):
        guard = [psycopg2.errors.CheckViolation] if model._meta.label in ALWAYS_GUARDED else []
        with refused(psycopg2.errors.InsufficientPrivilege, *guard):
            copy_row(row, tenant_id=other.pk, id=uuid7(), **past_guard(model))
        if changeable:
            own_guard = [psycopg2.errors.CheckViolation] if past_guard(model) else []
            with refused(psycopg2.errors.InsufficientPrivilege, *own_guard):
                run(
                    f"UPDATE {table} SET tenant_id = %s WHERE id = %s",
                    other.pk,
                    row.pk,
                )
        assert model._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("model", "field"), REFERENCES, ids=label)
def test_another_tenants_row_cannot_be_referred_to(
    model: type[TenantModel], field: TenantForeignKey, in_scope: Callable[[bool], Any]
) -> None:
    """TEN-2.a: the id of a foreign row is refused as if it did not exist."""
    with in_scope(True):
        foreign = one(field.related_model)
    with in_scope(False):
        row = one(model)
        # Where it may not write at all, the owner's function has to keep to the foreign key.
        wall = psycopg2.errors.ForeignKeyViolation
        with refused(wall if may(model, "INSERT") else psycopg2.errors.InsufficientPrivilege):
            if not may(model, "UPDATE") or past_guard(model):
                changes = {**fresh_unique_values(row), **past_guard(model)}
                copy_row(row, **{**changes, "id": uuid7(), field.column: foreign.pk})
            else:
                changes = {
                    field.column: foreign.pk,
                    **COMPANIONS.get((model._meta.label, field.name), {}),
                }
                columns = ", ".join(f"{column} = %s" for column in changes)
                run(
                    f"UPDATE {table_of(model)} SET {columns} WHERE id = %s",
                    *changes.values(),
                    row.pk,
                )


@pytest.mark.parametrize(
    ("table", "privilege"),
    [(table, one) for table, withheld in sorted(WITHHELD.items()) for one in sorted(withheld)],
)
def test_withheld_privileges_are_denied(
    in_scope: Callable[[bool], Any], table: str, privilege: str
) -> None:
    """AUD-1, AUD-2: PostgreSQL denies them to the application, whatever the rows."""
    statement = {
        "INSERT": f"INSERT INTO {table} DEFAULT VALUES",
        "UPDATE": f"UPDATE {table} SET id = id",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table}",
    }[privilege]
    with pytest.raises(DatabaseError, match=f"permission denied for table {table}"):
        with in_scope(True), transaction.atomic():
            run(statement)


@pytest.mark.parametrize("model", APPEND_ONLY, ids=label)
def test_append_only_tables_refuse_changes(
    model: type[TenantModel], in_scope: Callable[[bool], Any]
) -> None:
    """AUD-1.c: UPDATE and DELETE raise for the application, and for the owner as well."""
    table = table_of(model)
    with in_scope(True):
        row = one(model)
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with refused(psycopg2.errors.InsufficientPrivilege):
                run(statement)
            with owner_connection() as owner, owner.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
                with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="append-only"):
                    cursor.execute(statement)
        assert model._default_manager.filter(pk=row.pk).exists()
