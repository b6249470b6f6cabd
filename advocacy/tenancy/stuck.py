"""One row that cannot be done never stops another, and does not vanish (BAD-2).

A sweep hands its due rows to :func:`work_through`: each is done in a savepoint of its own. One
that fails is put off, ever longer, so that it cannot stand before those behind it; after
:data:`MAX_ATTEMPTS` it is left alone and stands on Today of whoever runs the program, and under
*Settings → Stuck work*, until it is tried again by hand or does not matter any more.
"""

import logging
import random
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import StuckWork
from advocacy.tenancy.text import cut

log = logging.getLogger(__name__)

#: With the pauses below the last comes 40 minutes after the first.
MAX_ATTEMPTS = 5
#: A minute, then three times longer each.
FIRST_PAUSE, PAUSE_FACTOR, LONGEST_PAUSE = timedelta(minutes=1), 3, timedelta(hours=12)

_What = TypeVar("_What")
_Row = TypeVar("_Row", bound=Any)
_labels: dict[str, str | Promise] = {}


@dataclass(frozen=True, slots=True)
class Unit(Generic[_What]):
    """What is done together: its rows, and what people know it by (``requests.request``, id)."""

    what: _What
    rows: tuple[uuid.UUID, ...]
    subject_type: str
    subject_id: uuid.UUID


def name_work(work: str, label: str | Promise) -> None:
    """Say how people call a kind of work. From an ``AppConfig.ready()``."""
    _labels[work] = label


def label_of(work: str) -> str:
    """How people call a kind of work."""
    return str(_labels.get(work, work))


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: ever longer, and a fifth more or less.

    Without the spread, everything that failed together would come back together.
    """
    pause: timedelta = min(FIRST_PAUSE * PAUSE_FACTOR ** (attempts - 1), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 - a spread, not a secret


def not_stuck(work: str, rows: QuerySet[_Row], key: str = "pk") -> QuerySet[_Row]:
    """Those of the rows that do not wait for their next attempt and were not given up."""
    aside = StuckWork.objects.filter(work=work, row_id=OuterRef(key))
    return rows.filter(~Exists(aside.filter(Q(retry_at__gt=clock.now()) | ~Q(failed_at=None))))


def work_through(
    work: str,
    units: Iterable[Unit[_What]],
    do: Callable[[_What], Exception | None],
    *,
    most: int = MAX_ATTEMPTS,
) -> int:
    """Do each unit in a savepoint of its own; returns how many were done. Needs the scope.

    ``do`` raises when nothing of the unit may be kept, and *returns* an error when what it did so
    far is to stay (one reader of two got the mail). Either is logged, counted and put off; after
    ``most`` attempts the unit is given up in plain view.
    """
    done: list[uuid.UUID] = []
    count = 0
    for unit in units:
        try:
            with transaction.atomic():
                problem = do(unit.what)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            problem = error
        if problem is None:
            done += unit.rows
            count += 1
        else:
            _put_off(work, unit, problem, most)
    if done:
        StuckWork.objects.filter(work=work, row_id__in=done).delete()
    return count


def _put_off(work: str, unit: Unit[Any], problem: Exception, most: int) -> None:
    now = clock.now()
    for row_id in unit.rows:
        row = StuckWork(
            work=work, row_id=row_id, subject_type=unit.subject_type, subject_id=unit.subject_id
        )
        StuckWork.objects.bulk_create([row], ignore_conflicts=True)
        row = StuckWork.objects.select_for_update(of=("self",)).get(work=work, row_id=row_id)
        row.attempts += 1
        row.error = cut(_words_of(problem), 500)
        row.failed_at = now if row.attempts >= most else None
        row.retry_at = None if row.failed_at else now + pause_after(row.attempts)
        row.save(update_fields=["attempts", "error", "failed_at", "retry_at"])
        tell = log.error if row.failed_at else log.warning
        tell("%s %s, attempt %s", work, row_id, row.attempts, exc_info=problem)


def _words_of(problem: Exception) -> str:
    if isinstance(problem, DomainError):
        return problem.message
    return f"{type(problem).__name__}: {problem}".replace("\x00", "")


def forget(*works: str, **which: uuid.UUID) -> None:
    """A row (``row_id=``), or all of a ``subject_id=``, needs no doing any more."""
    StuckWork.objects.filter(work__in=works, **which).delete()


def given_up() -> QuerySet[StuckWork]:
    """What somebody has to look at, the oldest first."""
    return StuckWork.objects.filter(failed_at__isnull=False).order_by("failed_at", "id")


def try_again(stuck: StuckWork) -> bool:
    """Have the sweep take it up anew with a fresh count; False when it is not given up."""
    again = {"attempts": 0, "failed_at": None, "retry_at": clock.now()}
    return bool(given_up().filter(pk=stuck.pk).order_by().update(**again))
