"""Badges and the reward shop as resources, in the browser and over REST (BEN-7)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from benefits.points.badges.resource import BADGES
from benefits.points.shop.resource import SHOP_ITEMS
from tests.factories.giving import BadgeFactory, BenefitFactory, ShopItemFactory
from tests.kit.resource import ResourceCase

STAFF = "program_manager admin csm marketing executive"
KEEPERS = "program_manager admin marketing"


class TestBadges(ResourceCase):
    """BEN-7.a: declared rules with names and thresholds of the tenant's own."""

    resource, factory = BADGES, BadgeFactory
    viewers, editors = STAFF, KEEPERS
    new: ClassVar[Mapping[str, Any]] = {
        "name": "Twice",
        "rule": "high",
        "threshold": 2,
        "points": 20,
        "is_on": True,
    }
    changed: ClassVar[Mapping[str, Any]] = {"threshold": "4"}
    wrong: ClassVar[Mapping[str, Any]] = {"threshold": "0"}


class TestShop(ResourceCase):
    """BEN-7.c: benefits of the catalogue, each for so many points."""

    resource, factory = SHOP_ITEMS, ShopItemFactory
    viewers, editors = STAFF, KEEPERS
    new: ClassVar[Mapping[str, Any]] = {"benefit": BenefitFactory, "points": 70, "is_on": True}
    changed: ClassVar[Mapping[str, Any]] = {"points": "55"}
    wrong: ClassVar[Mapping[str, Any]] = {"points": "0"}

    def test_create(self) -> None:
        """Each benefit is there once: over REST another one than by hand."""
        made = self.post("new", self.new)
        assert made.status_code == 302, made.content.decode()
        assert self.post("new", {**self.new, **self.wrong}).status_code == 422
        assert self.verbs(made["Location"].rstrip("/").split("/")[-1]) == ["shop_item.added"]
