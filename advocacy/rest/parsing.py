"""Reading JSON bodies so that nothing a client sends can break the reader (BAD-1)."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request


class TooLarge(APIException):
    """The body is longer than the server takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two values under one name nobody can say which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:50]!r} stands twice in one object")
    return found


class JSONParser(BaseParser):
    """UTF-8 JSON; no NaN or Infinity, no name twice, no endless nesting or body."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body's value; :class:`ParseError` saying what is wrong with it."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(_("The request is larger than %(limit)d bytes.") % {"limit": limit})
        try:
            return json.loads(
                raw.decode(), parse_constant=_refuse_constant, object_pairs_hook=_once
            )
        except (ValueError, RecursionError) as error:
            raise ParseError(
                _("The body is no JSON: %(why)s") % {"why": str(error)[:200]}, code="malformed"
            ) from error


def no_body(request: Request) -> dict[str, Any]:
    """What an action without a body takes: nothing. ValidationError where there is one."""
    if request.data:
        raise ValidationError(_("This takes no body."))
    return {}
