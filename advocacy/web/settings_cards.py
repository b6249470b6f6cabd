"""The cards of the settings page. Apps register theirs in ``AppConfig.ready()``.

register(Card("tiers", _("Tiers"), _("Seats, minimums and grace."), "stairs-up",
              "settings-tiers", "settings.rules", group=PROGRAM))
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse

#: Groups in the order in which they are shown.
PROGRAM, COMPANY, OWN = "program", "company", "own"

GROUPS: dict[str, str | Promise] = {
    PROGRAM: _("The program's rules"),
    COMPANY: _("Company"),
    OWN: _("You"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One card. It is shown when its page exists and the membership may open it."""

    key: str
    title: str | Promise
    text: str | Promise
    icon: str
    url_name: str
    permission: str
    group: str = PROGRAM


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as one request sees it."""

    card: Card
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading."""

    title: str | Promise
    cards: list[Shown]


_cards: dict[str, Card] = {}


def register(card: Card) -> None:
    """Add a card; ``ValueError`` for an unknown group or a key that is taken."""
    if card.group not in GROUPS:
        raise ValueError(f"{card.group!r} is no group of settings: {', '.join(GROUPS)}")
    if _cards.setdefault(card.key, card) != card:
        raise ValueError(f"the settings card {card.key!r} is registered already")


def groups_for(request: HttpRequest, membership: Membership) -> list[Group]:
    """The cards this member may use, in their groups."""
    found: dict[str, list[Shown]] = {key: [] for key in GROUPS}
    for card in _cards.values():
        url = quiet_reverse(request, card.url_name)
        if url and membership.can(card.permission):
            found[card.group].append(Shown(card, url))
    return [Group(GROUPS[key], cards) for key, cards in found.items() if cards]
