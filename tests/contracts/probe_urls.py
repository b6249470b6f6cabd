"""Addresses for the middleware's tests: each does one thing a careless view might do."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path

from advocacy.tenancy.models import Holiday
from advocacy.tenancy.scope import in_scope

DAY = date(2026, 12, 24)


def _write() -> None:
    Holiday.objects.create(day=DAY, name="Written by a probe")


def _after_writing(answer: Callable[[], HttpResponse]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **kwargs: str) -> HttpResponse:
        _write()
        return answer()

    return view


def _raise(error: Exception) -> HttpResponse:
    raise error


def _kept() -> HttpResponse:
    response = HttpResponse(status=409)
    response.commit_on_error = True  # type: ignore[attr-defined]
    return response


def where(request: HttpRequest, **kwargs: str) -> JsonResponse:
    """Who the middleware says this is, and what the rows say."""
    return JsonResponse(
        {
            "tenant": request.tenant.slug if request.tenant else None,  # type: ignore[attr-defined]
            "member": str(request.membership or ""),  # type: ignore[attr-defined]
            "in_scope": in_scope(),
            "holidays": list(Holiday.objects.values_list("name", flat=True)) if in_scope() else [],
        }
    )


ANSWERS: dict[str, Callable[[], HttpResponse]] = {
    "ok": lambda: HttpResponse("written"),
    "moved": lambda: HttpResponseRedirect("/"),
    "invalid": lambda: HttpResponse(status=422),
    "conflict": lambda: HttpResponse(status=409),
    "missing": lambda: _raise(Http404()),
    "broken": lambda: _raise(ZeroDivisionError()),
    "failed": lambda: HttpResponse(status=500),
    "kept": _kept,
}

urlpatterns = [
    path("sign-in/", where, name="sign-in"),
    path("", where, name="home"),
    path("t/<slug:tenant>/", where),
    path("p/<str:secret>/", where),
    *[path(f"t/<slug:tenant>/{name}/", _after_writing(a)) for name, a in ANSWERS.items()],
    *[path(f"p/<str:secret>/{name}/", _after_writing(a)) for name, a in ANSWERS.items()],
]
