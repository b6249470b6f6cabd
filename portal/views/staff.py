"""The colleague's buttons: a link into the portal, and no link any more (ID-3)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView
from advocates.models import Advocate
from advocates.people.selectors import get_advocate
from portal.services import end_portal_links, send_portal_link


class SendLink(ActionView):
    """Mail somebody the link to their own page."""

    permission: ClassVar[str] = "advocates.edit"

    def perform(self) -> Advocate:
        advocate = get_advocate(self.kwargs["pk"])
        send_portal_link(actor=self.actor, advocate=advocate)
        return advocate

    def get_success_message(self, result: Any) -> str:
        return _("The link is on its way to %(name)s.") % {"name": result.name}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])


class EndLinks(ActionView):
    """End every link to somebody's page, when one went astray."""

    permission: ClassVar[str] = "advocates.edit"
    success_message = gettext_lazy("No link to their page works any more.")

    def perform(self) -> Advocate:
        advocate = get_advocate(self.kwargs["pk"])
        end_portal_links(actor=self.actor, advocate=advocate)
        return advocate

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])
