"""Accepting or declining an invitation into the program (ENR-1, ID-3)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone, secret_of
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.errors import DomainError
from advocates.joining.choices import InvitationState
from advocates.joining.invitation_mails import words_of
from advocates.joining.invitations import PURPOSE, decline_invitation
from advocates.language import language_of
from advocates.models import ProgramInvitation
from advocates.pool.selectors import place_of
from advocates.pool.services import agree_oneself
from portal.selectors.limits import examples, yearly_cap
from portal.selectors.links import invitation_behind
from portal.services import join_program


class InvitationPage(LinkPage):
    """Who invites, what is involved, yes or no. Looking at it changes nothing."""

    invitation: ProgramInvitation

    purposes = (PURPOSE,)
    gone_template = "portal/invitation_gone.html"

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = invitation_behind(link)
        if found is None:
            raise LinkGone("unknown")
        self.invitation = found
        return language_of(found.advocate), found.advocate.zone

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The invitation, or what became of it."""
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Yes leads straight to the preferences; no gets a kind word."""
        said = request.POST.get("say", "")
        try:
            if said == "yes":
                link = join_program(
                    invitation=self.invitation, consent=bool(request.POST.get("consent"))
                )
                page = reverse("portal-preferences", args=[secret_of(link)])
                return HttpResponseRedirect(f"{page}?welcome=1")
            if said == "pool" and self.invitation.state == InvitationState.DECLINED:
                agree_oneself(
                    advocate=self.invitation.advocate, on=_("Said yes after the invitation.")
                )
                return HttpResponseRedirect(request.path)
            if said == "no":
                decline_invitation(
                    invitation=self.invitation, reason=request.POST.get("reason", "")
                )
                return HttpResponseRedirect(request.path)
        except DomainError as error:
            self.invitation.reload()
            return self._show(status=error.status, problem=error.message, say=said)
        return self._show(status=422, problem=_("Choose one of the answers."))

    def _show(self, *, status: int = 200, problem: str = "", say: str = "") -> HttpResponse:
        invitation = self.invitation
        state = str(invitation.state)
        if state == InvitationState.SENT and invitation.expires_at <= clock.now():
            state = "expired"
        context = {
            "brand": self.tenant.name,
            "company": self.tenant.name,
            "invitation": invitation,
            "words": words_of(invitation),
            "advocate": invitation.advocate,
            "first_name": invitation.advocate.first_name or invitation.advocate.name,
            "state": state,
            "examples": examples(),
            "cap": yearly_cap(),
            "problem": problem,
            "pool": place.state if (place := place_of(invitation.advocate)) else "",
            "say": say or ("no" if self.request.GET.get("say") == "no" else ""),
            "reason": self.request.POST.get("reason", ""),
            "sign_in_url": reverse("portal-sign-in", args=[self.tenant.slug]),
        }
        template = "invitation" if state == InvitationState.SENT else "invitation_over"
        return render(self.request, f"portal/{template}.html", context, status=status)
