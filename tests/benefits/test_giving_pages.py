"""Catalogue, grants, budgets and entitlements as resources, in the browser and over REST."""

from collections.abc import Mapping
from typing import Any, ClassVar

from advocacy.tenancy.scope import tenant_scope
from benefits.budgets.resource import BUDGETS
from benefits.catalogue.resource import BENEFITS
from benefits.entitlements.resource import ENTITLEMENTS
from benefits.grants.resource import GRANTS
from benefits.recognition.resource import RECOGNITIONS
from tests.factories.advocates import AdvocateFactory, TierFactory
from tests.factories.giving import (
    BenefitFactory,
    BudgetFactory,
    EntitlementFactory,
    GrantFactory,
    RecognitionFactory,
)
from tests.kit.resource import ResourceCase

STAFF = "program_manager admin csm marketing executive"
GIVERS = "program_manager admin csm marketing"
PROGRAM = "program_manager admin"
Moves = Mapping[str, tuple[str, Mapping[str, Any], str]]


class TestCatalogue(ResourceCase):
    """BEN-1.a: editable, in the browser and over REST; BEN-1.b: what each has."""

    resource, factory = BENEFITS, BenefitFactory
    viewers, editors = STAFF, "program_manager admin marketing"
    new: ClassVar[Mapping[str, Any]] = {
        "name": "Hand-made mug",
        "category": "swag",
        "cost": "12.00",
        "value": "20.00",
        "stock": 5,
        "tiers": ["gold"],
        "effort_levels": ["high"],
        "needs_approval": True,
        "is_on": True,
    }
    changed: ClassVar[Mapping[str, Any]] = {"value": "48.00"}
    wrong: ClassVar[Mapping[str, Any]] = {"cost": "-1"}

    def whole(self, **changes: Any) -> dict[str, Any]:
        """Nothing ticked is nothing sent; a box that is ticked is."""
        names = ("tiers", "effort_levels", "needs_approval", "is_on")
        values = {k: v for k, v in super().whole(**changes).items() if k not in names}
        return values | {"is_on": "on"}


class TestGrants(ResourceCase):
    """BEN-2.b: planned, approved, ordered, delivered, arrived or back, by hand and over REST."""

    resource, factory = GRANTS, GrantFactory
    viewers, editors = STAFF, GIVERS
    owned_by = "advocate__account__owner"
    new: ClassVar[Mapping[str, Any]] = {
        "advocate": AdvocateFactory,
        "benefit": BenefitFactory,
        "occasion": "Spoke at the summit",
        "due_on": "2026-03-01",
    }
    changed: ClassVar[Mapping[str, Any]] = {"due_on": "2026-04-01"}
    wrong: ClassVar[Mapping[str, Any]] = {"due_on": "soon"}
    moves: ClassVar[Moves] = {
        "approve": (PROGRAM, {}, "approved"),
        "approve_beyond": (PROGRAM, {"beyond_reason": "They closed three deals"}, "approved"),
        "order": (GIVERS, {}, "ordered"),
        "deliver": (GIVERS, {}, "delivered"),
        "confirm": (GIVERS, {}, "confirmed"),
        "return": (GIVERS, {"reason": "Moved away"}, "returned"),
        "cancel": (GIVERS, {"reason": "Changed our mind"}, "cancelled"),
    }
    #: Where each begins, past what the factory makes.
    starts: ClassVar[Mapping[str, str]] = {
        "order": "approved",
        "deliver": "ordered",
        "confirm": "delivered",
        "return": "delivered",
    }

    def test_moves(self) -> None:
        """BEN-2.b, BEN-2.c: each move from where it begins."""
        every, made = dict(type(self).moves), type(self).factory
        for name, move in every.items():
            self.moves = {name: move}  # type: ignore[misc]
            start = self.starts.get(name, "planned")
            self.factory = lambda start=start: made(state=start)  # type: ignore[assignment,misc]
            super().test_moves()

    def test_moves_of_several(self) -> None:
        """UI-1.d."""
        every, made = dict(type(self).moves), type(self).factory
        for name in ("approve", "cancel"):
            self.moves = {name: every[name]}  # type: ignore[misc]
            self.factory = made  # type: ignore[misc]
            super().test_moves_of_several()

    def test_moves_ask_for_what_they_need(self) -> None:
        """BAD-1."""
        every, made = dict(type(self).moves), type(self).factory
        for start in ("planned", "delivered"):
            self.moves = {  # type: ignore[misc]
                name: move
                for name, move in every.items()
                if self.starts.get(name, "planned") == start
            }
            self.row = self._made(made, start)
            super().test_moves_ask_for_what_they_need()

    def test_a_colleagues_row(self) -> None:
        """ID-2: of what a CSM may at all."""
        mine = {name: move for name, move in type(self).moves.items() if move[0] == GIVERS}
        self.moves = mine  # type: ignore[misc]
        super().test_a_colleagues_row()

    def _made(self, made: Any, start: str) -> Any:
        with tenant_scope(self.tenant):
            return made(state=start)


