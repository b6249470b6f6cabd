"""What a warning of the capacity check says: its numbers, and what to do about it (CAP-6)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocates.workload.numbers import Workload
from reporting.capacity.measuring import FUNDS, Figures, Team
from reporting.capacity.numbers import Bandwidth
from reporting.capacity.phrases import hours, in_money
from reporting.settings import Measuring


def sentence_of(code: str, figures: Figures) -> str:
    """A warning with its numbers and what to do about it."""
    numbers = current(Bandwidth)
    if code == "busiest":
        text = _(
            "%(percent)d %% of all asks went to the tenth asked most; fair is up to %(most)d %%."
            " Ask others first."
        )
        return text % {
            "percent": figures.busiest_percent,
            "most": current(Measuring).busiest_percent,
        }
    if code == "touch":
        text = _(
            "%(overdue)d of %(enrolled)d advocates wait for a word longer than their tier wants;"
            " up to %(most)d %% is fine. Win nobody new until they have been called."
        )
        return text % {
            "overdue": figures.overdue_touch,
            "enrolled": figures.enrolled,
            "most": current(Workload).overdue_touch_percent,
        }
    if code == "managers":
        busy = sum(each.open > each.target for each in figures.managers)
        return ngettext(
            "%(n)d program manager runs more requests than their time allows. Hand some over.",
            "%(n)d program managers run more requests than their time allows."
            " Share them out, or find more time.",
            busy,
        ) % {"n": busy}
    if code == "half_time":
        text = _(
            "Half a job or less looks after %(enrolled)d advocates; it is enough for"
            " %(most)d. Give the program more time, or win nobody new."
        )
        return text % {"enrolled": figures.enrolled, "most": numbers.half_time_people}
    if code == "full_time":
        text = _(
            "Less than a full-time job looks after %(enrolled)d advocates; from %(most)d on it"
            " takes a whole one."
        )
        return text % {"enrolled": figures.enrolled, "most": numbers.full_time_people}
    if code == FUNDS and figures.funds is not None:
        text = _(
            "Benefits that wait for an approval cost %(planned)s, and today's budgets have"
            " %(left)s left. Approve fewer, or find more money."
        )
        return text % {
            "planned": in_money(figures.funds.planned),
            "left": in_money(figures.funds.left),
        }
    team = next((each for each in figures.teams if each.role == code), Team(code, 0, 0))
    values = {"team": Role(code).label, "hours": hours(team.minutes), "gives": team.hours}
    if not team.hours:
        text = _("%(team)s has %(hours)s of open work and gives the program no time.")
    else:
        text = _(
            "%(team)s has %(hours)s of open work and gives %(gives)d h a week."
            " Agree on more time, or put something off."
        )
    return text % values
