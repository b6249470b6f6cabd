"""Migrations run forward, back and forward again; the walls come and go with their tables."""

import base64
import hashlib
import importlib
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import (
    DatabaseError,
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
from django.db.migrations.state import ProjectState

from advocacy.events.verification import verify_chain
from advocacy.identity.models import SecondFactor
from advocacy.identity.second_factor import check_second_step
from advocacy.tenancy.base import CurrentTenant, TenantForeignKey
from advocacy.tenancy.constraints import AppendOnly, SameTenant, TenantIsolation, TenantKey
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import User
from advocacy.tenancy.schema import schema_faults
from advocacy.tenancy.scope import tenant_scope
from tests.support.codes import App
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
    """TEN-3.a: every migration can be undone, and what comes back complies again."""
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


@pytest.fixture
def served(migrated: Any) -> Iterator[Any]:
    """The alias ``default`` points at the same other database."""
    wrapper = connections["default"]
    before = wrapper.settings_dict["NAME"]
    wrapper.close()
    wrapper.settings_dict["NAME"] = migrated.settings_dict["NAME"]
    yield migrated
    wrapper.close()
    wrapper.settings_dict["NAME"] = before


def narrow_digest(previous: str, seq: int, row: dict[str, Any]) -> str:
    """The digest of a seal before it covered the actor's membership and the timelines."""
    content = [
        previous,
        seq,
        row["tenant_id"],
        row["id"],
        row["at"].isoformat(),
        row["actor_kind"],
        row["actor_ref"] or "",
        row["actor_label"],
        row["verb"],
        row["subject_type"],
        row["subject_id"],
        row["payload"],
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_narrowly(cursor: Any, slug: str, events: int) -> str:
    """A tenant with events sealed the old way, as its database had them; returns its id."""
    tenant, at = str(uuid7()), datetime(2026, 2, 3, 4, 5, 6, 789012, tzinfo=UTC)
    cursor.execute(
        "INSERT INTO tenancy_tenant (id, name, slug, time_zone, currency, language, work_days,"
        " work_starts, work_ends, created_at)"
        " VALUES (%s, %s, %s, 'UTC', 'EUR', 'en', '{1}', '09:00', '17:00', now())",
        [tenant, slug, slug],
    )
    digest = ""
    for seq in range(1, events + 1):
        row = {
            "tenant_id": tenant,
            "id": str(uuid7()),
            "at": at + timedelta(seconds=seq),
            "actor_kind": "system" if seq % 2 else "advocate",
            "actor_ref": None if seq % 2 else str(uuid7()),
            "actor_label": "Prüfer" if seq % 2 else "",
            "verb": "test.happened",
            "subject_type": "tenancy.membership",
            "subject_id": str(uuid7()),
            "payload": {"to": "ä", "from": [1, 2.5, None], "n": seq},
        }
        digest = narrow_digest(digest, seq, row)
        columns = ", ".join(row)
        values = [json.dumps(v) if isinstance(v, dict) else v for v in row.values()]
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO events_event ({columns}) VALUES ({marks})", values)
        for subject in range(seq % 3):
            cursor.execute(
                "INSERT INTO events_eventsubject (tenant_id, id, event_id, subject_type,"
                " subject_id, at) VALUES (%s, %s, %s, %s, %s, %s)",
                [tenant, str(uuid7()), row["id"], f"a.b{subject}", str(uuid7()), row["at"]],
            )
        cursor.execute(
            "INSERT INTO events_eventseal (tenant_id, id, event_id, seq, digest)"
            " VALUES (%s, %s, %s, %s, %s)",
            [tenant, str(uuid7()), row["id"], seq, digest],
        )
    cursor.execute(
        "INSERT INTO events_chain (tenant_id, id, seq, digest) VALUES (%s, %s, %s, %s)",
        [tenant, str(uuid7()), events, digest],
    )
    return tenant


def digests_of(cursor: Any, tenant: str) -> list[str]:
    """The digests of a tenant's seals, and its head's."""
    cursor.execute(
        "SELECT digest FROM events_eventseal WHERE tenant_id = %s ORDER BY seq", [tenant]
    )
    found = [digest for (digest,) in cursor.fetchall()]
    cursor.execute("SELECT digest FROM events_chain WHERE tenant_id = %s", [tenant])
    return [*found, cursor.fetchone()[0]]


def test_old_seals_are_made_anew(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """AUD-2: after the migration they cover all that is shown; what was wrong stays wrong."""
    module = importlib.import_module("advocacy.events.migrations.0003_sealed_by_the_owner")
    monkeypatch.setattr(module, "BATCH", 3)
    before, after = [("events", "0002_pending_seals")], [("events", "0003_sealed_by_the_owner")]
    MigrationExecutor(served).migrate(before)
    with served.cursor() as cursor:
        whole, hurt = seal_narrowly(cursor, "whole", 7), seal_narrowly(cursor, "hurt", 7)
        cursor.execute("ALTER TABLE events_event DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE events_event SET verb = 'test.undone' FROM events_eventseal s"
            " WHERE events_event.id = s.event_id AND s.seq = 4 AND s.tenant_id = %s",
            [hurt],
        )
        cursor.execute("ALTER TABLE events_event ENABLE TRIGGER USER")
        old = digests_of(cursor, whole)
    MigrationExecutor(served).migrate(after)
    found = {}
    for tenant in (whole, hurt):
        with tenant_scope(uuid.UUID(tenant), read_only=True, snapshot=True):
            found[tenant] = [(fault.seq, fault.problem) for fault in verify_chain()]
    assert found == {whole: [], hurt: [(4, "edited or reordered: the digest does not match")]}
    with served.cursor() as cursor:
        new = digests_of(cursor, whole)
        assert not set(new) & set(old)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic("owner"):
            cursor.execute("UPDATE events_eventseal SET digest = digest")
    MigrationExecutor(served).migrate(before)
    with served.cursor() as cursor:
        assert digests_of(cursor, whole) == old
    MigrationExecutor(served).migrate(after)
    with served.cursor() as cursor:
        assert digests_of(cursor, whole) == new


def test_no_migration_is_missing(db: None) -> None:
    """TEN-3.a: the models say nothing that the migrations do not."""
    labels = [config.label for config in apps.get_app_configs()]
    call_command("makemigrations", *labels, check=True, dry_run=True, verbosity=0)


#: Two secrets as the cipher of our own sealed them, each under a key of fifty equal letters.
TOTP_SECRET = b"12345678901234567890"
SEALED = {
    "k": (
        "01890000-0000-7000-8000-000000000001",
        "af576330c9f862576769aedd0f551547882ed2dc",
        "d30c3b92e6f4345b917c45c249f2c8618fa24b4a89bf4aa557dfa7808ff77b17",
    ),
    "g": (
        "01890000-0000-7000-8000-000000000002",
        "83b04cf86e589d8651db2035a16df7aad270919f",
        "a6012af240e437e093da14d92e6a8d2a4c5cb4124f24d3e040862f5daff94244",
    ),
}


def test_secrets_of_apps_are_sealed_anew(served: Any, settings: Any, caplog: Any) -> None:
    """ID-1, ID-4: who has an app goes on with it, forward and back; no secret is given up."""
    old, between, new = (
        [("people", name)]
        for name in (
            "0004_attempts_moved",
            "0005_sealed_with_fernet",
            "0006_account_mail_is_queued_mail",
        )
    )
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, ["k" * 50]
    MigrationExecutor(served).migrate(old)
    users = {}
    with served.cursor() as cursor:
        for letter, (pk, sealed, seal) in SEALED.items():
            users[letter] = User.objects.create_user(f"{letter}@example.com", name=letter)
            cursor.execute(
                "INSERT INTO people_secondfactor (id, user_id, sealed, seal, created_at,"
                " confirmed_at, last_step) VALUES (%s, %s, %s, %s, now(), now(), 7)",
                [pk, users[letter].pk, sealed, seal],
            )
    MigrationExecutor(served).migrate(new)
    assert caplog.text.count("sets the app up anew") == 1
    assert f"second factor {SEALED['g'][0]}" in caplog.text
    rows = {letter: SecondFactor.objects.get(user=user) for letter, user in users.items()}
    assert all(sealed not in rows["k"].sealed for sealed in (SEALED["k"][1], TOTP_SECRET.hex()))
    assert (rows["k"].confirmed_at is not None, rows["k"].last_step) == (True, 7)
    app = App(base64.b32encode(TOTP_SECRET).decode())
    # The server's key of the day sealed it: the one that made it may go.
    settings.SECRET_KEY_FALLBACKS = []
    assert check_second_step(user=users["k"], code=app.code())
    assert not check_second_step(user=users["g"], code=app.code())

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "k" * 50, ["n" * 50]
    MigrationExecutor(served).migrate(between)
    MigrationExecutor(served).migrate(old)
    with served.cursor() as cursor:
        cursor.execute("SELECT id::text, sealed, seal FROM people_secondfactor ORDER BY id")
        assert cursor.fetchall() == list(SEALED.values())

    settings.SECRET_KEY_FALLBACKS = ["g" * 50]
    MigrationExecutor(served).migrate(new)
    assert check_second_step(user=users["g"], code=app.code())


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
    """TEN-2.a, TEN-3.a: the constraints survive circles, in both directions, twice."""
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
