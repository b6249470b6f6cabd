"""Every address of the product, put together from the rooms' own lists."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from advocacy.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]

if settings.DEBUG:
    from advocacy.web import styleguide

    urlpatterns += styleguide.urlpatterns

handler400 = "advocacy.web.errors.bad_request"
handler403 = "advocacy.web.errors.permission_denied"
handler404 = "advocacy.web.errors.page_not_found"
handler500 = "advocacy.web.errors.server_error"
