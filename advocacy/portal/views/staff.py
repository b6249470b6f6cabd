"""The colleague's button: a link into the portal (ID-3)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from advocacy.portal.services import send_portal_link
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView
from advocates.models import Advocate
from advocates.selectors.advocates import get_advocate


class SendLink(ActionView):
    """Mail somebody the link to their own page."""

    permission: ClassVar[str] = "advocates.edit"

    def perform(self) -> Advocate:
        """Send it."""
        advocate = get_advocate(self.kwargs["pk"])
        send_portal_link(actor=self.actor, advocate=advocate)
        return advocate

    def get_success_message(self, result: Any) -> str:
        """To whom."""
        return _("The link is on its way to %(name)s.") % {"name": result.name}

    def get_success_url(self, result: Any) -> str:
        """The person's page."""
        return tenant_reverse(self.request, "advocates:detail", self.kwargs["pk"])
