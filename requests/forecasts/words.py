"""A forecast as a colleague would say it (TIMER-1)."""

from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.web.formatting import span
from advocates.accounts.choices import Region
from advocates.models import ActivityType
from requests.forecasts.choices import Likeness
from requests.forecasts.history import Forecast


def said(found: Forecast) -> str:
    """How likely, how soon, from how many; or that there is too little to say."""
    if found.yes is None:
        text = ngettext(
            "Too early to say how likely a yes is: %(asks)d ask was answered so far, it takes"
            " %(needed)d.",
            "Too early to say how likely a yes is: %(asks)d asks were answered so far, it takes"
            " %(needed)d.",
            found.asks,
        )
        return text % {"asks": found.asks, "needed": found.needed}
    figures = {"yes": found.yes, "asks": found.asks, "percent": found.percent}
    if found.minutes is None:
        return _("None of %(asks)d asks like this one was a yes.") % figures
    return _(
        "%(percent)d %% of asks like this one were a yes (%(yes)d of %(asks)d); half of the yeses"
        " came within %(time)s."
    ) % {**figures, "time": within(found.minutes)}


def within(minutes: int) -> str:
    """A length of time, rounded up in the unit it is said in, so that it is not too short."""
    days = minutes / 1440
    unit = 1 if minutes < 60 else 60 if days < 1 else 1440 if days < 14 else 7 * 1440
    return span(ceil(minutes / unit) * unit * 60)


def which(found: Forecast, kind: ActivityType, *, industry: str = "", region: str = "") -> str:
    """Which asks were counted, and that the group was widened if it was (TIMER-1.b)."""
    if found.yes is None:
        return ""
    likeness = found.likeness
    market = _market(industry, region)
    figures = {
        "type": kind.name,
        "market": market,
        "industry": industry,
        "effort": kind.get_effort_display().lower(),
        "needed": found.needed,
    }
    if likeness == Likeness.MARKET:
        return _("Counted: %(type)s for %(market)s.") % figures
    if likeness == Likeness.INDUSTRY:
        text = _("Counted: %(type)s for %(industry)s.")
        if region:
            text = _("Fewer than %(needed)d for %(market)s, so all for %(industry)s count.")
        return text % figures
    if likeness == Likeness.TYPE:
        text = _("Counted: every %(type)s.")
        if industry:
            text = _("Fewer than %(needed)d for %(industry)s, so every %(type)s counts.")
        return text % figures
    if likeness == Likeness.EFFORT:
        return (
            _("Fewer than %(needed)d of %(type)s, so everything of %(effort)s effort counts.")
            % figures
        )
    return _("Fewer than %(needed)d of %(type)s, so every ask counts.") % figures


def _market(industry: str, region: str) -> str:
    name = Region(region).label if region in Region.values else region
    return _("%(industry)s in %(region)s") % {"industry": industry, "region": name}
