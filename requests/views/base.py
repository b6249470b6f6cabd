"""What pages about one request share."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from requests.models import Ask, Request
from requests.presentation import title_of
from requests.selectors import requests as selectors

PLACE = "requests"


class RequestMixin:
    """The request in the address, and the way back to it."""

    place = PLACE

    @cached_property
    def wanted(self) -> Request:
        """The request; 404 when this member may not see it."""
        return selectors.get_request(self.membership, self.kwargs["pk"])  # type: ignore[attr-defined]

    def home(self) -> str:
        """Its page."""
        return tenant_reverse(self.request, "requests:detail", self.wanted.pk)  # type: ignore[attr-defined]

    def get_success_url(self, result: Any) -> str:
        """Back to the request."""
        return self.home()


class AskMixin(RequestMixin):
    """The ask in the address, and its request."""

    @cached_property
    def ask(self) -> Ask:
        """The ask of a visible request."""
        return selectors.get_ask(self.membership, self.kwargs["pk"])  # type: ignore[attr-defined]

    @cached_property
    def wanted(self) -> Request:
        """Its request."""
        return self.ask.request


class RequestFormPage(RequestMixin, FormPage):
    """A question about one request, as a page or in the side panel."""

    abstract = True
    permission = "requests.view"

    def get_cancel_url(self) -> str:
        """Back to the request."""
        return self.home()

    def get_context(self) -> dict[str, Any]:
        """Where this belongs."""
        return {
            "page_subtitle": f"{self.wanted.reference} · {title_of(self.wanted)}",
            "crumbs": [
                (tenant_reverse(self.request, "requests:list"), _("Requests")),
                (self.home(), title_of(self.wanted)),
            ],
        }
