"""An import while workers die and Redis forgets (IMP-1, BAD-2)."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from advocacy import clock
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account, AccountIdentifier
from imports import services as imports
from imports.models import ImportChunk, ImportPiece, ImportRun
from imports.services import check_import, start_import
from imports.uploads import Upload, upload_files
from imports.working import work_on_imports
from tests.support.celery import celery, wait_for
from tests.support.database import owner_connection
from tests.support.redis import own_redis

# tests/faults/test_worker.py kills workers for every change.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.full]

#: A bad one in every so many rows.
ROWS, BATCH, BAD = 1_500, 100, 50
ACTOR = Actor.system("test")

#: Every batch takes long enough to be killed in its middle.
_SLOW = """
CREATE FUNCTION test_slow_batch() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(0.25); RETURN NULL; END $$;
CREATE TRIGGER test_slow_batch AFTER INSERT ON advocates_accountidentifier
FOR EACH STATEMENT EXECUTE FUNCTION test_slow_batch();
CREATE TRIGGER test_slow_batch AFTER INSERT ON advocates_importchunk
FOR EACH STATEMENT EXECUTE FUNCTION test_slow_batch();
"""
_NO_LONGER_SLOW = "DROP FUNCTION IF EXISTS test_slow_batch() CASCADE"


@contextmanager
def slow_batches() -> Iterator[None]:
    with owner_connection() as owner, owner.cursor() as cursor:
        cursor.execute(_SLOW)
    try:
        yield
    finally:
        with owner_connection() as owner, owner.cursor() as cursor:
            cursor.execute(_NO_LONGER_SLOW)


def a_file() -> Upload:
    """Accounts, some of which cannot be read."""
    rows = [f"{n},Account {n},{50 if n % BAD else 'many'}\n" for n in range(ROWS)]
    return Upload("firms.csv", "".join(["Id,Name,NumberOfEmployees\n", *rows]).encode())


def upload(tenant: Tenant) -> ImportRun:
    with tenant_scope(tenant):
        run = upload_files(actor=ACTOR, files=[a_file()])
    work_on_imports(tenant.pk)
    with tenant_scope(tenant):
        run.reload()
        file = run.files.get()
        check_import(actor=ACTOR, run=run, columns={file.pk: file.columns}, source="salesforce")
        return run


def look(tenant: Tenant, run: ImportRun) -> ImportRun:
    with tenant_scope(tenant):
        return ImportRun.objects.prefetch_related("files").get(pk=run.pk)


def end_lease(tenant: Tenant, run: ImportRun) -> None:
    """What the passing of a minute does."""
    with tenant_scope(tenant):
        ImportRun.objects.filter(pk=run.pk).update(leased_until=clock.now())


def test_killed_workers_lose_and_repeat_nothing(
    tenant: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IMP-1.c, BAD-2.a: killed in the middle of a check and of an import, taken over by two workers
    at once, with a Redis that forgot everything: each row once, each event once.
    """
    monkeypatch.setattr(imports, "BATCH", BATCH)
    with own_redis() as broker, celery(broker) as processes, slow_batches():
        settings.CELERY_BROKER_URL = broker.broker_url
        run = upload(tenant)
        for state, ends in (("check", "checked"), ("import", "done")):
            if state == "import":
                with tenant_scope(tenant):
                    start_import(actor=ACTOR, run=run)
            worker = processes.start_worker(concurrency=1)
            wait_for(lambda: look(tenant, run).rows_done >= 2 * BATCH, what=f"the {state}")
            worker.kill()
            halfway = look(tenant, run)
            assert halfway.state == "running"
            assert halfway.rows_done < ROWS, "killed too late to prove anything"
            broker.flush()
            end_lease(tenant, run)
            processes.start_worker(concurrency=2)
            processes.start_worker(concurrency=2)
            processes.start_beat()
            wait_for(
                lambda end=ends: look(tenant, run).state == end,
                seconds=60,
                what=f"the {state} to end",
            )
            for process in processes.started:
                process.kill()
        connection.close()

    ended = look(tenant, run)
    bad = ROWS // BAD
    assert (ended.created, ended.updated, ended.unchanged) == (ROWS - bad, 0, 0)
    assert (ended.skipped, ended.rows_done) == (bad, ROWS)
    with tenant_scope(tenant):
        names = Counter(Account.objects.values_list("name", flat=True))
        assert len(names) == ROWS - bad
        assert set(names.values()) == {1}
        assert AccountIdentifier.objects.count() == ROWS - bad
        about = Counter(
            Event.objects.filter(verb="account.created").values_list("subject_id", flat=True)
        )
        assert len(about) == ROWS - bad
        assert set(about.values()) == {1}
        for verb in ("import.checked", "import.started", "import.finished"):
            assert Event.objects.filter(verb=verb).count() == 1
        file = ended.files.get()
        assert file.issues.count() == bad
        assert {row for (row,) in file.issues.values_list("row")} == {
            n + 2 for n in range(0, ROWS, BAD)
        }


def readers() -> list[int]:
    """Processes that read a file, whoever started them."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"imports.child" in line.read_bytes():
                found.append(int(line.parent.name))
    return found


def test_killed_while_they_read(tenant: Tenant, settings: Settings) -> None:
    """IMP-1, BAD-2: a reader is killed, then its worker: no row is lost or there twice, no reader
    is left behind.
    """
    # Longer rows than a pipe holds, so that a reader waits for whoever stores them.
    rows = "".join(f"{n},Account {n} {'x' * 200}\n" for n in range(10_000))
    before = set(readers())

    def begun() -> list[int]:
        return [pid for pid in readers() if pid not in before]

    with own_redis() as broker, celery(broker) as processes, slow_batches():
        settings.CELERY_BROKER_URL = broker.broker_url
        with tenant_scope(tenant):
            upload = Upload("firms.csv", f"Id,Name\n{rows}".encode())
            run = upload_files(actor=ACTOR, files=[upload])
        worker = processes.start_worker(concurrency=1)
        wait_for(lambda: look(tenant, run).rows >= 500, what="the first rows")
        (reader,) = begun()
        os.kill(reader, signal.SIGKILL)
        wait_for(lambda: begun() not in ([], [reader]), what="another reader")
        wait_for(lambda: look(tenant, run).rows >= 500, what="the first rows again")
        worker.kill()
        halfway = look(tenant, run)
        assert (halfway.state, halfway.phase) == ("running", "read")
        wait_for(lambda: not begun(), what="the orphan to end")
        broker.flush()
        end_lease(tenant, run)
        processes.start_worker(concurrency=2)
        processes.start_beat()
        wait_for(lambda: look(tenant, run).state == "uploaded", seconds=60, what="the columns")
        for process in processes.started:
            process.kill()
        connection.close()
    with tenant_scope(tenant):
        chunks = ImportChunk.objects.filter(file__run=run)
        numbers = [line.number for chunk in chunks for line in chunk.lines]
        assert sorted(numbers) == list(range(2, 10_002))
        assert not ImportPiece.objects.exists()
        assert Event.objects.filter(verb="import.read").count() == 1
