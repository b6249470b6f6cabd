"""Reading the reward shop (BEN-7.c)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from benefits.grants.lifecycle import GrantState
from benefits.points.shop.models import ShopItem

#: Redeemed, and nobody has decided yet: its stock is taken when somebody does.
WAITING = Q(benefit__grants__state=GrantState.PLANNED, benefit__grants__points__isnull=False)


def listed_items(membership: Membership) -> QuerySet[ShopItem]:
    """Everything that is or was in the shop."""
    return shop_items()


def shop_items() -> QuerySet[ShopItem]:
    """With how many of each are redeemed and wait for a decision."""
    return ShopItem.objects.select_related("benefit").annotate(
        waiting=Count("benefit__grants", filter=WAITING)
    )


def left_of(item: Any) -> int | None:
    """How many can still be had; None where nobody counts."""
    stock: int | None = item.benefit.stock
    return None if stock is None else max(0, stock - item.waiting)


@dataclass(frozen=True, slots=True)
class Offer:
    """One reward, as an advocate sees it: whether they can have it, and if not, why."""

    item: ShopItem
    left: int | None
    missing: int
    forbidden: bool

    @property
    def is_open(self) -> bool:
        """Whether a press can redeem it."""
        return not self.forbidden and not self.missing and self.left != 0


def offers_to(advocate: Advocate, spendable: int) -> list[Offer]:
    """What is in the shop, the cheapest first."""
    rows = shop_items().filter(is_on=True, benefit__is_on=True).order_by("points", "pk")
    no_gifts = advocate.account.gifts_allowed is False
    return [
        Offer(
            item,
            left_of(item),
            max(0, item.points - spendable),
            no_gifts and item.benefit.is_gift,
        )
        for item in rows
    ]
