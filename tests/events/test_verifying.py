"""What ``verify_events`` finds (AUD-2): the owner of the tables tampers with every column."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.test import override_settings

from advocacy.events import bus
from advocacy.events.models import Chain, Event, EventSeal, EventSubject, PendingSeal
from advocacy.events.services import record, seal_all
from advocacy.events.verification import verify_chain
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep
from tests.support.database import owner_connection
from tests.support.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)

bus.declare({"test.happened": "did something"})

TABLES = ("events_event", "events_eventsubject", "events_pendingseal", "events_eventseal")
COVERED = [
    (model, field)
    for model in (Event, EventSubject, EventSeal, Chain)
    for field in model._meta.concrete_fields
]

_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f'
 AND (conrelid::regclass::text LIKE 'events_%%' OR confrelid::regclass::text LIKE 'events_%%')
"""


@pytest.fixture
def events(tenant: Tenant, alice: Membership, bob: Membership) -> list[Event]:
    """Four sealed events of Alice's about Bob, each in a transaction of its own."""
    found = []
    for number in range(4):
        with tenant_scope(tenant):
            found.append(
                record(
                    "test.happened",
                    bob,
                    actor=Actor.member(alice),
                    payload={"number": number},
                    about=[alice],
                )
            )
    seal_all(tenant.pk)
    assert faults(tenant) == []
    return found


def faults(tenant: Tenant) -> list[tuple[int, str]]:
    with tenant_scope(tenant, read_only=True, snapshot=True):
        return [(fault.seq, fault.problem.partition(":")[0]) for fault in verify_chain()]


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor of the owner, past triggers and foreign keys; both come back at the end.

    What was done has to be undone before the end, or the foreign keys refuse to.
    """
    with owner_connection() as raw, raw.cursor() as cursor:
        cursor.execute(_FOREIGN_KEYS, [])
        keys = cursor.fetchall()
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield cursor
        finally:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for table, name, definition in keys:
                # What refers to nothing after the test goes, as the test's rows do anyway.
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")
            cursor.execute("TRUNCATE events_event CASCADE")
            cursor.execute("TRUNCATE events_chain")
            for table, name, _definition in keys:
                cursor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def another(field: "models.Field[Any, Any]", other: Tenant) -> Any:
    """A value of the column's kind that the row does not have."""
    if field.name == "tenant":
        return str(other.pk)
    special = {"actor_kind": "system", "payload": '{"number": 77}', "seq": 77, "digest": "f" * 64}
    if field.column in special:
        return special[field.column]
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return str(uuid7())
    if isinstance(field, models.DateTimeField):
        return "2020-02-02T02:02:02Z"
    assert isinstance(field, models.CharField), f"say here how {field} is tampered with"
    return "test.undone"


