"""From one machine to several: the plan, its order, its interruptions, its check (TEN-3)."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from advocacy.tenancy import database
from advocacy.tenancy.citus import check, plan, settings
from advocacy.tenancy.schema import schema_faults
from tests.support import citus

#: A run is interrupted after so many steps, again and again.
AT_ONCE = 19


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("citus_plan", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def owner(db: None) -> Iterator[Any]:
    """A connection of the owner in a transaction that is rolled back."""
    wrapper = DatabaseWrapper(dict(connections["owner"].settings_dict), "scratch")
    wrapper.ensure_connection()
    wrapper.set_autocommit(False)
    yield wrapper
    wrapper.rollback()
    wrapper.close()


def set_up(cursor: Any) -> None:
    """Say for this connection what a superuser says for the role."""
    for each in settings.NEEDED:
        cursor.execute("SELECT set_config(%s, %s, false)", [each.name, each.value])


def keys_of(wrapper: Any) -> list[plan.Key]:
    with wrapper.cursor() as cursor:
        return list(plan.layout(cursor).keys)


def test_nothing_here_keeps_it_from_several_machines(db: None) -> None:
    """TEN-3.c: no finding in the live schema: settings, names, functions."""
    found = list(check.live_findings(connection))
    assert found == [], "\n".join(found)
    assert "Findings: 0." in said("--check", "--database", "default")


def test_the_plan_is_printed_in_order(db: None) -> None:
    """TEN-3.b: settings; keys off; each table after those it points at; shared ones; keys back."""
    lines = said("--database", "default").splitlines()
    headings = [line.removeprefix("-- ") for line in lines if line.startswith("--")]
    assert headings.pop(0).startswith("settings")
    assert headings == ["keys aside", "tenants' tables", "shared tables", "keys back"]
    order = re.findall(r"create_distributed_table\('(\w+)'", "\n".join(lines))
    with connection.cursor() as cursor:
        found = plan.layout(cursor)
    assert sorted(order) == sorted(found.tables)
    off, back = (
        set(re.findall(rf'{verb} CONSTRAINT "([^"]+)"', "\n".join(lines)))
        for verb in ("DROP", "ADD")
    )
    assert off == back
    shared = ["tenancy_tenant", "tenancy_user"]
    assert re.findall(r"create_reference_table\('(\w+)'", "\n".join(lines)) == shared
    for key in found.keys:
        if key.table in order and key.target in shared:
            assert key.name in off
        elif key.table in order and key.table != key.target and key.name not in off:
            assert order.index(key.target) < order.index(key.table), key


def test_it_runs_to_its_end_whatever_interrupts_it(migrated: Any) -> None:
    """TEN-3.b: on a database that refuses what Citus refuses; every key comes back as it was."""
    with migrated.cursor() as cursor:
        # Two tables that point at each other.
        cursor.execute(
            "ALTER TABLE events_event ADD COLUMN last_subject uuid, ADD CONSTRAINT circle"
            " FOREIGN KEY (tenant_id, last_subject) REFERENCES events_eventsubject (tenant_id, id)"
        )
    before = keys_of(migrated)
    with migrated.cursor() as cursor:
        citus.install(cursor)
        set_up(cursor)
        runs = 0
        while left := list(plan.steps(migrated)):
            runs += 1
            assert runs < 100, left[:3]
            for step in left[:AT_ONCE]:
                cursor.execute(step.sql)
        found = plan.layout(cursor)
        cursor.execute("SELECT to_regnamespace('citus_plan')")
        assert cursor.fetchone() == (None,)
    assert runs > 5
    assert sorted(found.distributed) == sorted(found.tables)
    assert found.copied == {"tenancy_tenant", "tenancy_user"}
    assert list(found.keys) == before
    assert list(check.live_findings(migrated)) == []
    assert [fault for fault in schema_faults(migrated) if "pg_dist" not in fault] == []


def test_the_command_runs_what_is_left(migrated: Any) -> None:
    """TEN-3.b: and says so, where there is nothing any more."""
    with pytest.raises(CommandError, match="has no Citus, so nothing was done"):
        said("--run")
    with migrated.cursor() as cursor:
        citus.install(cursor)
        with pytest.raises(CommandError, match=r"Nothing was done yet. citus.propagate_set_comm"):
            said("--run")
        set_up(cursor)
    out = said("--run")
    assert re.search(r"^1 of (\d+)  CREATE SCHEMA .*\n(?s:.*)^\1 of \1  DROP SCHEMA", out, re.M)
    assert said() == "Nothing is left to do.\n"
    with migrated.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pg_dist_partition WHERE logicalrelid = 'events_event'::regclass"
        )
    with pytest.raises(CommandError, match="Findings: 1"):
        said("--check")


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (
            f"CREATE INDEX {'a_very_long_name_' * 3}of_an_index ON tenancy_holiday (name)",
            "longer than 55 bytes",
        ),
        (
            (
                "CREATE FUNCTION holidays(home uuid) RETURNS bigint LANGUAGE sql AS"
                " 'SELECT count(*) FROM tenancy_holiday WHERE tenant_id = home'"
            ),
            "holidays(uuid): takes an argument and is written in SQL; write it in PL/pgSQL",
        ),
        (
            (
                "CREATE FUNCTION copy_holidays() RETURNS void LANGUAGE plpgsql AS"
                " 'BEGIN INSERT INTO tenancy_holiday SELECT * FROM tenancy_holiday; END'"
            ),
            "copy_holidays(): INSERT … SELECT becomes a COPY",
        ),
        (
            (
                "CREATE TABLE pg_stat_statements AS"
                " SELECT 'SELECT * FROM tenancy_holiday' AS query, d.oid AS dbid, r.oid AS userid"
                " FROM pg_database d, pg_roles r"
                " WHERE d.datname = current_database() AND r.rolname = 'CURRENT_APPLICATION'"
            ),
            "names tenancy_holiday without its tenant, so it goes to every shard",
        ),
    ],
)
def test_what_would_not_go_there_is_named(owner: Any, harm: str, complaint: str) -> None:
    """TEN-3.c: tables, functions and kept statements, each with what to do."""
    with owner.cursor() as cursor:
        cursor.execute(harm.replace("CURRENT_APPLICATION", database.application_role()))
    found = list(check.live_findings(owner))
    assert any(complaint in each for each in found), found


def test_tables_that_are_not_distributed_are_named(owner: Any) -> None:
    """TEN-3.c: those of tenants, and the shared ones."""
    with owner.cursor() as cursor:
        citus.install(cursor)
    found = "\n".join(check.live_findings(owner))
    assert "advocates_advocate: not distributed; manage.py citus_plan --run goes on" in found
    assert "tenancy_user: not on every machine" in found


def test_tables_that_point_at_each_other() -> None:
    """TEN-3.b: one key of a circle is off meanwhile; those to a circle or to itself stay."""
    keys = [
        plan.Key(*pair, pair[0][0], "")
        for pair in (("egg", "hen"), ("hen", "egg"), ("tree", "tree"), ("coop", "hen"))
    ]
    ordered, loose = plan.in_order(["coop", "egg", "hen", "tree"], keys)
    assert ordered == ["tree", "egg", "hen", "coop"]
    assert loose == keys[:1]


def test_missing_settings_stop_the_start(owner: Any) -> None:
    """TEN-3.b: the application and the migrations, each with the statement that helps."""
    database.refuse_missing_settings(owner)
    with owner.cursor() as cursor:
        citus.install(cursor)
        name = connection.settings_dict["NAME"]
        with pytest.raises(
            ImproperlyConfigured,
            match=f"ALTER DATABASE \"{name}\" SET citus.propagate_set_commands = 'local';",
        ):
            database.refuse_missing_settings(owner)
        cursor.execute("SET LOCAL citus.propagate_set_commands = 'local'")
        database.refuse_missing_settings(owner)
        lacking = settings.problems(owner, owner=True)
        assert [problem.split()[0] for problem in lacking] == [
            "citus.enable_unsafe_triggers",
            "citus.multi_shard_modify_mode",
            "app.tenant_id",
        ]
        role = connections["owner"].settings_dict["USER"]
        assert f'ALTER ROLE "{role}" IN DATABASE "{name}" SET app.tenant_id' in lacking[-1]


def test_a_migration_does_not_begin_without_its_settings(migrated: Any) -> None:
    """TEN-3.b: it would end in the middle."""
    with migrated.cursor() as cursor:
        citus.install(cursor)
    with pytest.raises(CommandError, match="not set up for Citus; nothing was changed"):
        call_command("migrate", database="owner", verbosity=0)
