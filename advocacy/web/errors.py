"""Answers when something is refused or broken: a page for a browser, a sentence for a fragment."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from advocacy.web.http import is_htmx


def error_page(
    request: HttpRequest, status: int, message: str = "", *, heading: str = ""
) -> HttpResponse:
    """The page of a status (400, 403, 404, 409, 422); htmx gets the sentence alone, for a toast.

    ``heading`` replaces the page's own, where the status has another reason than usual.
    """
    if is_htmx(request):
        return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
    context = {"message": message, "own_heading": heading}
    return render(request, f"{status}.html", context, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or stale: say what to do, never the mechanism."""
    return error_page(
        request,
        403,
        _("It was open too long, or you signed in anew elsewhere. Load it again and repeat it."),
        heading=_("This page is out of date"),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler400``; says how much is taken when it was too much."""
    message = ""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        message = _("It is too large: at most %(megabytes)d MB and %(files)d files at a time.") % {
            "megabytes": settings.UPLOAD_MAX_BYTES // 1024 // 1024,
            "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        }
    return error_page(request, 400, message)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler403``; the exception's own sentence if it has one."""
    return error_page(request, 403, str(exception or ""))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``. Says the same for what is not there and for what is somebody else's."""
    return error_page(request, 404)


def designed_not_found(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware for ``make run``: with ``DEBUG`` Django answers with a list of every address, and
    whoever tries the product out should get the product's own page.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # Only Django's own is of this class; ours and the interface's are not.
        return page_not_found(request) if isinstance(response, HttpResponseNotFound) else response

    return middleware


def server_error(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """``handler500``: a page that needs neither database, session nor template context."""
    if request.headers.get("HX-Request"):
        return HttpResponse("", status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(loader.render_to_string("500.html"), status=500)
