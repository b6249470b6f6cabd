"""A list as a file, however long: read in chunks. CSV is sent as read, each chunk in a scope of its
own; a workbook is written whole before it is sent, so it holds no more than ``MOST_XLSX`` rows.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.keyset import Cursor, Keyset
from advocacy.web.spreadsheets import xlsx_answer
from advocacy.web.tables import Table

#: Rows read at a time: what an export holds in memory.
CHUNK = 1000
#: What is written while somebody waits for the first byte.
MOST_XLSX = 50_000
#: The rows of these keys, with what the columns read, in any order.
Fetch = Callable[[Sequence[Any]], QuerySet[Any]]


def csv_answer(
    keys: Keyset, table: Table, fetch: Fetch, *, member: Membership, name: str
) -> HttpResponseBase:
    """The CSV file of a list. A short one is an ordinary answer; of a longer one the rest is read
    while it is sent. A row that moves meanwhile may be missed or come twice, as on its pages.
    """
    rows, after = _chunk(keys, fetch, None)
    first = table.csv_head() + table.csv_lines(rows)
    kind = "text/csv; charset=utf-8"
    response: HttpResponseBase
    if after is None:
        response = HttpResponse(first, content_type=kind)
    else:
        parts = _rest(first, after, keys, table, fetch, member)
        response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "list"}.csv"'
    return response


def workbook_answer(keys: Keyset, table: Table, fetch: Fetch, *, name: str) -> HttpResponseBase:
    """The same as an Excel workbook. Raises ``DomainError`` where there are more rows than one is
    written for; the CSV file takes any number.
    """
    if keys.queryset.order_by()[: MOST_XLSX + 1].count() > MOST_XLSX:
        text = _("An Excel file takes %(most)d rows at most. Take the CSV file, or fewer rows.")
        raise DomainError(text % {"most": MOST_XLSX}, code="too_many_rows")

    def rows() -> Iterator[Sequence[Any]]:
        after: Cursor | None = None
        while True:
            found, after = _chunk(keys, fetch, after)
            yield from table.exported(found)
            if after is None:
                return

    return xlsx_answer([(name, [column.label for column in table.shown], rows())], name)


def in_order(pks: Sequence[Any], rows: QuerySet[Any]) -> list[Any]:
    """The rows in the order of their keys."""
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in pks if pk in found]


def _chunk(keys: Keyset, fetch: Fetch, after: Cursor | None) -> tuple[list[Any], Cursor | None]:
    pks, after = keys.chunk(after, CHUNK)
    return in_order(pks, fetch(pks)), after


def _rest(
    first: str, after: Cursor | None, keys: Keyset, table: Table, fetch: Fetch, member: Membership
) -> Iterator[str]:
    # The middleware's scope, time zone and language are gone when this runs; and a scope may not
    # be open while a generator waits for whoever reads it.
    yield first
    language = member.user.language or translation.get_language()
    while after is not None:
        with (
            tenant_scope(member.tenant, read_only=True),
            timezone.override(member.zone),
            translation.override(language),
        ):
            rows, after = _chunk(keys, fetch, after)
            text = table.csv_lines(rows)
        yield text
