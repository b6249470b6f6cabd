"""The product's addresses, and beside them the floor of every page: a view that only answers."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from advocacy import urls as product
from advocacy.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@cache
def _body(name: str) -> bytes:
    body: bytes = (settings.BENCH_BODIES / name).read_bytes()
    return body


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """The same bytes without a token, a database or a template."""
    if not (settings.BENCH_BODIES / name).exists():
        return HttpResponse(status=404)
    return HttpResponse(_body(name), content_type="application/json")


urlpatterns: list[URLPattern | URLResolver] = [
    path("bare/<slug:name>/", bare),
    *product.urlpatterns,
]
