"""What was said of a yes against what happened, for who runs the program (TIMER-1.c)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from requests.forecasts.accuracy import Accuracy, Foretold, accuracy, latest_foretold
from requests.forecasts.keeping import kept_forecast
from requests.forecasts.words import within
from requests.pages import NAV_ITEM
from requests.requests.presentation import title_of


class Forecasts(DetailPage):
    """By share foreseen, then the newest requests one by one."""

    permission = "requests.triage"
    nav_item = NAV_ITEM
    template_name = "requests/forecasts.html"
    title = gettext_lazy("Was a yes as likely as we said?")
    object: Accuracy

    def get_object(self) -> Accuracy:
        return accuracy()

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            "page_subtitle": _(
                "Whoever asks is told how likely a yes is, from like asks before. Here is what"
                " came of it."
            ),
            "time": _time_words(self.object),
            "latest": [self._row(each) for each in latest_foretold()],
        }

    def _row(self, each: Foretold) -> dict[str, Any]:
        kept = kept_forecast(each.request)
        first = within(max(1, round(each.first.total_seconds() / 60))) if each.first else ""
        return {
            "title": title_of(each.request),
            "reference": each.request.reference,
            "url": tenant_reverse(self.request, "requests:detail", each.request.pk),
            "percent": kept.percent if kept else None,
            "minutes": within(kept.minutes) if kept and kept.minutes else "",
            "asks": each.asks,
            "yes": each.yes,
            "first": first,
        }


def _time_words(found: Accuracy) -> str:
    """Whether the times were honest."""
    if found.in_time_percent is None:
        return _("%(timed)d yeses came after a time was said; from %(needed)d on we can tell.") % {
            "timed": found.timed,
            "needed": found.needed,
        }
    return _(
        "%(percent)d %% of %(timed)d yeses came within the time that was said. It is the time"
        " within which half should come, so near 50 %% is honest."
    ) % {"percent": found.in_time_percent, "timed": found.timed}
