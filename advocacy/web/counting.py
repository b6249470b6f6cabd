"""Counting no farther than anybody reads: a list of a hundred thousand says "1,000+"."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.formats import number_format

MOST = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """How many; at least as many where there are ``more``."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        digits = number_format(self.number, force_grouping=True)
        return f"{digits}+" if self.more else digits

    def __bool__(self) -> bool:
        return self.number > 0

    @classmethod
    def upto(cls, number: int) -> "Count":
        """Of a number that was counted one farther than :data:`MOST`."""
        return cls(min(number, MOST), number > MOST)


def counted(rows: QuerySet[Any]) -> Count:
    """How many rows there are, up to :data:`MOST`."""
    return counts(rows)[0]


def counts(*sets: QuerySet[Any]) -> list[Count]:
    """How many rows each has, up to :data:`MOST`, in one statement."""
    parts: list[str] = []
    params: list[Any] = []
    for rows in sets:
        try:
            sql, given = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608 - Django's own SQL
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return [Count.upto(number) for number in cursor.fetchone()]
