"""Which benefits fit, the best first: a function of what is known and nothing else (BEN-9.a)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from advocates.program.catalogue.choices import Effort
from benefits.catalogue.choices import GIFTS, INSTEAD, MATERIAL
from benefits.fitting.points import POINTS, PREFERRED, Likes, Reason

_LEVELS = list(Effort.values)


@dataclass(frozen=True, slots=True)
class Kind:
    """A benefit of the catalogue; ``words`` are those of its name and description."""

    pk: Any
    name: str
    category: str
    cost: Decimal = Decimal(0)
    value: Decimal = Decimal(0)
    stock: int | None = None
    tiers: tuple[str, ...] = ()
    effort_levels: tuple[str, ...] = ()
    needs_approval: bool = False
    words: frozenset[str] = frozenset()

    @property
    def likes(self) -> str:
        """Which preference it answers."""
        return PREFERRED[self.category]


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody.

    ``gift_each`` and ``gift_left`` are what their company still allows, ``budget_left`` what there
    is to spend; None is no limit. ``lately`` are the benefits of the last year by key, ``verdicts``
    what they liked or not, ever; both with their categories.
    """

    likes: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    tier: str = ""
    gifts_forbidden: bool = False
    gifts_unclear: bool = False
    gift_each: Decimal | None = None
    gift_left: Decimal | None = None
    budget_left: Decimal | None = None
    lately: Mapping[Any, str] = field(default_factory=dict)
    verdicts: Mapping[Any, tuple[str, bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deed:
    """What it is for: the most effort of it, and what is in proportion (BEN-3)."""

    effort: str
    low: Decimal
    high: Decimal
    payment_times: int = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A benefit with its points, and what speaks for and against it."""

    kind: Kind
    points: int
    reasons: tuple[Reason, ...]


def ranked(
    kinds: Iterable[Kind], person: Person, deed: Deed | None = None, *, most: int = 3
) -> list[Suggestion]:
    """The best first, among equals what costs less; only what something speaks for. ``deed`` is
    None for an occasion, such as a birthday.
    """
    found = []
    for kind in kinds:
        if is_barred(kind, person, deed):
            continue
        reasons = tuple(reasons_for(kind, person, deed))
        if any(POINTS[each] > 0 for each in reasons):
            found.append(Suggestion(kind, sum(POINTS[each] for each in reasons), reasons))
    found = [each for each in found if each.points > 0]
    found.sort(key=lambda each: (-each.points, each.kind.cost, each.kind.name, str(each.kind.pk)))
    return found[:most]


def is_barred(kind: Kind, person: Person, deed: Deed | None) -> bool:
    """Whether it is not to be given to them now, however well it would fit."""
    if kind.pk in person.lately or person.verdicts.get(kind.pk, ("", True))[1] is False:
        return True
    if kind.stock == 0 or (kind.tiers and person.tier not in kind.tiers):
        return True
    if person.budget_left is not None and kind.cost > max(person.budget_left, Decimal(0)):
        return True
    if deed is not None and (_is_for_more(kind, deed) or _is_out_of_proportion(kind, deed)):
        return True
    return kind.category in GIFTS and _is_forbidden(kind, person)


def _is_for_more(kind: Kind, deed: Deed) -> bool:
    levels = [_LEVELS.index(level) for level in kind.effort_levels]
    return bool(levels) and _LEVELS.index(deed.effort) < min(levels)


def _is_out_of_proportion(kind: Kind, deed: Deed) -> bool:
    if kind.category not in MATERIAL:
        return False
    return not deed.low <= kind.value <= deed.high * deed.payment_times


def _is_forbidden(kind: Kind, person: Person) -> bool:
    worth = max(kind.cost, kind.value)
    limits = [limit for limit in (person.gift_each, person.gift_left) if limit is not None]
    # Limits in a currency nobody can compare are for who approves it.
    return person.gifts_forbidden or (
        not person.gifts_unclear and any(worth > limit for limit in limits)
    )


def reasons_for(kind: Kind, person: Person, deed: Deed | None) -> Iterable[Reason]:
    """What speaks for it, then what against it."""
    if kind.likes in person.likes:
        yield Reason.LIKED
        if kind.likes not in {PREFERRED[category] for category in person.lately.values()}:
            yield Reason.NOT_LATELY
    elif person.gifts_forbidden and Likes.GIFTS in person.likes and kind.category in INSTEAD:
        yield Reason.INSTEAD
    elif not person.likes and kind.likes == Likes.RECOGNITION:
        yield Reason.ALWAYS_RIGHT
    if shared_words(kind, person.interests):
        yield Reason.INTEREST
    if deed is not None and _fits(kind, deed):
        yield Reason.EFFORT
    if kind.tiers:
        yield Reason.TIER
    said = _verdict_on(kind.category, person.verdicts.values())
    if said > 0:
        yield Reason.RATED_WELL
    elif said < 0:
        yield Reason.RATED_BADLY
    if kind.needs_approval:
        yield Reason.APPROVAL
    if kind.category in GIFTS and person.gifts_unclear:
        yield Reason.UNCLEAR


def shared_words(kind: Kind, interests: frozenset[str]) -> list[str]:
    """What somebody cares for that it is about, also in another ending: jazz, meetups."""
    return sorted(
        word
        for word in interests
        if any(word.startswith(own) or own.startswith(word) for own in kind.words)
    )


def _fits(kind: Kind, deed: Deed) -> bool:
    if kind.category in MATERIAL:
        return deed.low <= kind.value <= deed.high
    return deed.effort in kind.effort_levels


def _verdict_on(category: str, verdicts: Collection[tuple[str, bool]]) -> int:
    """How often things of a category were liked, less how often they were not."""
    return sum(1 if liked else -1 for of, liked in verdicts if of == category)
