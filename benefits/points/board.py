"""The leaderboard: who chose to be on it, in the order of what they earned (BEN-7.b).

Nobody's points leave this module, and a name is told as its owner allows (VIS-1): of who is *named*
the first name and the company's initial, else nothing but a place.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus, Disclosure
from advocates.people.disclosure import disclosure_of
from benefits.points.choices import BoardBy
from benefits.points.levels import level_of
from benefits.points.models import PointBalance
from benefits.points.settings import PointNumbers


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the board."""

    number: int
    name: str
    level: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The first places of a group, and one's own where it lies behind them."""

    group: str
    places: list[Place]


def board_of(advocate: Advocate) -> Board:
    """As an advocate sees it; empty where nobody chose to be on it."""
    numbers = current(PointNumbers)
    group, narrowed = _group(advocate, numbers.board_by)
    rows = (
        PointBalance.objects.filter(narrowed, on_board=True)
        .filter(advocate__erased_at=None, advocate__status=AdvocateStatus.ACTIVE)
        .select_related("advocate__account")
        .order_by("-lifetime", "pk")
    )
    places = [_place(number, row, advocate) for number, row in _ranked(rows, numbers.board_size)]
    if not any(place.is_me for place in places):
        places += _mine(rows, advocate)
    return Board(group, places)


def called(advocate: Advocate) -> str:
    """How others on the board read of somebody."""
    if disclosure_of(advocate) != Disclosure.NAMED:
        return _("Somebody from the program")
    initial = advocate.account.name[:1]
    return f"{advocate.first_name or advocate.name}, {initial}."


def _group(advocate: Advocate, by: str) -> tuple[str, Q]:
    """In words, and as a condition; the whole program for who is in no group."""
    account = advocate.account
    if by == BoardBy.SEGMENT and account.segment:
        return str(account.get_segment_display()), Q(advocate__account__segment=account.segment)
    if by == BoardBy.REGION and account.region:
        return str(account.get_region_display()), Q(advocate__account__region=account.region)
    if by == BoardBy.TIER:
        standing = advocate.standings.select_related("tier").first()
        if standing and standing.tier:
            return standing.tier.name, Q(advocate__standings__tier=standing.tier)
    return _("the whole program"), Q()


def _ranked(rows: QuerySet[PointBalance], most: int) -> list[tuple[int, PointBalance]]:
    """Who has the same shares a place."""
    found: list[tuple[int, PointBalance]] = []
    for number, row in enumerate(rows[:most], start=1):
        same = bool(found) and found[-1][1].lifetime == row.lifetime
        found.append((found[-1][0] if same else number, row))
    return found


def _mine(rows: QuerySet[PointBalance], advocate: Advocate) -> list[Place]:
    own = rows.filter(advocate=advocate).first()
    if own is None:
        return []
    return [_place(rows.filter(lifetime__gt=own.lifetime).count() + 1, own, advocate)]


def _place(number: int, row: Any, viewer: Advocate) -> Place:
    is_me = row.advocate_id == viewer.pk
    name = _("You") if is_me else called(row.advocate)
    return Place(number, name, level_of(row.lifetime).name, is_me)
