"""What was found, as a person says it: each number with its list and what changed (CAP-6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import money
from advocacy.web.urls import tenant_reverse
from advocates.touches.check_ins import here
from advocates.workload.numbers import Workload
from reporting.capacity.measuring import FUNDS, Figures, Manager, Team
from reporting.capacity.numbers import Bandwidth
from reporting.settings import Measuring


@dataclass(frozen=True, slots=True)
class Line:
    """One number: what it counts, what it is, since last week, and the rows behind it."""

    label: str
    value: str
    note: str = ""
    change: str = ""
    is_late: bool = False
    url: str = ""


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
            "planned": _money(figures.funds.planned),
            "left": _money(figures.funds.left),
        }
    team = next((each for each in figures.teams if each.role == code), Team(code, 0, 0))
    values = {"team": Role(code).label, "hours": _hours(team.minutes), "gives": team.hours}
    if not team.hours:
        text = _("%(team)s has %(hours)s of open work and gives the program no time.")
    else:
        text = _(
            "%(team)s has %(hours)s of open work and gives %(gives)d h a week."
            " Agree on more time, or put something off."
        )
    return text % values


def advocates_of(
    figures: Figures, before: Figures | None, member: Membership, warned: Sequence[str]
) -> list[Line]:
    """Who is near the limit, asked most, never asked, waits for a word."""
    busiest = _("%(asks)d of %(all)d asks of a year went to them")
    return [
        _people(
            member,
            _("Near their yearly limit"),
            "near",
            figures,
            before,
            {"left": "near"},
            _over(figures),
        ),
        _people(
            member,
            _("The tenth asked most"),
            "busiest",
            figures,
            before,
            {"asked": "most"},
            busiest % {"asks": figures.busiest_asks, "all": figures.asks},
            is_late="busiest" in warned,
        ),
        _people(
            member,
            _("Would recommend us, and never asked"),
            "never_asked",
            figures,
            before,
            {"asked": "never", "promoter": "yes"},
            _("in the program: ask them first"),
        ),
        _people(
            member,
            _("Would recommend us, not in the program yet"),
            "never_asked_candidates",
            figures,
            before,
            {"asked": "never", "promoter": "yes"},
            _("candidates whom nobody asked for anything"),
            of="advocates:candidates",
        ),
        _people(
            member,
            _("Wait for a word longer than their tier wants"),
            "overdue_touch",
            figures,
            before,
            {"check_in": "overdue"},
            _("of %(enrolled)d in the program") % {"enrolled": figures.enrolled},
            is_late="touch" in warned,
        ),
    ]


def managers_of(figures: Figures, before: Figures | None, member: Membership) -> list[Line]:
    """Open requests of each program manager beside what their time allows."""
    names = _names([each.member for each in figures.managers])
    then = {each.member: each.open for each in before.managers} if before else {}
    return [
        Line(
            label=names.get(each.member, _("Somebody who left")),
            value=_together(
                _("%(open)d of %(target)d") % {"open": each.open, "target": each.target}
            ),
            note=_share_words(each),
            change=_change(each.open, then.get(each.member)),
            is_late=each.open > each.target,
            url=_list(member, "requests.view", "requests:all", {"manager": each.member}),
        )
        for each in figures.managers
    ]


def teams_of(
    figures: Figures, before: Figures | None, member: Membership, warned: Sequence[str]
) -> list[Line]:
    """Hours that open work needs of each team beside what it gives."""
    then = {each.role: each.minutes for each in before.teams} if before else {}
    return [
        Line(
            label=str(Role(each.role).label),
            value=_hours(each.minutes),
            note=_gives(each),
            change=_hours_change(each.minutes, then.get(each.role)),
            is_late=each.role in warned,
            url=_list(
                member, "activities.view", "duties:list", {"state": "open", "team": each.role}
            ),
        )
        for each in figures.teams
    ]


def funds_of(
    figures: Figures, before: Figures | None, member: Membership, warned: Sequence[str]
) -> list[Line]:
    """What is left of the budgets, and what waits for it (CAP-6.d); nothing without a budget."""
    now, then = figures.funds, before.funds if before else None
    if now is None:
        return []
    words = {"amount": _money(now.amount), "spent": _money(now.spent)}
    words |= {"committed": _money(now.committed)}
    left = _("of %(amount)s; %(spent)s spent, %(committed)s on the way") % words
    return [
        Line(
            label=_("Left of today's budgets"),
            value=_together(_money(now.left)),
            note=left,
            change=_money_change(now.left, then.left if then else None),
            is_late=FUNDS in warned,
            url=_list(member, "budgets.view", "budgets:list", {"runs": "today"}),
        ),
        Line(
            label=_("Waits for an approval"),
            value=_together(_money(now.planned)),
            note=_("planned, and not taken from a budget yet"),
            change=_money_change(now.planned, then.planned if then else None),
            url=_list(member, "grants.view", "grants:list", {"state": "planned"}),
        ),
    ]


def _people(
    member: Membership,
    label: str,
    name: str,
    figures: Figures,
    before: Figures | None,
    query: dict[str, str],
    note: str,
    *,
    is_late: bool = False,
    of: str = "advocates:list",
) -> Line:
    value = getattr(figures, name)
    return Line(
        label=label,
        value=number_format(value),
        note=note,
        change=_change(value, getattr(before, name) if before else None),
        is_late=is_late,
        url=_list(member, "advocates.view", of, query),
    )


def _list(member: Membership, permission: str, name: str, query: dict[str, str]) -> str:
    if not member.can(permission):
        return ""
    return f"{tenant_reverse(member.tenant, name)}?{urlencode(query)}"


def _names(keys: Sequence[str]) -> dict[str, str]:
    found: Any = Membership.objects.filter(pk__in=keys).select_related("user")
    return {str(each.pk): each.name for each in found}


def _over(figures: Figures) -> str:
    if not figures.over:
        return _("nobody is over it")
    return ngettext("%(n)d of them is over it", "%(n)d of them are over it", figures.over) % {
        "n": figures.over
    }


def _share_words(manager: Manager) -> str:
    text = _("%(share)d %% of their time carries %(target)d")
    return text % {"share": manager.share, "target": manager.target}


def _gives(team: Team) -> str:
    if team.weeks is None:
        return _("gives no time")
    weeks = number_format(team.weeks, decimal_pos=1)
    return _("gives %(hours)d h a week, so %(weeks)s weeks of work") % {
        "hours": team.hours,
        "weeks": weeks,
    }


def _hours(minutes: int) -> str:
    return _together(_("%(hours)s h") % {"hours": number_format(round(minutes / 60))})


def _money(hundredths: int) -> str:
    return money(Decimal(hundredths) / 100, here().currency)


def _money_change(now: int, then: int | None) -> str:
    if then is None:
        return ""
    if now == then:
        return _("as last week")
    by = _money(abs(now - then))
    text = _("%(by)s more than last week") if now > then else _("%(by)s less than last week")
    return text % {"by": by}


def _together(text: str) -> str:
    """On one line, also where it is narrow."""
    return text.replace(" ", "\u00a0")


def _change(now: int, then: int | None) -> str:
    if then is None:
        return ""
    if now == then:
        return _("as last week")
    return _("%(by)+d since last week") % {"by": now - then}


def _hours_change(now: int, then: int | None) -> str:
    if then is None:
        return ""
    by = round(now / 60) - round(then / 60)
    return _("as last week") if not by else _("%(by)+d h since last week") % {"by": by}
