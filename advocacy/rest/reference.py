"""The description of the interface, for programs and for people (API-1)."""

from typing import Any

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class SchemaView(SpectacularAPIView):
    """The description. It holds nobody's data, so it is open."""

    permission_classes: list[Any] = []
    authentication_classes: list[Any] = []


class ReferenceView(SpectacularSwaggerSplitView):
    """The description to read and to try out; its script is an address of its own (CSP)."""

    permission_classes: list[Any] = []
    authentication_classes: list[Any] = []
    url_name = "api:schema"
    template_name = "rest/reference.html"
