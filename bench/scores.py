"""Scoring every contact, as every night and after an import (IDN-1, REL-1).

The floor is one bare statement that reads what a score needs least, a person beside the company,
and writes one number each; the statement works out nineteen columns of seven tables besides.
Before each run the scores are wiped, so that every row is written again.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate, AdvocateScore
from advocates.scoring.services import evaluate_scores
from bench.place import Place, analyze
from bench.report import Line, least

_FLOOR = """
UPDATE advocates_advocatescore s SET score = coalesce(c.health, 0)
  FROM advocates_advocate a
  JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
 WHERE s.tenant_id = %(tenant)s AND a.tenant_id = %(tenant)s AND a.id = s.advocate_id
   AND s.score IS DISTINCT FROM coalesce(c.health, 0)
"""

_WIPE = "UPDATE advocates_advocatescore SET score = 100 WHERE tenant_id = %(tenant)s"


def run(place: Place) -> Iterator[Line]:
    """Score once, then measure runs that write every row, and one that writes none."""

    def scope() -> AbstractContextManager[Any]:
        return tenant_scope(place.tenant)

    def sql(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"tenant": place.tenant.pk})

    def wipe() -> None:
        with scope():
            sql(_WIPE)
        analyze()

    with scope():
        evaluate_scores()
    floors, runs = [], []
    for _round in range(place.sizes.rounds):
        wipe()
        floors.append(least(lambda: sql(_FLOOR), 1, scope))
        wipe()
        runs.append(least(evaluate_scores, 1, scope))
    again = least(evaluate_scores, place.sizes.rounds, scope)
    with scope():
        people = AdvocateScore.objects.count()
        one = [Advocate.objects.order_by("pk").values_list("pk", flat=True)[0]]
    floor, size = min(floors), f"{people:,} people"
    single = least(lambda: evaluate_scores(advocate_ids=one), place.sizes.rounds, scope)
    yield Line("scoring everybody, every score written", min(runs), floor, "ms", size)
    yield Line("scoring again, nothing written", again, floor, "ms", size)
    yield Line("one person's score, as a press does", single, floor, "ms", "the same floor")
