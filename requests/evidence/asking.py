"""The request form's buttons: submit, save for later, *this answers it* (REQ-4.b, REQ-4.c)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from requests.evidence.fitting import best_assets, need_of_deal
from requests.evidence.panels import lines_of
from requests.evidence.services import answer_by_content, usable_asset
from requests.models import Opportunity, Request
from requests.requests.choices import RequestState
from requests.requests.filling import Known
from requests.requests.lifecycle import REQUEST
from requests.requests.services import submit_request

#: A POST with this says which piece answers it, and nobody is asked.
ANSWERED, DRAFT = "answered_by", "draft"


class HandsIn:
    """What the form of a new request can end in."""

    request: HttpRequest
    membership: Membership
    actor: Actor
    opportunity: Opportunity | None
    known: Known

    @property
    def submits(self) -> bool:
        """Whether somebody will be asked, so that everything has to be said."""
        return not {DRAFT, ANSWERED} & self.request.POST.keys()

    def hand_in(self, request: Request) -> Request:
        """What the pressed button says, of a request that was just written down."""
        if DRAFT in self.request.POST:
            return request
        if key := self.request.POST.get(ANSWERED):
            asset = usable_asset(self.membership, key)
            return answer_by_content(actor=self.actor, request=request, asset=asset)
        return submit_request(actor=self.actor, request=request)

    def answers(self) -> dict[str, Any]:
        """The best three pieces for the deal that was chosen."""
        if self.opportunity is None:
            return {}
        need = need_of_deal(self.membership, self.opportunity, self.known)
        return {"answers": lines_of(self.request, best_assets(self.membership, need))}


def said_of(request: Request) -> str:
    """What the toast says of it."""
    if request.state == RequestState.CLOSED:
        return str(REQUEST["answered_by_content"].done)
    if request.state == RequestState.DRAFT:
        return _("Saved. Nobody sees it until you submit it.")
    return _("%(request)s is submitted.") % {"request": request.reference}
