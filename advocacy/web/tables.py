"""Tables of a list page: columns declared once, used for the page, the phone and the export."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise

from advocacy.web.cells import guarded


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``value``     dotted path or function of the row; the name is the default path
    ``sort``      fields to order by (``"account__name"`` or several); none: not sortable
    ``template``  draws the cell from ``value``, ``row`` and ``url``; ready ones lie in
                  ``components/cells/``
    ``url``       function of the row: the cell becomes a link
    ``hidden``    only shown when somebody chooses it
    ``phone``     whether a phone shows it
    ``export``    function of the row for the CSV file; the value is the default
    """

    name: str
    label: str | Promise
    value: str | Callable[[Any], Any] | None = None
    sort: str | tuple[str, ...] = ()
    template: str = ""
    url: Callable[[Any, HttpRequest], str | None] | None = None
    hidden: bool = False
    align: Literal["start", "end"] = "start"
    phone: bool = True
    export: Callable[[Any], Any] | None = None

    def read(self, row: Any) -> Any:
        """The value of a row; None where the path ends early."""
        if callable(self.value):
            return self.value(row)
        found = row
        for part in (self.value or self.name).split("."):
            found = found.get(part) if isinstance(found, dict) else getattr(found, part, None)
            if callable(found) and not isinstance(found, type):
                found = found()
            if found is None:
                return None
        return found

    def orders(self) -> tuple[str, ...]:
        """The fields to order by."""
        return (self.sort,) if isinstance(self.sort, str) else self.sort


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading as one address sees it."""

    column: Column
    direction: Literal["", "ascending", "descending"]
    sort_query: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in its column."""

    column: Column
    value: Any
    url: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the template draws it."""

    row: Any
    key: str
    title: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that may be shown or not."""

    name: str
    label: str | Promise
    shown: bool


@dataclass
class Table:
    """Base of a list's table. A subclass declares ``columns`` and ``default_sort``.

    ``sort`` and ``columns`` are read from the address, so a link to a list is the list.
    """

    columns: ClassVar[Sequence[Column]] = ()
    #: Column name, with ``-`` for descending.
    default_sort: ClassVar[str] = ""
    #: Template drawn in a last cell: the row's one action.
    row_template: ClassVar[str] = ""

    params: QueryDict
    request: HttpRequest
    shown: list[Column] = field(init=False)
    sort: str = field(init=False)

    def __post_init__(self) -> None:
        """Read the address; names that do not exist are ignored."""
        wanted = {
            name for value in self.params.getlist("columns") for name in value.split(",") if name
        }
        first = self.columns[:1]
        self.shown = [
            column
            for column in self.columns
            if column in first or (column.name in wanted if wanted else not column.hidden)
        ]
        asked = self.params.get("sort", "")
        sortable = {column.name for column in self.columns if column.sort}
        self.sort = asked if asked.lstrip("-") in sortable else self.default_sort

    @property
    def choices(self) -> list[Choice]:
        """The columns somebody may show or hide: all but the first, which names the row."""
        return [
            Choice(column.name, column.label, column in self.shown) for column in self.columns[1:]
        ]

    @property
    def heads(self) -> list[Head]:
        """The headings, each with the sort a click on it asks for."""
        found = []
        for column in self.shown:
            active = self.sort.lstrip("-") == column.name
            descending = active and self.sort.startswith("-")
            direction: Literal["", "ascending", "descending"] = ""
            if active:
                direction = "descending" if descending else "ascending"
            click = f"-{column.name}" if active and not descending else column.name
            found.append(Head(column, direction, click if column.sort else ""))
        return found

    def order(self, queryset: QuerySet[Any]) -> list[str]:
        """What to order by, as ``order_by`` takes it: the asked column, else the rows' own."""
        column = next((c for c in self.columns if c.name == self.sort.lstrip("-")), None)
        if column is not None:
            return [_turned(name, around=self.sort.startswith("-")) for name in column.orders()]
        names = queryset.query.order_by or queryset.model._meta.ordering
        return [name for name in names if isinstance(name, str)]

    def prepare(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Give the rows what columns read beside their fields, with few queries for all."""
        return rows

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        """The rows as the template draws them."""
        return [
            Line(
                row,
                str(getattr(row, "pk", "")),
                self.title(row),
                [
                    Cell(c, c.read(row), c.url(row, self.request) if c.url else None)
                    for c in self.shown
                ],
            )
            for row in self.prepare(rows)
        ]

    def title(self, row: Any) -> str:
        """What a screen reader hears at a row's tick box."""
        return str(row) if isinstance(row, Model) else str(self.columns[0].read(row))

    def csv_head(self) -> str:
        """The headings of the CSV file, after a byte-order mark (Excel needs it)."""
        return "\ufeff" + _csv([[column.label for column in self.shown]])

    def csv_lines(self, rows: Sequence[Any]) -> str:
        """The shown columns of the rows as CSV, safe to open."""
        return _csv(self.exported(rows))

    def exported(self, rows: Sequence[Any]) -> Iterable[list[Any]]:
        """The shown columns of the rows as values, for a file."""
        return (
            [column.export(row) if column.export else column.read(row) for column in self.shown]
            for row in self.prepare(rows)
        )


def _turned(name: str, *, around: bool) -> str:
    if not around:
        return name
    return name[1:] if name.startswith("-") else f"-{name}"


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def yes_or_no(value: bool) -> str:
    """How a file says whether."""
    return "yes" if value else "no"


def safe_cell(value: Any) -> str:
    """A value as a spreadsheet may read it: numbers as they are, text without formulas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(str(value))
