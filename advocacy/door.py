"""The first of our middlewares: what cannot be read, and a database that is away (BAD-1, BAD-2).

It needs no session, tenant, database or template context.
"""

import codecs
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import DataError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.rest.middleware import ROOT
from advocacy.rest.problems import CONTENT_TYPE, plain_problem, problem_response
from advocacy.tenancy.outage import is_away
from advocacy.web.http import is_htmx
from advocacy.web.integrity import unkeepable

log = logging.getLogger(__name__)

#: Seconds after which asking again makes sense; the embedded PostgreSQL is back by then.
RETRY_SECONDS = 5
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer from here; ``name`` is the parameter it is about."""

    status: int
    code: str
    detail: str
    name: str = ""


class Door:
    """Looks at how a request is written before anybody reads it, and stands in for the database.

    A parameter of the address that is no UTF-8 or holds a NUL character is refused by its name,
    a form that is no UTF-8 as a whole: 400. Another character set is a 415, a broken cookie is
    left out. (Fields of forms and bodies refuse NUL characters themselves.)

    Whatever fails because the database is away, in a page or in a middleware, is a 503 with
    ``Retry-After``: a page, a problem document or (for htmx) a sentence; one line in the log.
    Whatever the interface for programs refuses is a problem document, also what Django would
    answer with a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let in what can be read."""
        request.COOKIES = {n: v for n, v in request.COOKIES.items() if v.isprintable()}
        refusal = _unreadable(request)
        if refusal is not None:
            return _answer(request, refusal)
        response = self.get_response(request)
        if response.status_code == 500 and getattr(request, "database_away", False):
            response = _away(request)
        if (
            response.status_code >= 400
            and request.path_info.startswith(ROOT)
            and response.get("Content-Type") != CONTENT_TYPE
        ):
            response = plain_problem(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a page raised, before it becomes a 500."""
        if is_away(exception):
            return _away(request)
        if isinstance(exception, DataError):
            return _answer(request, Refusal(400, "invalid", unkeepable()))
        return None


def note_away(sender: object, request: HttpRequest | None = None, **kwargs: object) -> None:
    """Django is turning an exception of a middleware into a 500; the door puts that right."""
    if request is not None and is_away(sys.exc_info()[1]):
        request.database_away = True  # type: ignore[attr-defined]


got_request_exception.connect(note_away, dispatch_uid="advocacy.door")


def _away(request: HttpRequest) -> HttpResponse:
    log.warning("the database is away: %s %s answered 503", request.method, request.path[:200])
    text = _("The database is away for a moment. Nothing was changed; try again in a minute.")
    response = _answer(request, Refusal(503, "unavailable", text))
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _unreadable(request: HttpRequest) -> Refusal | None:
    if request.encoding and codecs.lookup(request.encoding).name not in ("utf-8", "ascii"):
        if request.method not in ("GET", "HEAD"):
            return Refusal(415, "unsupported_charset", _("Send it in UTF-8."))
        request.encoding = "utf-8"  # of a body that is not there
    if "\x00" in request.path_info:
        return Refusal(400, "malformed", _("The address holds a NUL character."))
    query = request.META.get("QUERY_STRING", "").encode("latin-1")
    for pair in query.split(b"&"):
        text = _text(pair)
        if text is None or "\x00" in text:
            name = _text(pair.partition(b"=")[0]) or ""
            return Refusal(
                400,
                "invalid",
                _("A value in the address is not in UTF-8.")
                if text is None
                else _("A value in the address holds a NUL character, which cannot be kept."),
                name.replace("\x00", "")[:50],
            )
    try:
        if request.content_type == _FORM and _text(request.body) is None:
            return Refusal(400, "malformed", _("The form was not sent in UTF-8."))
    except (RequestDataTooBig, UnreadablePostError):
        pass  # said by whoever reads the form
    return None


def _text(encoded: bytes) -> str | None:
    """What percent signs stand for; None when that is no UTF-8."""
    try:
        return unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return None


def _answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request)):
        if request.path_info.startswith(ROOT):
            errors = {refusal.name: [refusal.detail]} if refusal.name else None
            return problem_response(
                refusal.status, refusal.detail, code=refusal.code, errors=errors
            )
        if is_htmx(request):
            return HttpResponse(
                refusal.detail, status=refusal.status, content_type="text/plain; charset=utf-8"
            )
        template = "503.html" if refusal.status == 503 else "unreadable.html"
        page = loader.render_to_string(template, {"message": refusal.detail})
    return HttpResponse(page, status=refusal.status)
