"""What was found, as a person says it: each number with its list and what changed (CAP-6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web.urls import tenant_reverse
from reporting.capacity.measuring import FUNDS, Figures, Manager, Team
from reporting.capacity.phrases import change, hours, hours_change, in_money, money_change, together


@dataclass(frozen=True, slots=True)
class Line:
    """One number: what it counts, what it is, since last week, and the rows behind it."""

    label: str
    value: str
    note: str = ""
    change: str = ""
    is_late: bool = False
    url: str = ""


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
            value=together(
                _("%(open)d of %(target)d") % {"open": each.open, "target": each.target}
            ),
            note=_share_words(each),
            change=change(each.open, then.get(each.member)),
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
            value=hours(each.minutes),
            note=_gives(each),
            change=hours_change(each.minutes, then.get(each.role)),
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
    words = {"amount": in_money(now.amount), "spent": in_money(now.spent)}
    words |= {"committed": in_money(now.committed)}
    left = _("of %(amount)s; %(spent)s spent, %(committed)s on the way") % words
    return [
        Line(
            label=_("Left of today's budgets"),
            value=together(in_money(now.left)),
            note=left,
            change=money_change(now.left, then.left if then else None),
            is_late=FUNDS in warned,
            url=_list(member, "budgets.view", "budgets:list", {"runs": "today"}),
        ),
        Line(
            label=_("Waits for an approval"),
            value=together(in_money(now.planned)),
            note=_("planned, and not taken from a budget yet"),
            change=money_change(now.planned, then.planned if then else None),
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
        change=change(value, getattr(before, name) if before else None),
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
