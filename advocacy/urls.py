"""Every address of the product, put together from the rooms' own lists."""

from django.urls import URLPattern, URLResolver, path

from advocacy.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
