"""Every address of the product, put together from the apps' own lists."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from activities import urls as activities
from advocacy import api
from advocacy.health import healthz
from advocacy.identity import urls as people
from advocacy.messaging import urls as messaging
from advocacy.records.resource import registered
from advocacy.rest import urls as rest
from advocacy.search.views import Search
from advocacy.tenant_settings import pages as numbers
from advocacy.web.views.counts import NavigationCounts
from advocates import urls as advocates
from imports import urls as imports
from portal import urls as portal
from requests import urls as requests
from requests.opportunities import pages as stages

#: Pages of one tenant's staff (TEN-5); one line per app.
tenant_patterns: list[URLPattern | URLResolver] = [
    path("counts/", NavigationCounts.as_view(), name="navigation-counts"),
    path("search/", Search.as_view(), name="search"),
    *people.tenant_patterns,
    *numbers.tenant_patterns,
    *activities.tenant_patterns,
    *advocates.tenant_patterns,
    *stages.tenant_patterns,
    *imports.tenant_patterns,
    *requests.tenant_patterns,
    path("thanks/", include("benefits.thanks.urls")),
    path("", include("reporting.urls")),
    *messaging.tenant_urlpatterns,
    *rest.tenant_patterns,
    *portal.tenant_patterns,
    *(path(f"{each.name}/", include((each.url_patterns(), each.name))) for each in registered()),
]

#: Pages behind a personal link, which alone names the tenant (ID-3); one line per app.
link_patterns: list[URLPattern | URLResolver] = [
    *people.link_patterns,
    *portal.link_patterns,
    *requests.link_patterns,
    *activities.link_patterns,
    *messaging.link_patterns,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    *people.entrance_patterns,
    *advocates.entrance_patterns,
    *portal.entrance_patterns,
    *requests.entrance_patterns,
    *activities.public_patterns,
    path("t/<slug:tenant>/", include(tenant_patterns)),
    path("p/<str:secret>/", include(link_patterns)),
    path("api/v1/", include((api.urlpatterns, "api"))),
]

if settings.DEBUG:
    from advocacy.web import styleguide

    urlpatterns += styleguide.urlpatterns

if settings.DEVELOPMENT_MAILBOX:
    urlpatterns += messaging.mailbox_urlpatterns

handler400 = "advocacy.web.errors.bad_request"
handler403 = "advocacy.web.errors.permission_denied"
handler404 = "advocacy.web.errors.page_not_found"
handler500 = "advocacy.web.errors.server_error"
