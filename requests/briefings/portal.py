"""The advocate's briefing behind their own link, without signing in (FUL-2, ID-3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from activities.activities.choices import OPEN
from requests.asks.choices import AskState
from requests.asks.portal import AskPage
from requests.briefings.choices import Side
from requests.briefings.contents import sheet_of
from requests.briefings.models import Briefing
from requests.mails import first_name


class BriefingPage(AskPage):
    """What to know before the call; over, the ask's own page says what became of it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The sheet, as it is now."""
        ask = self.ask
        row = Briefing.objects.filter(ask=ask, side=Side.ADVOCATE).first()
        is_on = ask.activity is not None and ask.activity.state in OPEN
        if row is None or not is_on or ask.state != AskState.ACCEPTED:
            return HttpResponseRedirect("../")
        row.ask = ask
        context = {
            "brand": self.tenant.name,
            "ask": ask,
            "first_name": first_name(ask.advocate),
            "sheet": sheet_of(row),
        }
        return render(request, "requests/portal/briefing.html", context)
