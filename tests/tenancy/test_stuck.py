"""One row that cannot be done never stops another (BAD-2)."""

from datetime import timedelta
from uuid import UUID

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Holiday, StuckWork, Tenant
from advocacy.tenancy.stuck import (
    MAX_ATTEMPTS,
    Unit,
    forget,
    given_up,
    not_stuck,
    try_again,
    work_through,
)
from tests.factories.tenancy import HolidayFactory
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

WORK = "probe"


@pytest.fixture
def rows(scope: Tenant, clock: Clock) -> list[Holiday]:
    return [HolidayFactory(day=f"2026-12-0{n}", name="untouched") for n in range(1, 4)]


def sweep(do: object, **kwargs: int) -> int:
    """As a sweep does: what is due and not stuck, one unit each."""
    due = not_stuck(WORK, Holiday.objects.order_by("day")).values_list("pk", flat=True)
    units = [Unit(pk, (pk,), "tenancy.holiday", pk) for pk in due]
    return work_through(WORK, units, do, **kwargs)  # type: ignore[arg-type]


def touch(pk: UUID) -> None:
    Holiday.objects.filter(pk=pk).update(name="touched")


def names() -> list[str]:
    return list(Holiday.objects.order_by("day").values_list("name", flat=True))


def test_a_broken_statement_undoes_its_own_row_alone(rows: list[Holiday]) -> None:
    """BAD-2: what the row did before it failed is undone; the others are done and stay."""

    def do(pk: UUID) -> None:
        touch(pk)
        if pk == rows[0].pk:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")

    assert sweep(do) == 2
    assert names() == ["untouched", "touched", "touched"]
    assert "division by zero" in StuckWork.objects.get().error


def test_a_returned_error_keeps_what_was_done(rows: list[Holiday]) -> None:
    """BAD-2: one reader of two got the mail; the row comes back for the other."""

    def do(pk: UUID) -> Exception | None:
        touch(pk)
        return DomainError("Write an address.") if pk == rows[0].pk else None

    assert sweep(do) == 2
    assert names() == ["touched"] * 3
    assert StuckWork.objects.get().error == "Write an address."


def test_pauses_grow_until_it_is_given_up_and_a_person_tries_again(
    rows: list[Holiday], clock: Clock
) -> None:
    """BAD-2: backoff, a visible end, a fresh start."""
    broken = {rows[0].pk}

    def do(pk: UUID) -> None:
        if pk in broken:
            raise ValueError("broken")

    pauses = []
    for attempt in range(1, MAX_ATTEMPTS):
        assert sweep(do) == 2
        assert sweep(do) == 2
        stuck = StuckWork.objects.get()
        assert stuck.attempts == attempt, "tried before its time"
        assert stuck.retry_at is not None
        assert not given_up().exists()
        pauses.append(stuck.retry_at - clock.now)
        clock.set(stuck.retry_at)
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta()) < timedelta(hours=2)
    sweep(do)
    assert given_up().get().row_id == rows[0].pk
    clock.advance(days=30)
    broken.clear()
    assert sweep(do) == 2, "what was given up is left alone"
    assert try_again(given_up().get())
    assert not try_again(StuckWork.objects.get())
    assert sweep(do) == 3
    assert not StuckWork.objects.exists()


def test_what_does_not_matter_any_more_is_forgotten(rows: list[Holiday]) -> None:
    """BAD-2: nobody is shown what is over."""

    def do(pk: UUID) -> None:
        raise ValueError("broken")

    sweep(do, most=1)
    forget(WORK, row_id=rows[0].pk)
    forget("another", row_id=rows[1].pk)
    assert set(given_up().values_list("row_id", flat=True)) == {rows[1].pk, rows[2].pk}


def test_a_worker_that_is_told_to_stop_stops(rows: list[Holiday]) -> None:
    """BAD-2: the end of its time is no fault of the row."""

    def do(pk: UUID) -> None:
        raise SoftTimeLimitExceeded

    with pytest.raises(SoftTimeLimitExceeded):
        sweep(do)
    assert not StuckWork.objects.exists()
