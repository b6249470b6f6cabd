"""Where a program may start, and what others report: for orientation, never a number of one's own
(GOAL-1.b, GOAL-1.d).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Ambition:
    """One line of the table. ``metric`` is empty where nothing is measured of it yet; ``target`` in
    the words of a goal: per cent for shares and differences.
    """

    name: str | Promise
    metric: str = ""
    target: float | None = None
    start: str | Promise = ""
    others: str | Promise = ""


AMBITIONS = (
    Ambition(_("qualified references a year"), "qualified_references", 50, "50"),
    Ambition(_("reference close rate"), "reference_close_rate", 90, "90 %"),
    Ambition(_("qualified opportunities supported"), "deals_supported", 80, "80 %"),
    Ambition(_("case studies a year"), start="12"),
    Ambition(_("fresh testimonials"), start="50"),
    Ambition(_("average rating"), start="4.5"),
    Ambition(_("five-star reviews on the first site"), others="50"),
    Ambition(_("pipeline from referrals"), start="20 %"),
    Ambition(_("win rate with touchpoint"), "win_rate_difference", 15, "+15 %", _("+15 to +25 %")),
    Ambition(
        _("sales cycle with reference"),
        "cycle_difference",
        -20,
        "−20 %",
        _("−20 to −30 %; with referral or story −30 to −40 %"),
    ),
    Ambition(_("referral leads' conversion"), others=_("3 to 5 times other leads")),
    Ambition(_("acquisition cost of referral-sourced customers"), others=_("−30 to −50 %")),
    Ambition(
        _("retention of advocate accounts"),
        start="95 %",
        others=_("95 against 85 %; renewal +10 to +20 points"),
    ),
    Ambition(
        _("expansion of advocate accounts"), start="+25 %", others=_("after 12 against 18 months")
    ),
    Ambition(_("thank-yous in time"), "thanked_in_time", 95, "95 %"),
)
