"""What the portal's pages share: the person behind the link, their language, their clock."""

from collections.abc import Collection
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocates.language import language_of
from advocates.models import Advocate
from portal.purposes import PURPOSE
from portal.selectors.links import advocate_behind


class PortalView(LinkPage):
    """A page for one advocate, found by the link alone (ID-3). GET changes nothing."""

    purposes: ClassVar[Collection[str]] = (PURPOSE,)
    gone_template = "portal/gone.html"

    advocate: Advocate

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = advocate_behind(link)
        if found is None:
            raise LinkGone("revoked")
        self.advocate = found
        return language_of(found), found.zone

    @property
    def secret(self) -> str:
        """What the link ends with."""
        return str(self.kwargs["secret"])

    @property
    def sign_in_url(self) -> str:
        """Where a fresh link is had."""
        return reverse("portal-sign-in", args=[self.tenant.slug])

    @property
    def actor(self) -> Actor:
        """The advocate, as the one who acts."""
        return Actor.advocate(self.advocate.pk)

    def url(self, name: str) -> str:
        """Another page of the same link."""
        return reverse(name, args=[self.secret])

    def show(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page with what all of them need."""
        common = {
            "brand": self.tenant.name,
            "advocate": self.advocate,
            "first_name": self.advocate.first_name or self.advocate.name,
            "is_portal": self.link.purpose == PURPOSE,
            "secret": self.secret,
        }
        return render(self.request, f"portal/{template}.html", {**common, **context}, status=status)
