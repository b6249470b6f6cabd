"""Pages of a list by the values at their edge, not by number: the last costs what the first does.

A page is found in two statements: the keys of its rows in their order, then these rows with all
that the columns show. So what a row shows is never computed for rows that are not on the page,
and the order may come from anywhere.
"""

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce
from django.http import QueryDict

#: Which page of a list an address is; ``page`` of old links leads to the first.
PAGING = ("page", "after", "before", "total")
#: A position beyond it was made up.
_FARTHEST = 10**9


@dataclass(frozen=True, slots=True)
class Term:
    """One value to order by; rows without it come last, whichever way."""

    path: str
    descending: bool
    nullable: bool
    field: "Field[Any, Any]"

    def order(self, *, backwards: bool) -> Any:
        """For ``order_by``. What is never NULL says nothing of it: such an index can be used."""
        path, descending = F(self.path), self.descending != backwards
        if not self.nullable:
            return path.desc() if descending else path.asc()
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        return path.desc(**nulls) if descending else path.asc(**nulls)

    def is_at(self, value: Any) -> Q:
        """Rows with the same value."""
        return Q(**{f"{self.path}__isnull": True} if value is None else {self.path: value})

    def is_beyond(self, value: Any, *, backwards: bool) -> Q | None:
        """Rows that come after the value; ``None`` where none can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else None
        way = "lt" if self.descending != backwards else "gt"
        found = Q(**{f"{self.path}__{way}": value})
        if self.nullable and not backwards:
            found |= Q(**{f"{self.path}__isnull": True})
        return found


@dataclass(frozen=True, slots=True)
class Cursor:
    """An edge: the values of the row there, and the position of the row that follows it."""

    values: tuple[Any, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a page's rows, in order; cursors to what is before and after, if anything is."""

    pks: list[Any]
    start: int
    before: str
    after: str


class Keyset:
    """A queryset in an order; ``names`` as for ``order_by``. The key breaks ties, so pages never
    overlap.
    """

    def __init__(self, queryset: QuerySet[Any], names: Sequence[str]) -> None:
        self.queryset = queryset
        self.terms: list[Term] = []
        key = queryset.model._meta.pk.name
        down = bool(names) and names[-1].startswith("-")
        for name in (*names, f"{'-' * down}{key}"):
            path = name.lstrip("-")
            path = key if path == "pk" else path
            if all(term.path != path for term in self.terms):
                field, nullable = _field_of(queryset, path)
                self.terms.append(Term(path, name.startswith("-"), nullable, field))
        order = ",".join(f"{'-' * term.descending}{term.path}" for term in self.terms)
        label = queryset.model._meta.label_lower
        #: What a cursor is bound to.
        self.mark = f"{zlib.crc32(f'{label}:{order}'.encode()):x}"

    def page(self, params: QueryDict, size: int) -> Keys:
        """The page the address asks for; the first where it says nothing that makes sense."""
        if after := self.read(params.get("after", "")):
            rows, more = self._edge(size, after)
            if rows:
                return self._keys(rows, after.position, before=True, after=more)
        elif before := self.read(params.get("before", "")):
            rows, more = self._edge(size, before, backwards=True)
            if more:
                start = max(before.position - size, 2)
                return self._keys(rows, start, before=True, after=True)
        rows, more = self._edge(size)
        return self._keys(rows, 1, before=False, after=more)

    def chunk(self, after: Cursor | None, size: int) -> tuple[list[Any], Cursor | None]:
        """The next keys and where to go on; ``None`` at the end."""
        rows, more = self._edge(size, after)
        at = self._key_at
        return [row[at] for row in rows], Cursor(tuple(rows[-1]), 1) if more else None

    def read(self, text: str) -> Cursor | None:
        """A cursor of this list in this order; ``None`` for any other text."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            mark, position, *given = json.loads(base64.urlsafe_b64decode(padded))
            if mark != self.mark or len(given) != len(self.terms) or type(position) is not int:
                return None
            values = tuple(map(_read, self.terms, given))
        except (ArithmeticError, ValueError, TypeError, RecursionError, ValidationError):
            return None
        return Cursor(values, position) if 1 <= position <= _FARTHEST else None

    def write(self, values: Sequence[Any], position: int) -> str:
        """The text of a cursor."""
        # str() keeps a time's microseconds, which Django's JSON encoder cuts off.
        text = json.dumps([self.mark, position, *values], default=str, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _edge(
        self, size: int, cursor: Cursor | None = None, *, backwards: bool = False
    ) -> tuple[list[Any], bool]:
        """So many rows of values beyond a cursor, and whether there are more."""
        rows = self.queryset
        if cursor is not None:
            rows = rows.filter(self._beyond(cursor.values, backwards=backwards))
        ordered = rows.order_by(*(term.order(backwards=backwards) for term in self.terms))
        found = list(ordered.values_list(*(term.path for term in self.terms))[: size + 1])
        more, found = len(found) > size, found[:size]
        return (found[::-1] if backwards else found), more

    def _keys(self, rows: list[Any], start: int, *, before: bool, after: bool) -> Keys:
        return Keys(
            [row[self._key_at] for row in rows],
            start,
            self.write(rows[0], start) if before and rows else "",
            self.write(rows[-1], start + len(rows)) if after and rows else "",
        )

    @property
    def _key_at(self) -> int:
        """Where the key stands: last, but where the order names it itself."""
        key = self.queryset.model._meta.pk.name
        return next(at for at, term in enumerate(self.terms) if term.path == key)

    def _beyond(self, values: Sequence[Any], *, backwards: bool) -> Any:
        ways = {term.descending for term in self.terms}
        if len(ways) == 1 and not any(term.nullable for term in self.terms):
            # One comparison of whole rows, which an index answers from where it points.
            beyond = TupleLessThan if ways.pop() != backwards else TupleGreaterThan
            return beyond(Tuple(*(F(term.path) for term in self.terms)), tuple(values))
        found, same = Q(pk__in=[]), Q()
        for term, value in zip(self.terms, values, strict=True):
            step = term.is_beyond(value, backwards=backwards)
            if step is not None:
                found |= same & step
            same &= term.is_at(value)
        first, value = self.terms[0], values[0]
        if not first.nullable:
            # Implied by the rest: what an index follows.
            way = "lte" if first.descending != backwards else "gte"
            found &= Q(**{f"{first.path}__{way}": value})
        return found


def _read(term: Term, given: Any) -> Any:
    """A value as the database compares it; raises for what is none of the column's."""
    value = term.field.to_python(given)
    if value is None and not term.nullable:
        raise ValueError(term.path)
    if isinstance(value, str) and b"\x00" in value.encode():  # half of a pair has no bytes
        raise ValueError(term.path)
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(term.path)
    return value


def _field_of(queryset: QuerySet[Any], path: str) -> tuple[Any, bool]:
    """What a path leads to, and whether that may be NULL."""
    annotation = queryset.query.annotations.get(path)
    if annotation is not None:
        return annotation.output_field, not _is_filled(annotation)
    model: type[Model] = queryset.model
    field: Any = None
    nullable = False
    for part in path.split("__"):
        field = model._meta.get_field(part)
        nullable = nullable or bool(field.null)
        model = field.related_model
    return field, nullable


def _is_filled(annotation: Any) -> bool:
    """Whether an annotation always has a value: its last resort does."""
    if not isinstance(annotation, Coalesce):
        return False
    last = annotation.get_source_expressions()[-1]
    target = getattr(last, "target", None)
    return not target.null if target is not None else getattr(last, "value", None) is not None
