"""The description of the interface, for programs and for people (API-1)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """The description. It holds nobody's data, so it is open."""

    permission_classes: list[Any] = []
    authentication_classes: list[Any] = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Only the languages there are: of any other, Django would keep an empty catalogue."""
        super().initial(request, *args, **kwargs)
        language = request.query_params.get("lang")
        known = dict(settings.LANGUAGES)
        if language and language not in known:
            text = _("Choose one of: %(names)s.") % {"names": ", ".join(known)}
            raise ValidationError({"lang": [text]})

    def _get_version_parameter(self, request: Request) -> None:
        """There is one version; what an address says about it has no place in a header."""


class ReferenceView(SpectacularSwaggerSplitView):
    """The description to read and to try out; its script is an address of its own (CSP)."""

    permission_classes: list[Any] = []
    authentication_classes: list[Any] = []
    url_name = "api:schema"
    template_name = "rest/reference.html"
