"""The live schema keeps tenants apart, and the check that says so can fail."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections, models
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import isolate_apps

from advocacy.tenancy import database, schema
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.checks import _problems, check_tenant_models
from advocacy.tenancy.models import Membership


def test_the_schema_complies(db: None) -> None:
    """TEN-1.a, TEN-2.a, TEN-3.a: keys, references, policies of every table in the database."""
    assert list(schema.schema_faults(connection)) == []


@pytest.fixture
def owner(db: None) -> Iterator[Any]:
    """A connection of the owner in a transaction that is rolled back."""
    wrapper = DatabaseWrapper(dict(connections["owner"].settings_dict), "scratch")
    wrapper.ensure_connection()
    wrapper.set_autocommit(False)
    yield wrapper
    wrapper.rollback()
    wrapper.close()


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        ("CREATE TABLE stray (id int PRIMARY KEY)", "stray: no tenant_id"),
        (
            "ALTER TABLE tenancy_holiday NO FORCE ROW LEVEL SECURITY",
            "row-level security is not enabled and forced",
        ),
        (
            "CREATE POLICY loose ON tenancy_holiday USING (true)",
            "policies are not exactly isolation and owner",
        ),
        (
            "CREATE UNIQUE INDEX bad ON tenancy_holiday (name) WHERE false",
            "bad is unique without the tenant",
        ),
        ("ALTER TABLE tenancy_holiday DROP CONSTRAINT tenancy_holiday_tkey", "no primary key"),
        (
            "ALTER TABLE events_eventsubject DROP CONSTRAINT events_eventsubject_event_fk",
            "the foreign key of event is missing",
        ),
        (
            """
            CREATE UNIQUE INDEX ids ON events_event (id);
            ALTER TABLE events_eventsubject
            ADD CONSTRAINT astray FOREIGN KEY (event_id) REFERENCES events_event (id)
            """,
            "astray refers to events_event without the tenant",
        ),
        (
            """
            ALTER TABLE events_eventsubject DROP CONSTRAINT events_eventsubject_event_fk,
            ADD CONSTRAINT late FOREIGN KEY (tenant_id, event_id)
            REFERENCES events_event (tenant_id, id) DEFERRABLE
            """,
            "late must be checked at once",
        ),
        (
            "CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "SECURITY DEFINER and executable by everyone",
        ),
        (
            "GRANT UPDATE (digest) ON events_chain TO CURRENT_APPLICATION",
            "events_chain: the application's role may UPDATE and must not",
        ),
        (
            "GRANT DELETE ON events_event TO CURRENT_APPLICATION",
            "events_event: the application's role may DELETE and must not",
        ),
        ("CREATE VIEW glance AS SELECT * FROM tenancy_holiday", "must be security_invoker"),
    ],
)
def test_a_hole_is_named(owner: Any, harm: str, complaint: str) -> None:
    """TEN-3.a: the check names the table that does not comply."""
    with owner.cursor() as cursor:
        role = connection.ops.quote_name(database.application_role())
        cursor.execute(harm.replace("CURRENT_APPLICATION", role))
    faults = list(schema.schema_faults(owner))
    assert any(complaint in fault for fault in faults), faults


def test_what_an_extension_brings_is_its_own_affair(owner: Any) -> None:
    """TEN-3.b: Citus has views here that are not ``security_invoker``.

    No extension is at hand that an owner may create: a catalogue that stands before PostgreSQL's
    own says what belongs to one.
    """
    with owner.cursor() as cursor:
        cursor.execute(
            "CREATE VIEW glance AS SELECT * FROM tenancy_holiday;"
            "CREATE TABLE stray (id int PRIMARY KEY);"
            "CREATE FUNCTION peek() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
        )
        faults = " ".join(schema.schema_faults(owner))
        assert all(f"{name}: " in faults for name in ("glance", "stray", "function peek()"))
        cursor.execute(
            "CREATE TABLE pg_depend (classid oid, objid oid, deptype text);"
            "INSERT INTO public.pg_depend VALUES"
            " ('pg_class'::regclass, 'glance'::regclass, 'e'),"
            " ('pg_class'::regclass, 'stray'::regclass, 'e'),"
            " ('pg_class'::regclass, 'public.pg_depend'::regclass, 'e'),"
            " ('pg_proc'::regclass, 'peek()'::regprocedure, 'e');"
            "SET LOCAL search_path = public, pg_catalog"
        )
    assert list(schema.schema_faults(owner)) == []


def test_manage_check_runs_it(db: None) -> None:
    """TEN-3.a: ``manage.py check --database default`` includes the live schema."""
    assert schema.check_schema in checks.registry.registry.registered_checks
    assert schema.check_schema(None, databases=["default"]) == []


@isolate_apps("tests.contracts")
def test_models_without_walls_are_refused() -> None:
    """TEN-1.a, TEN-2.a, TEN-3.a: a system check stops a model that forgets the tenant."""

    class Leaky(TenantModel):
        code = models.CharField(max_length=5, unique=True)
        plain = models.ForeignKey(Membership, models.PROTECT)
        many = models.ManyToManyField(Membership, related_name="+")
        guarded = TenantForeignKey(Membership, related_name="+")

        class Meta:
            app_label = "contracts"
            constraints = [models.UniqueConstraint(fields=["guarded"], name="too_wide")]

    class Homeless(models.Model):
        class Meta:
            app_label = "contracts"

    assert {code for code, _message in _problems(Leaky)} == {
        "tenancy.E003",
        "tenancy.E004",
        "tenancy.E006",
        "tenancy.E007",
    }
    assert [code for code, _message in _problems(Homeless)] == ["tenancy.E001"]
    assert check_tenant_models(None) == []


def test_the_tests_run_as_the_application_role(db: None) -> None:
    """TEN-1.a: the role that serves neither owns the tables nor bypasses their policies."""
    database.refuse_unsafe_role(connection)


def test_a_process_refuses_to_serve_as_the_owner(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """TEN-1.a: the first connection of a process is looked at, and closed when it is the
    owner's.
    """
    wrapper = DatabaseWrapper(dict(connections["owner"].settings_dict), "default")
    monkeypatch.setattr(database, "_checked", False)
    for _attempt in range(2):
        with pytest.raises(ImproperlyConfigured, match="owns the tables"):
            wrapper.ensure_connection()
        assert wrapper.connection is None
