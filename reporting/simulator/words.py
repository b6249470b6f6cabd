"""A scenario and its outcome in sentences, each number with the way to its rows (SIM-1.a)."""

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
from advocates.accounts.choices import Region, Segment
from advocates.program.settings import STANDINGS
from reporting.simulator.changes import CAUSES
from reporting.simulator.ledger import NO_ROW
from reporting.simulator.outcome import ENOUGH, STAGES, Fill, Outcome
from reporting.simulator.scenario import Recruits, Scenario

#: Rule → why it refuses, as a list names it.
RULES: dict[str, Any] = {
    **STANDINGS,
    NO_ROW: gettext_lazy("not in the program any more"),
    "type_warn_gap": gettext_lazy("did this not long ago"),
}
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


def whom(recruits: Recruits) -> str:
    """For example "30 more people (Gold, Healthcare)"."""
    text = ngettext("%(n)d more person", "%(n)d more people", recruits.count) % {
        "n": recruits.count
    }
    said = [
        recruits.tier.name if recruits.tier else "",
        recruits.industry,
        str(Segment(recruits.segment).label) if recruits.segment else "",
        str(Region(recruits.region).label) if recruits.region else "",
    ]
    parts = ", ".join(filter(None, said))
    return f"{text} ({parts})" if parts else text


def question(scenario: Scenario) -> str:
    """What is asked: "With a cap of 4 a year and 30 more people (Gold)"."""
    parts = []
    changed = scenario.changed
    if [each.key for each in changed] == ["yearly_cap"]:
        parts.append(_("a cap of %(n)d a year") % {"n": scenario.rules.yearly_cap})
    elif changed:
        parts.append(_("these guardrails"))
    if scenario.recruits.count:
        parts.append(whom(scenario.recruits))
    if not parts:
        return _("With today's settings")
    return _("With %(what)s") % {"what": _(" and ").join(parts)}


def headline(outcome: Outcome) -> str:
    """The answer in one sentence."""
    asks, refused = len(outcome.verdicts), len(outcome.refused)
    with_what = question(outcome.scenario)
    if not asks:
        return _("Nobody was asked in this time")
    if not refused:
        text = ngettext(
            "%(with)s, the one ask would have gone out",
            "%(with)s, all %(asks)d asks would have gone out",
            asks,
        )
        return text % {"with": with_what, "asks": asks}
    text = _("%(with)s, %(refused)d of %(asks)d asks would have been refused")
    text %= {"with": with_what, "refused": refused, "asks": asks}
    if won := outcome.asks_of(outcome.refused, "won"):
        text += ngettext(
            ", %(n)d of them for a deal that was won",
            ", %(n)d of them for deals that were won",
            won,
        ) % {"n": won}
    return text


def compared(outcome: Outcome) -> list[str]:
    """What was changed, value by value."""
    scenario = outcome.scenario
    return [
        _("%(name)s: %(then)s instead of %(now)s")
        % {
            "name": setting.name,
            "then": setting.words(getattr(scenario.rules, setting.key)),
            "now": setting.words(getattr(scenario.today, setting.key)),
        }
        for setting in scenario.changed
    ]


def too_little(outcome: Outcome) -> str:
    """Said where the past is too short to tell anything by."""
    count = len(outcome.verdicts)
    if not outcome.too_little:
        return ""
    text = ngettext(
        "There was %(n)d ask in this time.", "There were %(n)d asks in this time.", count
    ) % {"n": count}
    more = _(
        "That is too little to tell by: from %(enough)d on the numbers begin to mean something."
    )
    return f"{text} {more % {'enough': ENOUGH}}"


def reproduced(outcome: Outcome) -> str:
    """Whether today's settings, applied to the past, say what happened."""
    asks, other = len(outcome.verdicts), len(outcome.unexplained)
    if not asks:
        return ""
    if not other:
        return ngettext(
            "Checked: today's settings let through the one ask that was sent.",
            "Checked: today's settings let through all %(asks)d asks that were sent.",
            asks,
        ) % {"asks": asks}
    return ngettext(
        "Today's settings would refuse %(n)d of the %(asks)d asks that were sent.",
        "Today's settings would refuse %(n)d of the %(asks)d asks that were sent.",
        other,
    ) % {"n": other, "asks": asks}


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
    return found


def chance(outcome: Outcome) -> str:
    """How many of the requests that new people could take are counted as filled."""
    if not outcome.helped.gained:
        return ""
    if outcome.chance is None:
        return _("How many say yes is not known yet, so all of these are counted as filled.")
    return _("Counted as filled: %(share)s of these, as many as say yes with you.") % {
        "share": percent(outcome.chance)
    }


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
    own = _("from your own costs of this time, per advocate")
    typed = _("as typed")

    def line(label: str, total: Decimal | None, each: Decimal | None, is_typed: bool) -> Line:
        if total is None:
            return Line(label, "–", _("No costs are written for this time; type a number."))
        note = _("%(each)s each") % {"each": money(each, tenant.currency)}
        return Line(label, money(total, tenant.currency), f"{note} · {typed if is_typed else own}")

    return [
        line(_("Winning them"), found.winning, found.winning_each, recruits.cost is not None),
        line(
            _("Rewards in this time"),
            found.rewards,
            found.rewards_each,
            recruits.rewards is not None,
        ),
    ]
