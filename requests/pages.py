"""What pages about one request share."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import AboutForm, AboutMixin
from requests.asks import selectors as asks
from requests.models import Ask, Request
from requests.requests import selectors
from requests.requests.presentation import (
    title_of,
)

NAV_ITEM = "requests"


class RequestMixin(AboutMixin):
    """The request in the address, and the way back to it."""

    nav_item: ClassVar[str] = NAV_ITEM
    subject_name = "request"

    membership: Membership

    def find(self) -> Request:
        """The request; 404 when this member may not see it."""
        return selectors.get_request(self.membership, self.kwargs["pk"])

    @property
    def row(self) -> Request:
        """The request, by a name that no HTTP request has."""
        return self.subject  # type: ignore[no-any-return]

    def home(self) -> str:
        return tenant_reverse(self.request, "requests:detail", self.row.pk)

    def get_context(self) -> dict[str, Any]:
        """Where a question about it belongs."""
        return {
            "page_subtitle": f"{self.row.reference} · {title_of(self.row)}",
            "crumbs": [
                (tenant_reverse(self.request, "requests:list"), _("Requests")),
                (self.home(), title_of(self.row)),
            ],
        }


class AskMixin(RequestMixin):
    """The ask in the address; its request is where it belongs."""

    subject_name = "ask"

    def find(self) -> Ask:  # type: ignore[override]
        return asks.get_ask(self.membership, self.kwargs["pk"])

    @property
    def ask(self) -> Ask:
        """The ask."""
        return self.subject  # type: ignore[no-any-return]

    @property
    def row(self) -> Request:
        return self.ask.request


class RequestFormPage(RequestMixin, AboutForm):
    """A question about one request, as a page or in the side panel."""

    abstract = True
    permission: ClassVar[str] = "requests.view"
