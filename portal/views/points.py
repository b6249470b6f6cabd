"""An advocate's points: level, badges, shop, leaderboard (BEN-7)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.errors import DomainError
from advocacy.web.http import key_of
from benefits.grants.lifecycle import GrantState
from benefits.points.ledger import are_on
from benefits.points.services import show_on_board
from benefits.points.shop.selectors import Offer
from benefits.points.shop.services import redeem
from portal.selectors.points import PointsPage as Shown
from portal.selectors.points import points_page_of
from portal.views.base import PortalView


class PointsPage(PortalView):
    """Where one stands; a reward is chosen by one tap and redeemed by another."""

    def find(self, link: PersonalLink) -> Any:
        found = super().find(link)
        if not are_on():
            raise Http404
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the question before a reward is redeemed."""
        shown = points_page_of(self.advocate)
        if "item" not in request.GET:
            return self.show("points", {"points": shown})
        offer = _offer(shown, request.GET["item"])
        if offer is None or not offer.is_open:
            messages.error(request, _("This reward is not to be had now. Look at the others."))
            return HttpResponseRedirect(request.path)
        # The press is made once, however often it is sent.
        return self.show("redeem", {"points": shown, "offer": offer, "key": uuid.uuid4()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redeem, or be on the leaderboard or not."""
        said = request.POST.get("say", "")
        try:
            if said in ("join", "leave"):
                on = said == "join"
                show_on_board(actor=self.actor, advocate=self.advocate, on_board=on)
                messages.success(request, _("You are on it.") if on else _("You are not on it."))
            elif said == "redeem":
                self._redeem(request)
            else:
                return self._refuse(_("Choose one of the answers."), 422)
        except DomainError as error:
            return self._refuse(_words(error), error.status)
        return HttpResponseRedirect(request.path)

    def _redeem(self, request: HttpRequest) -> None:
        offer = _offer(points_page_of(self.advocate), request.POST.get("item", ""))
        key = key_of(request.POST.get("key", ""))
        if offer is None or key is None:
            raise DomainError(_("Choose a reward from the list."))
        grant = redeem(actor=self.actor, advocate=self.advocate, item=offer.item, key=key)
        messages.success(
            request,
            _("Noted. As soon as we have said yes it is on its way; else your points come back.")
            if grant.state == GrantState.PLANNED
            else _("It is yours. We see to it."),
        )

    def _refuse(self, problem: str, status: int) -> HttpResponse:
        shown = points_page_of(self.advocate)
        return self.show("points", {"points": shown, "problem": problem}, status=status)


def _offer(shown: Shown, key: str) -> Offer | None:
    return next((offer for offer in shown.offers if str(offer.item.pk) == key), None)


def _words(error: DomainError) -> str:
    """What colleagues read of a company's policy is not for the person."""
    if error.code == "gift_policy":
        return _("Your company does not allow its people a gift like this. Choose something else.")
    return error.message
