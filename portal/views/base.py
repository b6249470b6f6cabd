"""What the portal's pages share: the person behind the link, their language, their clock."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from advocacy.languages import spoken
from advocacy.messaging.links import LinkGone, resolve_link
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.web.views import PublicView
from advocates.language import language_of
from advocates.models import Advocate
from portal.purposes import PURPOSE
from portal.selectors.links import advocate_behind


class PortalView(PublicView):
    """A page for one advocate, found by the link alone (ID-3). GET changes nothing."""

    #: Links that open the page.
    purposes: ClassVar[tuple[str, ...]] = (PURPOSE,)

    secret: str
    link: PersonalLink
    advocate: Advocate

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the person, speak their language, show their time."""
        if self.tenant is None:
            return super().dispatch(request, *args, **kwargs)
        self.secret = kwargs["secret"]
        try:
            self.link = resolve_link(self.secret, purposes=self.purposes)
        except LinkGone as gone:
            return self.gone(gone)
        found = advocate_behind(self.link)
        if found is None:
            return self.gone(LinkGone("revoked"))
        self.advocate = found
        with translation.override(spoken(language_of(found))), timezone.override(found.zone):
            return super().dispatch(request, *args, **kwargs)

    def gone(self, gone: LinkGone) -> HttpResponse:
        """A link that opens nothing any more, and how to get one that does."""
        context = {
            "brand": self.tenant.name,
            "message": gone.message,
            "sign_in_url": self.sign_in_url,
        }
        return render(self.request, "portal/gone.html", context, status=gone.status)

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
