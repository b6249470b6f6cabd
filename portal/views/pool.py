"""The page of the community pool: yes, no, what one gets, and out again with one press (TIER-9)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone, secret_of
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.errors import DomainError
from advocacy.tenant_settings.reading import current
from advocates.language import language_of
from advocates.models import PoolMembership
from advocates.pool.mails import PURPOSE
from advocates.pool.numbers import PoolNumbers
from advocates.pool.selectors import invitations_of, place_of
from advocates.pool.services import agree_oneself, leave_oneself
from portal.services.volunteering import open_volunteer_page


class PoolPage(LinkPage):
    """Behind the link of every mail to the pool. Looking at it changes nothing (ID-3)."""

    purposes = (PURPOSE,)
    gone_template = "portal/gone.html"

    place: PoolMembership

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = (
            PoolMembership.objects.select_related("advocate__account", "advocate__tenant")
            .filter(pk=link.subject_id, advocate__erased_at=None)
            .first()
        )
        if found is None:
            raise LinkGone("revoked")
        # A link of before means the person, who may have come back since: to the place of now.
        self.place = place_of(found.advocate) or found
        return language_of(found.advocate), found.advocate.zone

    @property
    def sign_in_url(self) -> str:
        """Where a fresh link is had."""
        return reverse("portal-sign-in", args=[self.tenant.slug])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The offer, or what one gets and the way out."""
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Yes, no, out, or an offer to help."""
        place, said = self.place, request.POST.get("say", "")
        try:
            if said == "yes":
                agree_oneself(advocate=place.advocate, on=_("Said yes on the personal link."))
            elif said in ("no", "leave"):
                leave_oneself(advocate=place.advocate)
            elif said == "help":
                link = open_volunteer_page(place.advocate)
                return HttpResponseRedirect(reverse("portal-volunteer", args=[secret_of(link)]))
            else:
                return self._show(status=422, problem=_("Choose one of the answers."))
        except DomainError as error:
            place.reload()
            return self._show(status=error.status, problem=error.message)
        return HttpResponseRedirect(request.path)

    def _show(self, *, status: int = 200, problem: str = "") -> HttpResponse:
        person, numbers = self.place.advocate, current(PoolNumbers)
        context = {
            "brand": self.tenant.name,
            "company": self.tenant.name,
            "first_name": person.first_name or person.name,
            "place": self.place,
            "updates": numbers.updates_address,
            "community": numbers.community_address,
            "invited": invitations_of(person).first(),
            "problem": problem,
            "sign_in_url": reverse("portal-sign-in", args=[self.tenant.slug]),
        }
        return render(self.request, "portal/pool.html", context, status=status)
