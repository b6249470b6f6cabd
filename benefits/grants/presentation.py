"""Grants in words: facts, why one waits, what somebody got."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day, money
from advocacy.web.urls import tenant_reverse
from advocates.access import may_change
from advocates.models import Advocate
from advocates.panels import Panel
from advocates.panels import register as register_panel
from advocates.people import registry
from advocates.people.registry import Back, Deed
from benefits.grants.lifecycle import OPEN, GrantState
from benefits.grants.models import Grant, Waits
from benefits.grants.proportion import Fit
from benefits.grants.selectors import grants_of, totals_of

_SHOWN = 6


def waits_words(grant: Grant) -> str:
    """Why somebody has to approve it, in one line."""
    if grant.state != GrantState.PLANNED or not grant.waits_for:
        return ""
    return ". ".join(str(Waits(code).label) for code in grant.waits_for) + "."


def covers_words(grant: Grant) -> str:
    """For what it is given."""
    done = [str(each.activity) for each in grant.covers.all()]
    if grant.points:
        text = ngettext("redeemed for %(n)d point", "redeemed for %(n)d points", grant.points)
        done.append(text % {"n": grant.points})
    return " · ".join([*done, *([grant.occasion] if grant.occasion else [])])


def fit_words(grant: Grant) -> str:
    """How it compares with what they did."""
    return Fit(grant.guide_low, grant.guide_high, grant.proportion).words(grant.tenant.currency)


def is_late(grant: Grant) -> bool:
    """Promised and not delivered (BEN-2.c)."""
    return grant.state in OPEN and grant.due_on < clock.today(grant.tenant.zone)


def verdict_words(grant: Grant) -> str:
    """What they said of it (BEN-9.b)."""
    if grant.liked is None or grant.rated_at is None:
        return ""
    said = _("liked it, %(day)s") if grant.liked else _("did not like it, %(day)s")
    return said % {"day": day(grant.rated_at)}


def facts_of(grant: Grant) -> list[tuple[Any, Any]]:
    """Names and values."""
    unit = grant.tenant.currency
    rows: list[tuple[Any, Any]] = [
        (_("Who"), f"{grant.advocate.name}, {grant.advocate.account.name}"),
        (_("For what"), covers_words(grant)),
        (_("Promised for"), grant.due_on),
        (_("Who sees to it"), grant.owner.name if grant.owner else ""),
        (_("Cost"), money(grant.cost, unit)),
        (_("Worth to them"), money(grant.value, unit)),
    ]
    for label, value in (
        (_("Proportion"), fit_words(grant)),
        (_("Waits for an approval"), waits_words(grant)),
        (_("Where"), grant.get_channel_display() if grant.channel else ""),
        (_("Link to it"), grant.link),
        (_("Budget"), grant.budget.name if grant.budget else ""),
        (_("Beyond the budget"), grant.beyond_reason),
        (_("Approved by"), grant.approved_by.name if grant.approved_by else ""),
        (_("Delivered"), grant.delivered_at),
        (_("What they said"), verdict_words(grant)),
        (_("Ended with the tier"), grant.ended_on),
        (_("Why"), grant.reason),
    ):
        if value:
            rows.append((label, value))
    return rows


def got(advocate: Advocate, membership: Membership) -> Back | None:
    """How many things somebody got, and what is promised."""
    totals = totals_of(advocate, membership)
    said, owed = [], ""
    if totals["got"]:
        text = ngettext(
            "got %(count)d benefit, worth %(worth)s",
            "got %(count)d benefits, worth %(worth)s",
            totals["got"],
        )
        worth = money(totals["worth"], membership.tenant.currency)
        said.append(text % {"count": totals["got"], "worth": worth})
    if totals["late"]:
        text = ngettext(
            "A promised benefit is late", "%(count)d promised benefits are late", totals["late"]
        )
        owed = text % {"count": totals["late"]}
    elif totals["open"]:
        text = ngettext(
            "a benefit is on its way", "%(count)d benefits are on their way", totals["open"]
        )
        said.append(text % {"count": totals["open"]})
    return Back(said, owed) if said or owed else None


def give(advocate: Advocate, membership: Membership) -> Deed | None:
    """Give something back, from their page."""
    if not may_change(membership, "grants.edit", advocate.account):
        return None
    url = f"{tenant_reverse(membership.tenant, 'grants:new')}?advocate={advocate.pk}"
    return Deed("give", _("Give back"), url, "gift", panel=True)


def got_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """The card on a person's page; none where nothing was ever given."""
    rows = list(grants_of(advocate, membership)[: _SHOWN + 1])
    if not rows:
        return None
    return {
        "advocate": advocate,
        "lines": [
            {"grant": row, "late": is_late(row), "detail": _detail(row)} for row in rows[:_SHOWN]
        ],
        "more": len(rows) > _SHOWN,
    }


def _detail(grant: Grant) -> str:
    when = _("promised for %(day)s") % {"day": day(grant.due_on)}
    if grant.delivered_at is not None:
        when = day(grant.delivered_at)
    elif grant.state not in OPEN:
        when = ""
    return " · ".join(part for part in (covers_words(grant), when, verdict_words(grant)) if part)


def register() -> None:
    """Called once, when the application is ready."""
    registry.register_back("grants", got, "grants.view", order=20)
    registry.register_deed("give", give, "grants.edit", order=40)
    register_panel(
        Panel(
            "advocate",
            "grants",
            _("What they got"),
            "benefits/got_card.html",
            got_card,
            "grants.view",
            order=45,
        )
    )