@pytest.mark.parametrize(
    ("model", "field"), COVERED, ids=[f"{m.__name__}.{f.column}" for m, f in COVERED]
)
def test_a_tampered_column_is_found(
    tenant: Tenant,
    other_tenant: Tenant,
    events: list[Event],
    model: type[models.Model],
    field: "models.Field[Any, Any]",
) -> None:
    """AUD-2: whatever column of whatever row of the log is changed, the walk names it."""
    with tenant_scope(tenant):
        rows = model._default_manager.all()
        row = rows.get() if model is Chain else rows.get(
            **{"pk" if model is Event else "event": events[1].pk},
            **({"subject_type": "tenancy.membership", "subject_id": events[1].subject_id}
               if model is EventSubject else {}),
        )  # fmt: skip
    with tampering() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s",
            [another(field, other_tenant), row.pk],
        )
        assert cursor.rowcount == 1
        found = faults(tenant)
        assert found, f"{model.__name__}.{field.column} is not covered"
        if model is Event and field.column not in {"id", "tenant_id"}:
            assert found == [(2, "edited or reordered")]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        # A timeline that loses, gains or swaps an event.
        ("DELETE FROM events_eventsubject WHERE event_id = %(two)s", {(2, "edited or reordered")}),
        (
            (
                "INSERT INTO events_eventsubject"
                " (tenant_id, id, event_id, subject_type, subject_id, at)"
                " SELECT tenant_id, gen_random_uuid(), id, 'x.y', gen_random_uuid(), at"
                " FROM events_event WHERE id = %(two)s"
            ),
            {(2, "edited or reordered")},
        ),
        (
            (
                "UPDATE events_eventsubject SET subject_id = gen_random_uuid()"
                " WHERE event_id = %(two)s AND subject_id <> %(bob)s"
            ),
            {(2, "edited or reordered")},
        ),
        # A seal without its event, an event without its seal, both gone.
        ("DELETE FROM events_event WHERE id = %(two)s", {(2, "missing"), (5, "foreign")}),
        (
            "DELETE FROM events_eventseal WHERE event_id = %(two)s",
            {(2, "missing"), (3, "edited or reordered"), (5, "outside")},
        ),
        (
            "DELETE FROM events_eventseal WHERE event_id = %(four)s",
            {(4, "missing"), (4, "outside")},
        ),
        (
            (
                "DELETE FROM events_eventseal WHERE event_id = %(four)s;"
                "DELETE FROM events_eventsubject WHERE event_id = %(four)s;"
                "DELETE FROM events_event WHERE id = %(four)s"
            ),
            {(4, "missing")},
        ),
        # Two that changed places, and two in one place.
        (
            (
                "UPDATE events_eventseal SET seq = 9 - seq WHERE seq IN (1, 4);"
                "UPDATE events_eventseal SET seq = CASE seq WHEN 5 THEN 1 ELSE 4 END WHERE seq > 4"
            ),
            {
                (1, "edited or reordered"),
                (2, "edited or reordered"),
                (4, "edited or reordered"),
                (5, "missing"),
            },
        ),
        (
            (
                "DROP INDEX event_seal_seq_swapped; "
                "UPDATE events_eventseal SET seq = 2 WHERE event_id = %(three)s"
            ),
            {(2, "duplicate"), (2, "edited or reordered"), (3, "missing")},
        ),
        # The whole head, or a second one.
        (
            "DELETE FROM events_chain",
            {(1, "edited or reordered"), (5, "missing")},
        ),
        ("UPDATE events_chain SET seq = 3, digest = %(third)s", {(5, "missing")}),
        # Seen and yet not sealed.
        (
            (
                "INSERT INTO events_pendingseal (tenant_id, id, event_id)"
                " SELECT tenant_id, gen_random_uuid(), id FROM events_event WHERE id = %(two)s"
            ),
            {(5, "outside")},
        ),
        (
            (
                "INSERT INTO events_pendingseal (tenant_id, id, event_id)"
                " SELECT tenant_id, gen_random_uuid(), gen_random_uuid() FROM events_event LIMIT 1"
            ),
            {(5, "foreign")},
        ),
    ],
)
def test_what_is_done_to_the_log_is_found(
    tenant: Tenant, events: list[Event], statement: str, expected: set[tuple[int, str]]
) -> None:
    """AUD-2: rows taken away, added, put elsewhere."""
    names = dict(zip(("one", "two", "three", "four"), (str(e.pk) for e in events), strict=True))
    with tenant_scope(tenant):
        third = EventSeal.objects.get(seq=3).digest
    values = {**names, "bob": str(events[0].subject_id), "third": third}
    unique = "DROP INDEX event_seal_seq_swapped" in statement
    with tampering() as cursor:
        if unique:
            cursor.execute("ALTER TABLE events_eventseal DROP CONSTRAINT event_seal_seq")
            statement = statement.partition(";")[2]
        try:
            cursor.execute(statement, values)
            found = set(faults(tenant))
            # Which of two in one place comes first is chance, and so whether the next one fits.
            assert found >= expected if unique else found == expected
            with pytest.raises(CommandError, match="fault"):
                call_command("verify_events", tenant=tenant.slug, stderr=io.StringIO())
        finally:
            if unique:
                cursor.execute("DELETE FROM events_eventseal")
                cursor.execute(
                    "ALTER TABLE events_eventseal"
                    " ADD CONSTRAINT event_seal_seq UNIQUE (tenant_id, seq)"
                )


def test_an_event_put_into_another_tenant_is_found_there(
    tenant: Tenant, other_tenant: Tenant, events: list[Event]
) -> None:
    """AUD-2, TEN-1: foreign rows show in the tenant that has them, not only where they lack."""
    with tampering() as cursor:
        cursor.execute(
            "UPDATE events_event SET tenant_id = %s WHERE id = %s",
            [str(other_tenant.pk), str(events[1].pk)],
        )
        assert faults(other_tenant) == [(1, "outside")]


def test_an_event_that_is_kept_from_being_sealed_is_found(
    tenant: Tenant, alice: Membership, events: list[Event], clock: Clock
) -> None:
    """AUD-2: the application cannot take one off the list; the owner can, and it shows."""
    with tenant_scope(tenant):
        record("test.happened", alice, actor=Actor.member(alice))
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            PendingSeal.objects.all().delete()
    assert faults(tenant) == []
    clock.advance(minutes=16)
    assert faults(tenant) == [(5, "waiting")]
    with tampering() as cursor:
        cursor.execute("DELETE FROM events_pendingseal")
        assert faults(tenant) == [(5, "outside")]


# -- anchors ------------------------------------------------------------------------------------


@pytest.fixture
def anchored(tenant: Tenant, events: list[Event], tmp_path: Path) -> Path:
    """A file with the head of the log, kept elsewhere."""
    file = tmp_path / "anchors"
    call_command("export_anchors", append=file)
    return file


def verify(*, anchors: Path, tenant: str | None = None) -> str:
    """What the command complains about; nothing when all is well."""
    said = io.StringIO()
    try:
        call_command("verify_events", anchors=anchors, tenant=tenant, stderr=said)
    except CommandError as error:
        return said.getvalue() or str(error)
    return ""


