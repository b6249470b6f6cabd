"""The recognition wall as people in the program read it, and what they say to it (BEN-8.a)."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from advocates.people.choices import ENROLLED, ConsentUse
from advocates.people.consents import say_no, say_yes
from advocates.people.leave import leave_of
from benefits.recognition.selectors import about, on_the_wall
from portal.views.base import PortalView


class Wall(PortalView):
    """By period; above it what is written about the reader, with one press for yes and no."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        # Whoever is not in the program reads what is about themselves, to end it.
        rows = on_the_wall() if self.advocate.status in ENROLLED else []
        return self.show(
            "wall",
            {
                "company": self.tenant.name,
                "periods": [
                    (words, list(group)) for words, group in groupby(rows, lambda r: r.period_words)
                ],
                "mine": about(self.advocate),
                "is_agreed": leave_of(self.advocate).given(ConsentUse.RECOGNITION),
            },
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """They agree to be recognised by name, or do not any more."""
        use = ConsentUse.RECOGNITION
        if "yes" in request.POST:
            said = _("On their own page, under the recognition wall")
            say_yes(actor=self.actor, advocate=self.advocate, use=use, said=said)
            messages.success(request, _("Thank you. You can take it back here at any time."))
        else:
            say_no(actor=self.actor, advocate=self.advocate, use=use)
            messages.success(request, _("Done. Nothing on the wall is about you any more."))
        return HttpResponseRedirect(self.url("portal-wall"))
