"""Pages whose connection breaks at some moment of the request."""

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from advocacy.tenancy.models import Holiday
from tests.contracts.probe_urls import DAY


def hang_up() -> None:
    """Replaced by the test."""


def before(request: HttpRequest, tenant: str) -> HttpResponse:
    """The page notices by itself."""
    Holiday.objects.create(day=DAY, name="Half-saved")
    hang_up()
    Holiday.objects.count()
    return HttpResponse("done")


def after(request: HttpRequest, tenant: str) -> HttpResponse:
    """Only the commit notices."""
    Holiday.objects.create(day=DAY, name="Half-saved")
    hang_up()
    return HttpResponse("done")


def caught(request: HttpRequest, tenant: str) -> HttpResponse:
    """The page passes over the error, and whoever asks next is told so."""
    Holiday.objects.create(day=DAY, name="Half-saved")
    hang_up()
    with suppress(DatabaseError):
        Holiday.objects.count()
    Holiday.objects.count()
    return HttpResponse("done")


def never(request: HttpRequest, tenant: str) -> HttpResponse:
    """All is well."""
    return HttpResponse(str(Holiday.objects.count()))


urlpatterns = [
    path(f"t/<slug:tenant>/{view.__name__}/", view) for view in (before, after, caught, never)
]
