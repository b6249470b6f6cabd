"""What we gave each other, on a person's page and in the lists of people (BEN-6.a)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from advocates.panels import Panel, register
from advocates.people import registry
from advocates.people.filters import register_filter
from advocates.people.registry import Back
from benefits.balance.models import ValueBalance
from benefits.balance.selectors import balance_of, under_appreciated
from benefits.balance.words import figures_of, notes_of, share_words, under_words


def balance_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """The figures; no card where nobody gave anything."""
    balance = balance_of(advocate)
    if balance is None or not (balance.contributions or balance.benefits):
        return None
    return {
        "figures": figures_of(balance, membership),
        "notes": notes_of(balance),
        "share": share_words(balance),
        "under": under_words(balance),
    }


def owed(advocate: Advocate, membership: Membership) -> Back | None:
    """That too little came back, in the answer at the top."""
    is_owed = ValueBalance.objects.filter(advocate=advocate, is_under=True).exists()
    return Back(owed=str(_("Gave more than came back"))) if is_owed else None


def _by_balance(rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    return rows.filter(under_appreciated())


def register_cards() -> None:
    """Called once, when the application is ready."""
    registry.register_back("balance", owed, "grants.view", order=30)
    register_filter(
        "appreciated",
        django_filters.ChoiceFilter(
            choices=(("under", _("Under-appreciated")),),
            method=_by_balance,
            label=_("Got back"),
        ),
    )
    register(
        Panel(
            "advocate",
            "balance",
            _("What we gave each other, in figures"),
            "benefits/balance/card.html",
            balance_card,
            "grants.view",
            order=44,
        )
    )
