"""``ETag`` and ``If-Match``: a program changes a row only as it knows it (API-6)."""

from hashlib import blake2b
from typing import Any

from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.tenancy.turns import stand_in_line

#: Beside a row's fields: what may be worth knowing. It depends on other rows, so it is no part of
#: this one's version.
WARNINGS = "warnings"

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of the row as it was read: 412 if somebody changed it since.",
)


class Stale(APIException):
    """The row is not what the program saw."""

    status_code = 412
    default_code = "stale"
    default_detail = gettext_lazy("It was changed since you read it. Read it again, and decide.")


def versioned(shown: Any, status: int = 200) -> Response:
    """A row as its reader sees it, and which version of it that is."""
    return Response(shown, status=status, headers={"ETag": _etag_of(shown)})


def _etag_of(shown: Any) -> str:
    if isinstance(shown, dict) and WARNINGS in shown:
        shown = {name: value for name, value in shown.items() if name != WARNINGS}
    return f'"{blake2b(JSONRenderer().render(shown), digest_size=12).hexdigest()}"'


def wants_version(request: Request, key: str) -> bool:
    """Whether the request says which version it means. Such requests about one row stand in line:
    what is read after this is what the one before made of it.
    """
    if "If-Match" not in request.headers:
        return False
    stand_in_line(key)
    return True


def require_version(request: Request, shown: Any) -> None:
    """Raise :class:`Stale` unless the row, None where there is none, is a version that is meant."""
    given = {tag.removeprefix("W/") for tag in parse_etags(request.headers["If-Match"])}
    # Whoever compresses an answer on its way makes its tag a weak one.
    if shown is None or not given & {"*", _etag_of(shown)}:
        raise Stale
