"""Migrations run forward, back and forward again; the walls come and go with their tables."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connections, migrations, models, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from advocacy.tenancy.base import CurrentTenant, TenantForeignKey
from advocacy.tenancy.constraints import AppendOnly, SameTenant, TenantIsolation, TenantKey
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.schema import schema_faults
from tests.support.database import copy_template, owner_connection


@pytest.fixture
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The alias ``owner`` points at another database, to which all migrations are applied."""
    wrapper = connections["owner"]
    before = wrapper.settings_dict["NAME"]
    name = f"{before}_migrations"
    with django_db_blocker.unblock():
        with owner_connection() as owner, owner.cursor() as cursor:
            assert copy_template(cursor, name)
        wrapper.close()
        wrapper.settings_dict["NAME"] = name
        yield wrapper
        wrapper.close()
        wrapper.settings_dict["NAME"] = before
        with owner_connection() as owner, owner.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_forward_back_forward(migrated: Any) -> None:
    """TEN-3: every migration can be undone, and what comes back complies again."""
    assert list(schema_faults(migrated)) == []
    executor = MigrationExecutor(migrated)
    applications = sorted({app for app, _name in executor.loader.disk_migrations})
    executor.migrate([(app, None) for app in applications])
    with migrated.cursor() as cursor:
        assert migrated.introspection.table_names(cursor) == ["django_migrations"]
        cursor.execute("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        assert cursor.fetchone() == (0,)
    call_command("migrate", database="owner", verbosity=0)
    assert list(schema_faults(migrated)) == []


def test_texts_of_mails_become_structures_and_words_again(migrated: Any) -> None:
    """BAD-2, MSG-1: what waits in the outbox goes out as it was meant."""
    tenant, link = uuid7(), uuid7()
    texts = [
        ('"A\\" {url}\n{link}', None, "", [{"text": '"A\\" {url}\n{link}'}]),
        (
            'To {link} or {link:preferences}. {linked} "\\',
            link,
            "",
            [
                *({"text": "To "}, {"link": ""}, {"text": " or "}, {"link": "preferences"}),
                {"text": '. {linked} "\\'},
            ],
        ),
        (
            "See {url} {link}",
            None,
            "/t/a/",
            [{"text": "See "}, {"page": ""}, {"text": " {link}"}],
        ),
    ]
    executor = MigrationExecutor(migrated)
    executor.migrate([("messaging", "0002_lookups")])
    with migrated.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenancy_tenant (id, name, slug, time_zone, currency, language, work_days,"
            " work_starts, work_ends, created_at)"
            " VALUES (%s, 'A', 'a', 'UTC', 'EUR', 'en', '{1}', '9:00', '17:00', now())",
            [tenant],
        )
        cursor.execute(
            "INSERT INTO messaging_personallink (id, tenant_id, purpose, subject_id, digest,"
            " expires_at, created_at) VALUES (%s, %s, 'ask', %s, 'x', now(), now())",
            [link, tenant, link],
        )
        for n, (text, of_link, path, _body) in enumerate(texts):
            cursor.execute(
                "INSERT INTO messaging_outgoingmail (id, tenant_id, to_email, to_name, from_name,"
                " reply_to, kind, subject, text, link_id, path, calendar, calendar_method,"
                " unique_key, state, due_at, attempts, error, created_at) VALUES (%s, %s, 'a@b.c',"
                " '', '', '', 'k', 's', %s, %s, %s, '', '', %s, 'queued', now(), 0, '', now())",
                [uuid7(), tenant, text, of_link, path, str(n)],
            )
        MigrationExecutor(migrated).migrate([("messaging", "0003_body")])
        cursor.execute("SELECT body FROM messaging_outgoingmail ORDER BY unique_key")
        bodies = [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor]
        found = [[part for part in body if part != {"text": ""}] for body in bodies]
        assert found == [body for _text, _link, _path, body in texts]
        MigrationExecutor(migrated).migrate([("messaging", "0002_lookups")])
        cursor.execute("SELECT text FROM messaging_outgoingmail ORDER BY unique_key")
        assert [row[0] for row in cursor] == [text for text, _link, _path, _body in texts]


def test_no_migration_is_missing(db: None) -> None:
    """TEN-3: the models say nothing that the migrations do not."""
    labels = [config.label for config in apps.get_app_configs()]
    call_command("makemigrations", *labels, check=True, dry_run=True, verbosity=0)


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


def test_circular_and_self_references(db: None) -> None:
    """TEN-2, TEN-3: the constraints survive circles, in both directions, twice."""
    wrapper = DatabaseWrapper(dict(connections["owner"].settings_dict), "scratch")
    connections["scratch"] = wrapper
    before = MigrationLoader(None).project_state(("tenancy", "0003_workplaces"))
    keys = {f"yard_{name}_tkey" for name in ("tree", "hen", "egg")}
    references = {"yard_tree_parent_fk", "yard_egg_hen_fk", "yard_hen_egg_fk"}
    yard = Yard("0001_initial", "yard")
    try:
        with transaction.atomic("scratch"):
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
