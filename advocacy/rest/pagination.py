"""Cursor pagination over a stable key (API-1).

The key is one sorted column and the id behind it, so that rows added or removed meanwhile shift
nothing, and the last page costs as much as the first (OFFSET does not).
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError as ModelError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.rendering import WrittenJson

PAGE_SIZE = 50
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row behind which, or before which, a page begins."""

    ordering: str
    value: Any
    pk: str
    backwards: bool

    def encode(self) -> str:
        # str() keeps a time's microseconds, which Django's JSON encoder cuts off.
        text = json.dumps([self.ordering, self.value, self.pk, self.backwards], default=str)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _mark(model: type[Model], ordering: str) -> str:
    """Which list, in which order, a cursor belongs to."""
    return f"{model._meta.label_lower} {ordering}"


class KeysetPagination(BasePagination):
    """``cursor``, ``page_size`` and ``ordering``; the view lists ``ordering_fields``.

    Those fields must never be NULL: a row without a value would have no place.
    """

    parameters = ("cursor", "page_size", "ordering")

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page, with the links beside it."""
        self._begin(queryset.model, request, view)
        rows = list(self._sorted(queryset)[: self.size + 1])
        return self._cut(rows, lambda row: (getattr(row, self.name), row.pk))

    def written_page(
        self, queryset: QuerySet[Any], request: Request, view: Any, row: Any
    ) -> Response:
        """The answer with one page, each row of it by an expression that writes it as JSON. One
        statement finds, writes and sorts them; what a selector would join or fetch for the rows'
        instances is not asked for.
        """
        self._begin(queryset.model, request, view)
        rows = self._sorted(queryset.prefetch_related(None)).values_list(self.name, "pk", row)
        page = self._cut(list(rows[: self.size + 1]), itemgetter(0, 1))
        written = ",".join(text for _key, _id, text in page)
        following, before = json.dumps(self.next), json.dumps(self.previous)
        return Response(
            WrittenJson(f'{{"next":{following},"previous":{before},"results":[{written}]}}')
        )

    def _begin(self, model: type[Model], request: Request, view: Any) -> None:
        self.request = request
        self.ordering = self._ordering(view)
        self.name = self.ordering.lstrip("-")
        self.size = self._size()
        self.model = model
        self.cursor = self._cursor(self.ordering, model)
        self.backwards = self.cursor is not None and self.cursor.backwards

    def _sorted(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """From where the page begins."""
        descending = self.ordering.startswith("-") != self.backwards
        if self.cursor is not None:
            queryset = queryset.filter(self._beyond(self.cursor, self.name, descending))
        sign = "-" if descending else ""
        keys = ["id"] if self.name == "id" else [self.name, "id"]
        return queryset.order_by(*(f"{sign}{key}" for key in keys))

    def _cut(self, rows: list[Any], key: Callable[[Any], tuple[Any, Any]]) -> list[Any]:
        """The page of what was found, which is one row more where another page follows."""
        more, rows = len(rows) > self.size, rows[: self.size]
        if self.backwards:
            rows.reverse()
        inside = self.cursor is not None
        before = more if self.backwards else inside
        after = inside if self.backwards else more
        self.next = self._link(key(rows[-1]), backwards=False) if after and rows else None
        self.previous = self._link(key(rows[0]), backwards=True) if before and rows else None
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "previous": self.previous, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page, for the schema."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "The following page."},
                "previous": {**link, "description": "The page before."},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What a list takes, for the schema."""
        names = [sign + name for name in view.ordering_fields for sign in ("", "-")]
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": "Where the page begins; from `next` or `previous`.",
                "schema": {"type": "string"},
            },
            {
                "name": "page_size",
                "in": "query",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LARGEST_PAGE,
                    "default": PAGE_SIZE,
                },
            },
            {
                "name": "ordering",
                "in": "query",
                "schema": {"type": "string", "enum": names, "default": view.ordering},
            },
        ]

    def _ordering(self, view: Any) -> str:
        wanted = self.request.query_params.get("ordering") or view.ordering
        if wanted.lstrip("-") not in view.ordering_fields or wanted.startswith("--"):
            raise ValidationError(
                {
                    "ordering": _("Order by one of: %(names)s; a minus before it turns it round.")
                    % {"names": ", ".join(view.ordering_fields)}
                }
            )
        return str(wanted)

    def _size(self) -> int:
        text = self.request.query_params.get("page_size") or str(PAGE_SIZE)
        size = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
        if not 1 <= size <= LARGEST_PAGE:
            raise ValidationError(
                {
                    "page_size": _("Enter a number from 1 to %(most)d.") % {"most": LARGEST_PAGE},
                }
            )
        return size

    def _cursor(self, ordering: str, model: type[Model]) -> Cursor | None:
        text = self.request.query_params.get("cursor")
        if not text:
            return None
        problem = {"cursor": _("This cursor belongs to no page of this list.")}
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            found = json.loads(base64.urlsafe_b64decode(padded))
            kept, value, pk, backwards = found
            is_plain = type(value) in (str, int, float)
            name = ordering.lstrip("-")
            value = model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
            pk = model._meta.pk.to_python(pk)
        except (ArithmeticError, ValueError, TypeError, RecursionError, ModelError) as error:
            raise ValidationError(problem) from error
        if kept != _mark(model, ordering) or not is_plain or not isinstance(backwards, bool):
            raise ValidationError(problem)
        if value is None or pk is None or (isinstance(value, str) and "\x00" in value):
            raise ValidationError(problem)
        return Cursor(ordering, value, pk, backwards)

    @staticmethod
    def _beyond(cursor: Cursor, name: str, descending: bool) -> Q:
        # "at or beyond the value, and beyond the row": the first half is what an index follows.
        way = "lt" if descending else "gt"
        if name == "id":
            return Q(**{f"id__{way}": cursor.pk})
        return Q(**{f"{name}__{way}e": cursor.value}) & (
            Q(**{f"{name}__{way}": cursor.value}) | Q(**{f"id__{way}": cursor.pk})
        )

    def _link(self, key: tuple[Any, Any], *, backwards: bool) -> str:
        value, pk = key
        cursor = Cursor(_mark(self.model, self.ordering), value, str(pk), backwards)
        query = [
            (key, value)
            for key, values in self.request.query_params.lists()
            for value in values
            if key != "cursor"
        ]
        path = self.request.build_absolute_uri(self.request.path)
        return f"{path}?{urlencode([*query, ('cursor', cursor.encode())])}"
