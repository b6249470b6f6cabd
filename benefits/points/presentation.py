"""Points in words, and on a person's page (BEN-7.a)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from advocates.panels import Panel
from advocates.panels import register as register_panel
from benefits.points.choices import Source
from benefits.points.ledger import are_on
from benefits.points.levels import level_of
from benefits.points.selectors import badges_of, balance_of


def what(entry: Any) -> str:
    """What a row of the ledger is for, in words."""
    text = str(entry.named or entry.why or entry.get_source_display())
    if entry.reverses is None:
        return text
    words = {"what": text}
    if entry.source == Source.REDEMPTION:
        return _("Given back: %(what)s") % words
    return _("Taken back: %(what)s") % words


def points_card(advocate: Advocate, membership: Membership) -> dict[str, Any] | None:
    """Level, balance, badges; none while points are off, or for who has none."""
    if not are_on():
        return None
    balance = balance_of(advocate)
    if balance._state.adding:
        return None
    return {
        "advocate": advocate,
        "balance": balance,
        "level": level_of(balance.lifetime),
        "badges": badges_of(advocate),
        "may_give": membership.can("points.edit"),
    }


def register() -> None:
    """Called once, when the application is ready."""
    register_panel(
        Panel(
            "advocate",
            "points",
            gettext_lazy("Points"),
            "benefits/points/card.html",
            points_card,
            "points.view",
            order=46,
        )
    )
