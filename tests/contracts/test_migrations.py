"""Migrations run forward, back and forward again; the walls come and go with their tables."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import (
    IntegrityError,
    connections,
    migrations,
    models,
    transaction,
)
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from advocacy.tenancy.base import CurrentTenant, TenantForeignKey
from advocacy.tenancy.constraints import AppendOnly, SameTenant, TenantIsolation, TenantKey
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.rendering import rendering_what_changed
from advocacy.tenancy.schema import schema_faults
from tests.support.citus import install


def test_forward_back_forward(migrated: Any) -> None:
    """TEN-3.a: every migration can be undone, and what comes back complies again."""
    assert list(schema_faults(migrated)) == []
    executor = MigrationExecutor(migrated)
    applications = sorted({app for app, _name in executor.loader.disk_migrations})
    with rendering_what_changed():
        executor.migrate([(app, None) for app in applications])
    with migrated.cursor() as cursor:
        assert migrated.introspection.table_names(cursor) == ["django_migrations"]
        cursor.execute("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        assert cursor.fetchone() == (0,)
    call_command("migrate", database="owner", verbosity=0)
    assert list(schema_faults(migrated)) == []


def test_no_migration_is_missing(db: None) -> None:
    """TEN-3.a: the models say nothing that the migrations do not."""
    labels = [config.label for config in apps.get_app_configs()]
    call_command("makemigrations", *labels, check=True, dry_run=True, verbosity=0)


def test_no_key_that_others_refer_to_changes() -> None:
    """TEN-3.a: drawing only what changed leaves out who refers to it, which such a step needs:
    whoever writes one runs it outside ``rendering_what_changed``.
    """
    changed = [
        f"{name}.{operation.model_name}.{operation.name}"
        for (_app, name), migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if isinstance(operation, migrations.AlterField) and operation.name == "id"
    ]
    assert changed == []


def test_a_database_of_the_single_steps_goes_on(migrated: Any) -> None:
    """TEN-3.a: who has all the steps that were put together has them; nothing runs again."""
    squashed = {
        key: migration.replaces
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if migration.replaces
    }
    recorder = MigrationRecorder(migrated)
    for key, steps in squashed.items():
        recorder.record_unapplied(*key)
        for step in steps:
            recorder.record_applied(*step)
    call_command("migrate", database="owner", verbosity=0)
    assert set(squashed) <= set(recorder.applied_migrations())
    assert list(schema_faults(migrated)) == []


def test_a_database_between_the_steps_is_told_what_to_do(migrated: Any) -> None:
    """TEN-3.a: no failure in the middle, and a sentence instead of the names of files."""
    recorder = MigrationRecorder(migrated)
    recorder.record_unapplied("people", "0001_tables")
    recorder.record_applied("people", "0001_initial")
    recorder.record_unapplied("people", "0006_account_mail_is_queued_mail")
    before = recorder.applied_migrations()
    with pytest.raises(CommandError, match=r"git checkout [0-9a-f]{7}.*Nothing was changed"):
        call_command("migrate", database="owner", verbosity=0)
    assert recorder.applied_migrations() == before


def tenant_fields() -> list[tuple[str, Any]]:
    """Key and tenant of a table in the state of a migration."""
    return [
        ("id", models.UUIDField(primary_key=True, default=uuid7)),
        (
            "tenant",
            models.ForeignKey(
                "tenancy.Tenant",
                models.PROTECT,
                db_default=CurrentTenant(),
                related_name="+",
                db_index=False,
            ),
        ),
    ]


def link(to: str) -> TenantForeignKey:
    """A reference inside the tenant."""
    return TenantForeignKey(to, null=True, related_name="+")


def walls(name: str, *references: str) -> list[models.BaseConstraint]:
    """The constraints a tenant model gets."""
    return [
        TenantKey(name=f"yard_{name}_tkey"),
        TenantIsolation(name=f"yard_{name}_isolation"),
        *(SameTenant(field=field, name=f"yard_{name}_{field}_fk") for field in references),
    ]


class Yard(Migration):
    """A table that points at itself, and two that point at each other."""

    operations = [
        migrations.CreateModel(
            "Tree",
            [*tenant_fields(), ("parent", link("yard.Tree"))],
            {"constraints": walls("tree", "parent")},
        ),
        migrations.CreateModel("Hen", tenant_fields(), {"constraints": walls("hen")}),
        migrations.CreateModel(
            "Egg",
            [*tenant_fields(), ("hen", link("yard.Hen"))],
            {"constraints": [*walls("egg", "hen"), AppendOnly(name="yard_egg_append_only")]},
        ),
        migrations.AddField("Hen", "egg", link("yard.Egg")),
        migrations.AddConstraint("Hen", SameTenant(field="egg", name="yard_hen_egg_fk")),
    ]


def constraint_names(wrapper: DatabaseWrapper) -> set[str]:
    """Primary and foreign keys of the yard."""
    with wrapper.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype IN ('p', 'f') "
            "AND conrelid::regclass::text LIKE 'yard_%%' AND conname NOT LIKE '%%tenant_id%%'",
            [],
        )
        return {name for (name,) in cursor.fetchall()}


def test_a_later_table_joins_the_others_by_itself(db: None) -> None:
    """TEN-3.b: distributed before its keys to them are made, which Citus refuses otherwise."""
    wrapper = DatabaseWrapper(dict(connections["owner"].settings_dict), "scratch")
    connections["scratch"] = wrapper
    before = MigrationLoader(None).project_state(("tenancy", "0001_tables"))
    names = ["yard_egg", "yard_hen", "yard_tree"]
    try:
        with transaction.atomic("scratch"):
            with wrapper.cursor() as cursor:
                install(cursor)
                _apply(Yard("0001_initial", "yard"), before, wrapper)
                cursor.execute("SELECT count(*) FROM pg_dist_partition")
                assert cursor.fetchone() == (0,), "nothing is distributed here yet"
                with wrapper.schema_editor(atomic=False) as editor:
                    Yard("0001_initial", "yard").unapply(before.clone(), editor)
                cursor.execute(
                    "INSERT INTO pg_dist_partition VALUES ('tenancy_membership', 'h', 1),"
                    " ('tenancy_tenant', 'n', 2)"
                )
                _apply(Yard("0001_initial", "yard"), before, wrapper)
                cursor.execute(
                    "SELECT logicalrelid::regclass::text FROM pg_dist_partition"
                    " WHERE partmethod = 'h' ORDER BY 1"
                )
                assert [name for (name,) in cursor.fetchall()] == ["tenancy_membership", *names]
            transaction.set_rollback(True, "scratch")
    finally:
        wrapper.close()
        del connections["scratch"]


@pytest.mark.parametrize("rendering", [nullcontext, rendering_what_changed])
def test_circular_and_self_references(
    db: None, rendering: Callable[[], AbstractContextManager[None]]
) -> None:
    """TEN-2.a, TEN-3.a: the constraints survive circles, in both directions, twice; however much
    of the state is drawn anew.
    """
    wrapper = DatabaseWrapper(dict(connections["owner"].settings_dict), "scratch")
    connections["scratch"] = wrapper
    before = MigrationLoader(None).project_state(("tenancy", "0001_tables"))
    keys = {f"yard_{name}_tkey" for name in ("tree", "hen", "egg")}
    references = {"yard_tree_parent_fk", "yard_egg_hen_fk", "yard_hen_egg_fk"}
    yard = Yard("0001_initial", "yard")
    try:
        with rendering(), transaction.atomic("scratch"):
            for _turn in range(2):
                after = _apply(yard, before, wrapper)
                assert constraint_names(wrapper) == keys | references
                _refuses_foreign_references(after, wrapper)
                with wrapper.schema_editor(atomic=False) as editor:
                    yard.unapply(before.clone(), editor)
                assert constraint_names(wrapper) == set()
            transaction.set_rollback(True, "scratch")
    finally:
        wrapper.close()
        del connections["scratch"]


def _apply(yard: Migration, before: ProjectState, wrapper: DatabaseWrapper) -> ProjectState:
    with wrapper.schema_editor(atomic=False) as editor:
        return yard.apply(before.clone(), editor)


def _refuses_foreign_references(state: ProjectState, wrapper: DatabaseWrapper) -> None:
    tenants = state.apps.get_model("tenancy", "Tenant").objects.using("scratch")
    tree = state.apps.get_model("yard", "Tree").objects.using("scratch")
    one, two = uuid7(), uuid7()
    with transaction.atomic("scratch"):
        for tenant_id in (one, two):
            tenants.create(pk=tenant_id, name="Yard", slug=f"yard-{tenant_id}")
        root = tree.create(tenant_id=one)
        tree.create(tenant_id=one, parent_id=root.pk)
        with pytest.raises(IntegrityError), transaction.atomic("scratch"):
            tree.create(tenant_id=two, parent_id=root.pk)
        transaction.set_rollback(True, "scratch")
