"""A scenario and its answer in sentences (SIM-1.a)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web.shapes import percent
from advocates.accounts.choices import Region, Segment
from advocates.models import ActivityType
from advocates.program.settings import STANDINGS
from reporting.simulator.ledger import NO_ROW
from reporting.simulator.outcome import ENOUGH, Outcome
from reporting.simulator.scenario import Recruits, Scenario

#: Rule → why it refuses, as a list names it.
RULES: dict[str, Any] = {
    **STANDINGS,
    NO_ROW: gettext_lazy("not in the program any more"),
    "capacity_type_year": gettext_lazy("at the yearly limit of this activity"),
    "capacity_type_detail": gettext_lazy("at the limit of this topic or site"),
    "capacity_type_at_once": gettext_lazy("one of these is running"),
    "type_warn_gap": gettext_lazy("did this not long ago"),
}


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
    if [each.key for each in changed] == ["yearly_cap"] and not scenario.limits:
        parts.append(_("a cap of %(n)d a year") % {"n": scenario.rules.yearly_cap})
    elif changed or scenario.limits:
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
    if outcome.scenario.is_today:
        return _("Today's settings let %(through)d of %(asks)d asks through") % {
            "through": asks - refused,
            "asks": asks,
        }
    text = _("%(with)s, %(refused)d of %(asks)d asks would have been refused")
    text %= {"with": with_what, "refused": refused, "asks": asks}
    if won := outcome.asks_of(outcome.refused, "won"):
        text += ngettext(
            ", %(n)d of them for a deal that was won",
            ", %(n)d of them for deals that were won",
            won,
        ) % {"n": won}
    return text


def also(outcome: Outcome) -> str:
    """How many of the refused ones today's settings refuse as well."""
    count = len(outcome.refused) - len(outcome.refused_anew)
    if not count or outcome.scenario.is_today:
        return ""
    text = ngettext(
        "%(n)d of them today's settings would refuse as well",
        "%(n)d of them today's settings would refuse as well",
        count,
    )
    return text % {"n": count}


def compared(outcome: Outcome) -> list[str]:
    """What was changed, value by value."""
    scenario = outcome.scenario
    told = _("%(name)s: %(then)s instead of %(now)s")
    found = [
        told
        % {
            "name": setting.name,
            "then": setting.words(getattr(scenario.rules, setting.key)),
            "now": setting.words(getattr(scenario.today, setting.key)),
        }
        for setting in scenario.changed
    ]
    for kind, limits in scenario.limits.items():
        today = outcome.history.limits[kind]
        for name in ("per_year", "at_once", "gap_days"):
            then, now = getattr(limits, name), getattr(today, name)
            if then != now:
                column: Any = ActivityType._meta.get_field(name)
                label = f"{outcome.history.kinds[kind].name}, {column.verbose_name}"
                found.append(
                    told % {"name": label, "then": then, "now": _("none") if now is None else now}
                )
    return found


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


def chance(outcome: Outcome) -> str:
    """How many of the requests that new people could take are counted as filled."""
    if not outcome.helped.gained:
        return ""
    if outcome.chance is None:
        return _("How many say yes is not known yet, so all of these are counted as filled.")
    return _("Counted as filled: %(share)s of these, as many as say yes with you.") % {
        "share": percent(outcome.chance)
    }
