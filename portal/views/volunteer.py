"""Offering to help: for people at a customer who are not in the program (IDN-2, ID-3)."""

from datetime import tzinfo
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.joining.invitations import ask_for_fresh_invitation
from advocates.joining.volunteer_status import VolunteerStatus, volunteer_status_of
from advocates.joining.volunteering import take_back_offer
from advocates.models import Advocate
from advocates.people.choices import ENROLLED
from advocates.pool.lifecycle import PoolState
from advocates.pool.selectors import place_of
from advocates.pool.services import agree_oneself, leave
from portal.forms import OfferForm
from portal.purposes import NEWCOMER, VOLUNTEER
from portal.selectors.volunteering import (
    Visitor,
    invitation_path,
    program_contact,
    visitor_behind,
)
from portal.services import offer_help


class VolunteerPage(LinkPage):
    """A few friendly questions, or where one stands. Looking at it changes nothing."""

    visitor: Visitor

    purposes = (VOLUNTEER, NEWCOMER)
    gone_template = "portal/gone.html"

    def find(self, link: PersonalLink) -> tuple[str, tzinfo | None]:
        found = visitor_behind(link)
        if found is None:
            raise LinkGone("unknown")
        self.visitor = found
        return found.language, found.zone

    @property
    def sign_in_url(self) -> str:
        """Where a fresh link is had."""
        return reverse("portal-sign-in", args=[self.tenant.slug])

    @property
    def volunteer_status(self) -> VolunteerStatus | None:
        """Where they stand; ``None`` when the address belongs to no customer any more."""
        if self.visitor.advocate is not None:
            return volunteer_status_of(self.visitor.advocate)
        return VolunteerStatus("free") if self.visitor.account is not None else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions, or where they stand."""
        return self._show(self._form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer help, take the offer back, or ask for the invitation once more."""
        said = request.POST.get("say", "")
        try:
            if said == "offer":
                return self._offer()
            if said in ("pool", "leave") and self.visitor.advocate is not None:
                return self._pool(self.visitor.advocate, said)
            if said == "back" and self.visitor.advocate is not None:
                take_back_offer(advocate=self.visitor.advocate)
                return HttpResponseRedirect(f"{request.path}?back=1")
            if said == "invitation":
                return self._invitation()
        except Conflict as error:
            return self._show(self._form(), status=error.status, problem=error.message)
        return self._show(self._form(), status=422, problem=_("Choose one of the answers."))

    def _form(self, data: Any = None) -> OfferForm:
        return OfferForm(data, is_newcomer=self.visitor.advocate is None)

    def _offer(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            offer_help(visitor=self.visitor, **form.cleaned_data)
        except Conflict:
            raise
        except DomainError as error:
            for name, text in error.fields.items():
                form.add_error(name if name in form.fields else None, text)
            if not error.fields:
                form.add_error(None, error.message)
            return self._show(form, status=error.status)
        return HttpResponseRedirect(self.request.path)

    def _pool(self, person: Advocate, said: str) -> HttpResponse:
        """Hear from us without promising anything, or no more (TIER-9)."""
        if said == "pool":
            agree_oneself(advocate=person, on=_("Asked for it on their own page."))
        elif (place := place_of(person)) is not None:
            leave(actor=Actor.advocate(person.pk), place=place)
        return HttpResponseRedirect(self.request.path)

    def _invitation(self) -> HttpResponse:
        status = self.volunteer_status
        if status is None or status.invitation is None:
            raise Conflict(_("There is no open invitation any more."))
        if invitation_path(status.invitation):
            return HttpResponseRedirect(self.request.path)  # a second tap; the fresh one works
        ask_for_fresh_invitation(invitation=status.invitation)
        return HttpResponseRedirect(f"{self.request.path}?sent=1")

    def _pool_state(self, person: Advocate | None) -> str:
        if person is None or person.status in ENROLLED:
            return ""
        place = place_of(person)
        return "member" if place is not None and place.state == PoolState.MEMBER else "outside"

    def _show(self, form: OfferForm, *, status: int = 200, problem: str = "") -> HttpResponse:
        person, volunteer = self.visitor.advocate, self.volunteer_status
        context = {
            "brand": self.tenant.name,
            "company": self.tenant.name,
            "account": self.visitor.account,
            "first_name": (person.first_name or person.name) if person else "",
            "email": self.visitor.newcomer.email if self.visitor.newcomer else "",
            "contact": program_contact(),
            "sign_in_url": self.sign_in_url,
            "status": volunteer,
            "pool": self._pool_state(person),
            "form": form,
            "problem": problem,
            "was_sent": "sent" in self.request.GET,
            "taken_back": "back" in self.request.GET,
        }
        if volunteer is None:
            return render(self.request, "portal/unplaced.html", context, status=status)
        if volunteer.where == "free":
            return render(self.request, "portal/volunteer.html", context, status=status)
        if volunteer.invitation is not None:
            context["invitation_path"] = invitation_path(volunteer.invitation)
        return render(self.request, "portal/volunteer_status.html", context, status=status)
