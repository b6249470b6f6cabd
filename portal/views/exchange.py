"""What I gave and what I got, to read, print and keep, and whether I liked it (PRT-1, BEN-9)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocacy.web.http import key_of
from advocates.people.pages.privacy import file_answer
from benefits.grants.models import Grant
from benefits.grants.rating import rate_grant
from portal.selectors.exchange import as_document, exchange_of
from portal.views.base import PortalView

_VERDICTS = {"yes": True, "no": False, "": None}


class ExchangePage(PortalView):
    """Both sides on one page; a tap says whether something was liked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self.show("exchange", {"exchange": exchange_of(self.advocate)})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what they say of one thing they got; another tap changes it."""
        key = key_of(request.POST.get("got", ""))
        grant = Grant.objects.filter(pk=key, advocate=self.advocate).first() if key else None
        if grant is None:
            raise Http404
        said = request.POST.get("liked", "")
        if said not in _VERDICTS:
            messages.error(request, _("Say whether you liked it or not: one of the two buttons."))
            return HttpResponseRedirect(request.path)
        try:
            rate_grant(actor=self.actor, grant=grant, liked=_VERDICTS[said])
        except DomainError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(request.path)
        text = {
            "yes": _("Good to hear. We remember it."),
            "no": _("Thank you for saying so. Next time it will be something else."),
            "": _("Taken back."),
        }[said]
        messages.success(request, text)
        return HttpResponseRedirect(request.path)


class ExchangeFile(PortalView):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """JSON, in full."""
        return file_answer(dict(as_document(self.advocate)), self.advocate.name)