def cut(cursor: Any, tenant: Tenant, *, to: int) -> None:
    """Take the end of a log away as its owner could: rows, seals, and the head put back."""
    cursor.execute(
        "SELECT event_id FROM events_eventseal WHERE tenant_id = %s AND seq > %s",
        [str(tenant.pk), to],
    )
    gone = [event for (event,) in cursor.fetchall()]
    for table, column in (
        ("events_eventseal", "event_id"),
        ("events_eventsubject", "event_id"),
        ("events_event", "id"),
    ):
        cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY (%s::uuid[])", [gone])
    cursor.execute("DELETE FROM events_chain WHERE tenant_id = %s AND %s = 0", [str(tenant.pk), to])
    cursor.execute(
        "UPDATE events_chain c SET seq = s.seq, digest = s.digest FROM events_eventseal s"
        " WHERE s.tenant_id = c.tenant_id AND s.seq = %s AND c.tenant_id = %s",
        [to, str(tenant.pk)],
    )


@pytest.mark.parametrize("to", [3, 0])
def test_an_end_cut_off_with_its_chain_shows_against_an_anchor(
    tenant: Tenant, anchored: Path, to: int
) -> None:
    """AUD-2: the log looks whole from inside; what was kept outside says how long it was."""
    assert verify(anchors=anchored) == ""
    with tampering() as cursor:
        cut(cursor, tenant, to=to)
        assert faults(tenant) == []
        assert f"the chain ends at {to}" in verify(anchors=anchored)


def test_a_log_written_anew_shows_against_an_anchor(
    tenant: Tenant, alice: Membership, anchored: Path
) -> None:
    """AUD-2: who cuts the end off and seals other events in its place is found as well."""
    with tampering() as cursor:
        cut(cursor, tenant, to=3)
        with tenant_scope(tenant):
            record("test.happened", alice, actor=Actor.member(alice))
        seal_all(tenant.pk)
        assert faults(tenant) == []
        assert "#4: rewritten" in verify(anchors=anchored)


def test_a_log_may_go_on_after_its_anchor(
    tenant: Tenant, alice: Membership, anchored: Path
) -> None:
    """AUD-2: anchors of every day hold, in whatever lines of a log they stand."""
    with tenant_scope(tenant):
        record("test.happened", alice, actor=Actor.member(alice))
    seal_all(tenant.pk)
    call_command("export_anchors", append=anchored)
    lines = anchored.read_text().splitlines()
    assert len(lines) == 2
    anchored.write_text(
        "".join(f"2026-11-23 00:00:01,002 INFO advocacy.events.anchor {line}\n" for line in lines)
        + "2026-11-23 00:00:02 INFO something else\n"
    )
    assert verify(anchors=anchored) == ""


@pytest.mark.parametrize("part", ["seq=4", "digest=", "at=20"])
def test_an_anchor_that_was_edited_is_named(anchored: Path, part: str) -> None:
    """AUD-2: a line of somebody else's making proves nothing."""
    text = anchored.read_text()
    place = text.index(part) + len(part)
    swapped = "0" if text[place] != "0" else "1"
    changed = text.replace("seq=4", "seq=3") if part == "seq=4" else (
        text[:place] + swapped + text[place + 1 :]
    )  # fmt: skip
    anchored.write_text(changed)
    assert "not signed with a key of the settings" in verify(anchors=anchored)


def test_older_keys_count(anchored: Path, settings: Any) -> None:
    """AUD-2: anchors outlive a change of the server's key while the old one is listed."""
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[old]):
        assert verify(anchors=anchored) == ""
    with override_settings(SECRET_KEY="another"):
        assert "not signed" in verify(anchors=anchored)


def test_a_file_that_proves_nothing_is_refused(
    tenant: Tenant, other_tenant: Tenant, anchored: Path, tmp_path: Path
) -> None:
    """AUD-2: no anchors, no file, and anchors of a tenant that is not there."""
    empty = tmp_path / "empty"
    empty.write_text("nothing\n")
    assert "there is no anchor" in verify(anchors=empty)
    assert "cannot read" in verify(anchors=tmp_path / "none")
    assert verify(anchors=anchored, tenant=other_tenant.slug) == ""
    anchored.write_text(anchored.read_text().replace(str(tenant.pk), str(uuid7())))
    assert "there is no such tenant" in verify(anchors=anchored)


def test_the_head_is_logged_once_a_day(
    tenant: Tenant, other_tenant: Tenant, events: list[Event], clock: Clock, tmp_path: Path
) -> None:
    """AUD-2: one signed line a day and tenant, however many beats there are."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("advocacy.events.anchor")
    logger.addHandler(handler)
    try:
        for _beat in range(2):
            assert run_sweep("anchor-events") == 0
        clock.advance(days=1)
        assert run_sweep("anchor-events") == 0
    finally:
        logger.removeHandler(handler)
    lines = stream.getvalue().splitlines()
    assert [line.split()[1:3] for line in lines] == [[f"tenant={tenant.pk}", "seq=4"]] * 2
    file = tmp_path / "log"
    file.write_text(stream.getvalue())
    assert verify(anchors=file) == ""


def test_the_day_is_logged_under_a_quiet_level(settings: Any) -> None:
    """AUD-2: ``LOG_LEVEL`` does not silence the anchors."""
    assert settings.LOGGING["root"]["level"] == "WARNING"
    assert logging.getLogger("advocacy.events.anchor").isEnabledFor(logging.INFO)
