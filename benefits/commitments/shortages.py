"""What is short, in words, and a promise that makes it shorter (BEN-10.b)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import Conflict
from advocacy.tenant_settings.families import Caution
from advocacy.web.formatting import money
from advocates.changes import tenant_today
from advocates.program.tiers.seeds import TIERS
from benefits.budgets.selectors import budget_for
from benefits.catalogue.models import Benefit
from benefits.commitments.counting import Commitments, Fund, Line, commitments
from benefits.grants.models import Grant, Waits


@dataclass(frozen=True, slots=True)
class Shortage:
    """One thing that is not enough for what is promised."""

    missing: Decimal
    text: str


def shortages_of(found: Commitments) -> dict[Any, Shortage]:
    """What is short in a quarter, by what it is."""
    words: dict[str, Any] = {"quarter": found.quarter}
    short: dict[Any, Shortage] = {}
    for line in found.lines:
        if line.short_of_stock:
            short["stock", found.is_next, line.benefit.pk] = Shortage(
                Decimal(line.short_of_stock), _stock(line, words)
            )
        if line.beyond_pace:
            short["pace", found.is_next, line.benefit.pk] = Shortage(
                Decimal(line.beyond_pace), _pace(line, words)
            )
    for fund in found.funds:
        if fund.short:
            short["budget", found.is_next, fund.budget.pk] = Shortage(
                fund.short, _budget(fund, words)
            )
    return short


def shortages() -> dict[Any, Shortage]:
    """Of this quarter and the next."""
    this, then = commitments()
    return {**shortages_of(this), **shortages_of(then)}


@contextmanager
def within_what_there_is(*, anyway: bool) -> Iterator[None]:
    """Whatever is promised inside is taken back with ``Conflict`` (``over_committed``, at
    ``anyway``) where it makes something short, or shorter; it names what. Needs a transaction,
    which the refusal ends. ``anyway`` passes it.
    """
    if anyway:
        yield
        return
    before = shortages()
    yield
    if found := grown(before, shortages()):
        raise _beyond(found)


def require_unpromised(grant: Grant) -> None:
    """Raise ``Conflict`` where a benefit given by hand takes what is promised to others: the stock,
    or the money. Where it waits for an approval because of just that, whoever approves decides.
    """
    if {Waits.STOCK, Waits.BUDGET} & set(grant.waits_for):
        return
    if grant.benefit.stock is None and not grant.cost:
        return
    found = shortages()
    budget = grant.budget or budget_for(grant.advocate.account, tenant_today())
    names = [("stock", grant.benefit.pk)] if grant.benefit.stock is not None else []
    names += [("budget", budget.pk)] if budget is not None and grant.cost else []
    # It is counted in what is short already: whatever is too little now is less by it.
    said = [
        found[kind, later, key].text
        for kind, key in names
        for later in (False, True)
        if (kind, later, key) in found
    ]
    if said:
        raise _beyond(said)


def require_offerable(benefit: Benefit) -> None:
    """Raise ``Conflict`` where whoever takes a benefit out of the shop would take what others are
    promised: it is short already, or nothing of its stock is left beyond what is promised.
    """
    both = commitments()
    said = [
        each.text
        for found in both
        for (kind, _later, key), each in shortages_of(found).items()
        if key == benefit.pk and kind in ("stock", "pace")
    ]
    if not said and benefit.stock is not None:
        line = next((each for each in both[0].lines if each.benefit.pk == benefit.pk), None)
        waiting = line.waiting if line else 0
        if benefit.stock <= waiting:
            text = _("“%(what)s”: %(stock)d in stock, %(promised)d promised for %(quarter)s.")
            words = {"what": benefit.name, "stock": benefit.stock, "promised": waiting}
            said.append(text % {**words, "quarter": both[0].quarter})
    if said:
        raise _beyond(said)


def grown(before: dict[Any, Shortage], after: dict[Any, Shortage]) -> list[str]:
    """Sentences about what a change made short, or shorter."""
    return [
        each.text
        for key, each in after.items()
        if key not in before or each.missing > before[key].missing
    ]


#: More seats, or lower minimums, bring more people what the tier brings (BEN-10.b).
SEATS = Caution(
    frozenset(
        f"{seed.code}_{column}"
        for seed in TIERS
        for column in ("seats_percent", "min_activities", "min_high_effort")
    ),
    shortages,
    grown,
)


def _beyond(found: list[str]) -> Conflict:
    said = " ".join([*found, _("Promise less, get more, or promise it anyway.")])
    return Conflict(said, code="over_committed", fields={"anyway": said})


def _stock(line: Line, words: dict[str, Any]) -> str:
    text = _(
        "“%(what)s”: %(promised)d promised for %(quarter)s, %(stock)d in stock:"
        " %(missing)d too few."
    )
    return text % {
        **words,
        "what": line.benefit.name,
        "promised": line.waiting,
        "stock": line.stock,
        "missing": line.short_of_stock,
    }


def _pace(line: Line, words: dict[str, Any]) -> str:
    text = _(
        "“%(what)s”: %(promised)d for %(quarter)s, and at most %(most)d were delivered in any of"
        " the last four quarters."
    )
    return text % {
        **words,
        "what": line.benefit.name,
        "promised": line.promised + line.delivered,
        "most": max(line.past),
    }


def _budget(fund: Fund, words: dict[str, Any]) -> str:
    unit = fund.budget.tenant.currency
    text = _(
        "“%(budget)s”: what is promised for %(quarter)s costs %(promised)s, and %(left)s is left:"
        " %(missing)s too little."
    )
    return text % {
        **words,
        "budget": fund.budget.name,
        "promised": money(fund.promised, unit),
        "left": money(fund.left, unit),
        "missing": money(fund.short, unit),
    }
