"""The numbers of a replay, each with the way to its rows (SIM-1.a)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenancy.models import Tenant
from advocacy.web.formatting import money
from advocacy.web.shapes import percent
from reporting.simulator.changes import CAUSES
from reporting.simulator.outcome import STAGES, Fill, Outcome
from reporting.simulator.sentences import RULES

_STAGES: dict[str, Any] = {
    "won": gettext_lazy("of deals that were won"),
    "lost": gettext_lazy("of deals that were lost"),
    "open": gettext_lazy("of deals that are still open"),
}

#: Makes the address of some rows: which list, and which of its rows.
Rows = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Line:
    """One number in a list: what it is, what it says, what stands below, and where its rows are."""

    label: str
    value: str
    note: str = ""
    url: str = ""


def causes(outcome: Outcome, rows: Rows) -> list[Line]:
    """Why asks went out that today's settings refuse."""
    return [
        Line(str(capfirst(str(CAUSES[code]))), str(count), "", rows("asks", show=code))
        for code, count in sorted(outcome.causes.items(), key=lambda each: (-each[1], each[0]))
    ]


def rules(outcome: Outcome, rows: Rows) -> list[Line]:
    """By which rule how many are refused."""
    return [
        Line(
            str(capfirst(str(RULES[rule]))),
            str(count),
            "",
            rows("asks", show="refused", rule=rule),
        )
        for rule, count in sorted(outcome.rules.items(), key=lambda each: (-each[1], each[0]))
    ]


def passed(outcome: Outcome, rows: Rows) -> list[Line]:
    """Asks that go out past a warning."""
    found = []
    if outcome.with_reason:
        found.append(
            Line(
                _("Past a warning, with the reason that was written"),
                str(len(outcome.with_reason)),
                "",
                rows("asks", show="reason"),
            )
        )
    if outcome.warned:
        found.append(
            Line(
                _("Would have taken a written reason"),
                str(len(outcome.warned)),
                "",
                rows("asks", show="warned"),
            )
        )
    return found


def deals(outcome: Outcome, tenant: Tenant, rows: Rows) -> list[Line]:
    """The deals behind the asks that are refused."""
    found = []
    for stage in STAGES:
        behind = outcome.deals_of(outcome.refused, stage)
        asks = outcome.asks_of(outcome.refused, stage)
        if not asks:
            continue
        note = ngettext("%(n)d deal", "%(n)d deals", behind.count) % {"n": behind.count}
        if behind.count > behind.unknown:
            note += f" · {money(behind.amount, tenant.currency)}"
        if behind.unknown:
            note += " · " + ngettext(
                "%(n)d without an amount in %(currency)s",
                "%(n)d without an amount in %(currency)s",
                behind.unknown,
            ) % {"n": behind.unknown, "currency": tenant.currency}
        found.append(
            Line(
                str(capfirst(str(_STAGES[stage]))),
                str(asks),
                note,
                rows("asks", show="refused", stage=stage),
            )
        )
    return found


def filled(outcome: Outcome, rows: Rows) -> list[Line]:
    """What becomes of requests."""
    helped, found = outcome.helped, []

    def line(label: str, keys: Any, show: str, note: str = "") -> None:
        if keys:
            found.append(Line(label, str(len(keys)), note, rows("requests", show=show)))

    stand_ins = ""
    if outcome.stand_ins:
        stand_ins = ngettext(
            "for %(n)d of them somebody else who fits had room",
            "for %(n)d of them somebody else who fits had room",
            outcome.stand_ins,
        ) % {"n": outcome.stand_ins}
    line(_("Filled, and would lack somebody"), outcome.lost, "lost", stand_ins)
    line(
        _("Found nobody, and somebody who fits would have had room"),
        outcome.newly_free,
        "free",
    )
    line(_("Found nobody, and the new people could have taken"), helped.unfilled, "gained")
    line(_("Lost by these settings, and the new people could take"), helped.lost, "kept")
    line(_("Waited longer than promised, and would not have"), helped.late, "late")
    line(
        _("Answered by content, so nobody was asked"),
        outcome.by_content,
        "content",
        _("not counted in the share of requests filled"),
    )
    return found


def rate(fill: Fill) -> str:
    """A share, or a dash."""
    return "–" if fill.rate is None else percent(fill.rate)


def units(value: float) -> str:
    """Units with one digit behind the point where it matters."""
    return number_format(round(value, 1), 0 if round(value, 1) == int(round(value, 1)) else 1)


def in_money(amount: Decimal | None, tenant: Tenant) -> str:
    """In the base currency."""
    return money(amount, tenant.currency)


def price(outcome: Outcome, tenant: Tenant) -> list[Line]:
    """What winning and thanking the new people costs."""
    found = outcome.price
    if found is None:
        return []
    recruits = outcome.scenario.recruits
    typed = _("as typed")

    def line(label: str, total: Decimal | None, each: Decimal | None, by: Any, lacks: str) -> Line:
        if total is None:
            return Line(label, "–", lacks)
        note = _("%(each)s each") % {"each": money(each, tenant.currency)}
        return Line(label, money(total, tenant.currency), f"{note} · {by}")

    winning = _("costs of acquisition in this time, scaled to a year, per advocate enrolled now")
    rewards = (
        _("benefits in this time, scaled to a year, per advocate on a tier now")
        if recruits.tier is None
        else _("benefits in this time, scaled to a year, per advocate on that tier now")
    )
    return [
        line(
            _("Winning them"),
            found.winning,
            found.winning_each,
            winning if recruits.cost is None else typed,
            _("No costs of acquisition are written for this time; type a number."),
        ),
        line(
            _("Rewards in this time"),
            found.rewards,
            found.rewards_each,
            rewards if recruits.rewards is None else typed,
            _("Nobody is there to tell by; type a number."),
        ),
    ]