class TestRecognition(ResourceCase):
    """BEN-8.a: drafted, put on the wall, taken down, by hand and over REST."""

    resource, factory = RECOGNITIONS, RecognitionFactory
    viewers, editors = STAFF, "program_manager admin marketing"
    new: ClassVar[Mapping[str, Any]] = {
        "advocate": AdvocateFactory,
        "kind": "award",
        "title": "Customer of the year",
        "text": "Nobody helped more people.",
        "period": "year",
        "period_on": "2026-03-01",
    }
    changed: ClassVar[Mapping[str, Any]] = {"title": "Customer of this year"}
    wrong: ClassVar[Mapping[str, Any]] = {"period_on": "soon"}
    moves: ClassVar[Moves] = {
        "publish": (editors, {}, "published"),
        "take_down": (editors, {}, "taken_down"),
    }

    def test_moves(self) -> None:
        """Down only what is up."""
        every, made = dict(type(self).moves), type(self).factory
        for name, move in every.items():
            self.moves = {name: move}  # type: ignore[misc]
            start = "published" if name == "take_down" else "draft"
            self.factory = lambda start=start: made(state=start)  # type: ignore[assignment,misc]
            super().test_moves()

    def test_moves_of_several(self) -> None:
        """Each from where it begins."""
        self.moves = {"publish": type(self).moves["publish"]}  # type: ignore[misc]
        super().test_moves_of_several()


class TestBudgets(ResourceCase):
    """BEN-5.b: per period and segment, by hand and over REST."""

    resource, factory = BUDGETS, BudgetFactory
    viewers, editors = "program_manager admin marketing executive", PROGRAM
    new: ClassVar[Mapping[str, Any]] = {
        "name": "Enterprise, autumn",
        "segment": "enterprise",
        "starts_on": "2031-09-01",
        "ends_on": "2031-11-30",
        "amount": "2500.00",
    }
    changed: ClassVar[Mapping[str, Any]] = {"amount": "1200.00"}
    wrong: ClassVar[Mapping[str, Any]] = {"amount": "-5"}

    def test_create(self) -> None:
        """A second one for the same time is refused, so each way is tried by itself."""
        assert self.post("new", self.new).status_code == 302
        again = self.post("new", {**self.new, "name": "Once more"})
        assert again.status_code == 422
        assert "choose another period" in again.content.decode()
        later = {"starts_on": "2032-01-01", "ends_on": "2032-02-01"}
        made = self.api.post("budgets/", {**self.new, **later})
        assert made.status_code == 201, made.content
        assert made.json()["left"] == "2500.00"
        order = self.api.post("budgets/", {**self.new, **later, "ends_on": "2031-12-01"})
        assert order.status_code == 422
        assert "ends_on" in order.json()["errors"]


class TestEntitlements(ResourceCase):
    """BEN-2.a, SEG-1.c: which tier brings what to which segment, by hand and over REST."""

    resource, factory = ENTITLEMENTS, EntitlementFactory
    viewers, editors = STAFF, PROGRAM
    new: ClassVar[Mapping[str, Any]] = {
        "tier": TierFactory,
        "segment": "enterprise",
        "benefit": BenefitFactory,
        "every_months": 12,
        "is_on": True,
    }
    changed: ClassVar[Mapping[str, Any]] = {"every_months": "3"}
    wrong: ClassVar[Mapping[str, Any]] = {"every_months": 99}

    def test_create(self) -> None:
        """Each way makes its own; the same twice is refused."""
        values = {**self.new, "tier": TierFactory}
        assert self.post("new", values).status_code == 302
        super().test_create()
