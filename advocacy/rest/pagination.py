"""Cursor pagination over a stable key (API-1).

The key is one sorted column and the id behind it, so that rows added or removed meanwhile shift
nothing, and the last page costs as much as the first (OFFSET does not).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError as ModelError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE = 50
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class _Cursor:
    ordering: str
    value: Any
    pk: str
    backwards: bool

    def encode(self) -> str:
        # str() keeps a time's microseconds, which Django's JSON encoder cuts off.
        text = json.dumps([self.ordering, self.value, self.pk, self.backwards], default=str)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


class KeysetPagination(BasePagination):
    """``cursor``, ``page_size`` and ``ordering``; the view lists ``ordering_fields``.

    Those fields must never be NULL: a row without a value would have no place.
    """

    parameters = ("cursor", "page_size", "ordering")

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page, with the links beside it."""
        self.request = request
        ordering = self._ordering(view)
        size = self._size()
        cursor = self._cursor(ordering, queryset.model)
        backwards = cursor is not None and cursor.backwards
        descending = ordering.startswith("-") != backwards
        name = ordering.lstrip("-")
        if cursor is not None:
            queryset = queryset.filter(self._beyond(cursor, name, descending))
        sign = "-" if descending else ""
        keys = [f"{sign}id"] if name == "id" else [f"{sign}{name}", f"{sign}id"]
        rows = list(queryset.order_by(*keys)[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if backwards:
            rows.reverse()
        before = more if backwards else cursor is not None
        after = cursor is not None if backwards else more
        self.next = self._link(ordering, rows[-1], backwards=False) if after and rows else None
        self.previous = self._link(ordering, rows[0], backwards=True) if before and rows else None
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

    def _cursor(self, ordering: str, model: type[Model]) -> _Cursor | None:
        text = self.request.query_params.get("cursor")
        if not text:
            return None
        problem = {"cursor": _("This cursor belongs to no page of this list.")}
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            found = json.loads(base64.urlsafe_b64decode(padded))
            kept, value, pk, backwards = found
            name = ordering.lstrip("-")
            value = model._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
            pk = model._meta.pk.to_python(pk)
        except (ValueError, TypeError, RecursionError, binascii.Error, ModelError) as error:
            raise ValidationError(problem) from error
        text_has_nul = isinstance(value, str) and "\x00" in value
        if kept != ordering or not isinstance(backwards, bool) or value is None or pk is None:
            raise ValidationError(problem)
        if text_has_nul:
            raise ValidationError(problem)
        return _Cursor(ordering, value, pk, backwards)

    @staticmethod
    def _beyond(cursor: _Cursor, name: str, descending: bool) -> Q:
        # "at or beyond the value, and beyond the row": the first half is what an index follows.
        way = "lt" if descending else "gt"
        if name == "id":
            return Q(**{f"id__{way}": cursor.pk})
        return Q(**{f"{name}__{way}e": cursor.value}) & (
            Q(**{f"{name}__{way}": cursor.value}) | Q(**{f"id__{way}": cursor.pk})
        )

    def _link(self, ordering: str, row: Model, *, backwards: bool) -> str:
        name = ordering.lstrip("-")
        cursor = _Cursor(ordering, getattr(row, name), str(row.pk), backwards)
        query = [
            (key, value)
            for key, values in self.request.query_params.lists()
            for value in values
            if key != "cursor"
        ]
        path = self.request.build_absolute_uri(self.request.path)
        return f"{path}?{urlencode([*query, ('cursor', cursor.encode())])}"
