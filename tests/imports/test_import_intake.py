"""Uploads from the request that stores them until somebody has read them (IMP-1, BAD-1, BAD-2)."""

from collections.abc import Iterator
from typing import Any

import pytest

from advocacy.events.models import Event
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from imports import intake, leases, reading
from imports.models import ImportChunk, ImportPiece, ImportRun
from imports.services import remove_leftovers
from imports.working import work_on
from tests.imports.test_import_pages import FIRMS, PEOPLE, Desk
from tests.support.time import Clock
from tests.support.workbooks import HEADINGS, ROW, sheet, workbook

GAP = workbook(sheet(HEADINGS + ROW.replace('r="2"', 'r="20000000000"')))
FOUR = FIRMS + "A-3,Isdom,,\nA-4,Silis,,\n"


def kept(tenant: Tenant) -> tuple[int, int]:
    """Pieces of bytes and chunks of rows in the database."""
    with tenant_scope(tenant):
        return ImportPiece.objects.count(), ImportChunk.objects.count()


def test_the_request_only_stores(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1: no request looks into a file, and the page says that somebody will."""
    monkeypatch.setattr(reading.subprocess, "Popen", lambda *_args, **_kwargs: 1 / 0)
    page = desk.choose(("firms.csv", FIRMS), ("odd.xlsx", GAP))
    assert "Reading the files" in page
    assert 'max="100"' in page
    assert "Look again how far it is" in page, "without JavaScript, too"
    assert b"<html" not in desk.read(live=True).content
    assert kept(desk.tenant) == (2, 0)
    assert (desk.run.state, desk.run.phase) == ("queued", "read")
    assert desk.check().status_code == 409
    assert desk.press("start").status_code == 409
    assert desk.press("columns").status_code == 409


def test_what_cannot_be_read_is_said_for_each_file(desk: Desk) -> None:
    """BAD-1, AUD-1: a sentence for each, none of the others is taken, and it can be thrown away."""
    page = desk.upload(("firms.csv", FIRMS), ("odd.csv", "Name\n"), ("gap.xlsx", GAP))
    assert "odd.csv has headings but no rows" in page
    assert "gap.xlsx has cells where Excel has neither rows nor columns" in page
    assert "Fine, 2 rows" in page
    assert "Choose files again" in page
    assert desk.run.state == "refused"
    assert kept(desk.tenant) == (0, 0)
    over = desk.read(live=True)
    assert (over.status_code, over["HX-Redirect"]) == (204, desk.page)
    for button in ("retry", "columns", "start", "cancel"):
        assert desk.press(button).status_code == 409
    with tenant_scope(desk.tenant):
        told = Event.objects.get(verb="import.refused")
        assert told.payload == {"files": 3, "wrong": 2}
    assert desk.press("discard").status_code == 302
    with tenant_scope(desk.tenant):
        assert not ImportRun.objects.exists()


def test_bytes_go_when_they_are_read(desk: Desk) -> None:
    """IMP-1: what a file was goes as soon as it is known what stands in it."""
    desk.choose(("firms.csv", FIRMS), ("people.csv", PEOPLE))
    assert kept(desk.tenant) == (2, 0)
    lease = leases.claim(desk.tenant.pk)
    assert lease is not None
    assert work_on(lease, ends=0) is False, "its time is over after one file"
    assert kept(desk.tenant) == (1, 1)
    desk.work()
    assert kept(desk.tenant) == (0, 2)
    assert desk.run.state == "uploaded"


def test_leftovers_of_reading_are_removed(desk: Desk, clock: Clock) -> None:
    """IMP-1: sentences nobody acts upon, and bytes nobody could read, go after a week."""
    desk.upload(("gap.xlsx", GAP))
    desk.choose(("firms.csv", FIRMS))
    with tenant_scope(desk.tenant):
        ImportRun.objects.filter(state="queued").update(state="failed")
    assert "Reading the files did not get to its end" in desk.read()
    clock.advance(days=8)
    with tenant_scope(desk.tenant):
        remove_leftovers(desk.tenant.pk)
        assert not ImportRun.objects.exists()
    assert kept(desk.tenant) == (0, 0)


class Dead(BaseException):
    """A worker is killed."""


def broken_off(monkeypatch: pytest.MonkeyPatch, error: BaseException, times: int = 1) -> None:
    """The first readers come to a sudden end after their first rows."""
    real, left = reading.read_file, [times]

    def read_file(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for piece in real(*args, **kwargs):
            yield piece
            if piece.lines and left[0] > 0:
                left[0] -= 1
                raise error

    monkeypatch.setattr(reading, "read_file", read_file)


def test_a_worker_dies_while_it_reads(
    desk: Desk, small_batches: None, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2: the next one reads the file from its beginning: each row once, each event once."""
    broken_off(monkeypatch, Dead())
    desk.choose(("firms.csv", FOUR), ("people.csv", PEOPLE))
    with pytest.raises(Dead):
        desk.work()
    assert kept(desk.tenant) == (2, 1), "halfway"
    desk.work()
    assert desk.run.state == "running", "somebody has it"
    clock.advance(leases.LEASE)
    desk.work()
    run = desk.run
    assert (run.state, run.rows) == ("uploaded", 6)
    assert kept(desk.tenant) == (0, 3)
    with tenant_scope(desk.tenant):
        numbers = [line.number for chunk in ImportChunk.objects.all() for line in chunk.lines]
        assert sorted(numbers) == [2, 2, 3, 3, 4, 5]
        assert Event.objects.filter(verb="import.read").count() == 1


def test_a_reader_is_killed(
    desk: Desk, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2: once is an accident, and read anew; twice is the file's fault, and a sentence."""
    broken_off(monkeypatch, reading.ReaderLost("status -9"))
    desk.upload(("firms.csv", FOUR))
    assert (desk.run.state, desk.run.rows) == ("uploaded", 4)
    broken_off(monkeypatch, reading.ReaderLost("status -9"), times=2)
    page = desk.upload(("firms.csv", FOUR))
    assert "firms.csv: reading it was broken off twice" in page
    assert desk.run.state == "refused"


def test_thrown_away_while_it_is_read(
    desk: Desk, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IMP-1: the reader finds its run gone, and nothing of it comes back."""
    real = intake.store_lines

    def thrown_away(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        with tenant_scope(desk.tenant):
            ImportRun.objects.all().delete()

    monkeypatch.setattr(intake, "store_lines", thrown_away)
    desk.choose(("firms.csv", FOUR))
    desk.work()
    assert kept(desk.tenant) == (0, 0)
    assert desk.client.get(desk.page).status_code == 404


def test_a_run_whose_reading_fails_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-2: what nobody foresaw stops the run in plain sight; a button goes on with it."""
    with monkeypatch.context() as broken:
        broken.setattr(intake, "store_lines", lambda *_args, **_kwargs: 1 / 0)
        page = desk.upload(("firms.csv", FIRMS))
    assert "Something went wrong that nobody foresaw" in page
    assert "nothing was imported" in page
    assert desk.press("retry").status_code == 302
    desk.work()
    assert desk.run.state == "uploaded"
