"""What an advocate sees of their points (BEN-7)."""

from dataclasses import dataclass

from advocates.models import Advocate
from benefits.points.badges.models import Badge
from benefits.points.board import Board, board_of
from benefits.points.ledger import are_on
from benefits.points.levels import Level, level_of
from benefits.points.models import PointBalance
from benefits.points.presentation import what
from benefits.points.selectors import badges_of, balance_of, entries_of
from benefits.points.shop.selectors import Offer, offers_to

_NEWEST = 10


@dataclass(frozen=True, slots=True)
class Points:
    """Where somebody stands."""

    balance: PointBalance
    level: Level


@dataclass(frozen=True, slots=True)
class Moved:
    """Points that came or went."""

    what: str
    points: str
    at: object


@dataclass(frozen=True, slots=True)
class PointsPage:
    """Everything of the page of points."""

    balance: PointBalance
    level: Level
    badges: list[Badge]
    to_win: list[Badge]
    offers: list[Offer]
    board: Board
    moved: list[Moved]


def points_of(advocate: Advocate) -> Points | None:
    """For the home page; None where there are no points here."""
    if not are_on():
        return None
    balance = balance_of(advocate)
    return Points(balance, level_of(balance.lifetime))


def points_page_of(advocate: Advocate) -> PointsPage:
    """Their own; of others nothing but places on the board."""
    balance = balance_of(advocate)
    badges = badges_of(advocate)
    others = Badge.objects.filter(is_on=True).exclude(pk__in=[badge.pk for badge in badges])
    return PointsPage(
        balance,
        level_of(balance.lifetime),
        badges,
        list(others.order_by("threshold", "pk")),
        offers_to(advocate, balance.spendable),
        board_of(advocate),
        [
            Moved(what(entry), f"{entry.points:+d}", entry.at)
            for entry in entries_of(advocate)[:_NEWEST]
        ],
    )
