"""What apps above bring to the top of a person's page (ADV-1): what can be done with them, what
they got back, and the one thing that should happen next.

    registry.register_next("thanks", next_thanks, "thanks.view", order=10)

Each is a function of the person and the member who looks, and returns None for nothing to say.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

from django.utils.functional import Promise

from advocacy.tenancy.models import Membership
from advocates.models import Advocate


@dataclass(frozen=True, slots=True)
class Deed:
    """A button at the top: ``key`` says which when a page asks for one of them."""

    key: str
    label: str | Promise
    url: str
    icon: str
    panel: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """What was given back in one way: ``said`` in a few words, ``owed`` what still has to be."""

    said: Sequence[str] = ()
    owed: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What should happen next: a judgement, why, and the button that does it.

    ``panel``: the button opens the side panel. ``due`` is a day or a moment.
    """

    title: str
    text: str = ""
    icon: str = "arrow-right"
    tone: str = "neutral"
    label: str = ""
    url: str = ""
    panel: bool = False
    due: date | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    load: Callable[[Advocate, Membership], Any]
    permission: str
    order: int


_Kind = Literal["deed", "back", "next"]
_parts: dict[tuple[_Kind, str], _Part] = {}


def _register(kind: _Kind, key: str, part: _Part) -> None:
    if _parts.setdefault((kind, key), part) != part:
        raise ValueError(f"{key!r} is registered as a {kind} already")


def register_deed(
    key: str,
    load: Callable[[Advocate, Membership], Deed | None],
    permission: str,
    *,
    order: int = 50,
) -> None:
    """Add a button; ValueError for a key that is taken."""
    _register("deed", key, _Part(load, permission, order))


def register_back(
    key: str,
    load: Callable[[Advocate, Membership], Back | None],
    permission: str,
    *,
    order: int = 50,
) -> None:
    """Add a way of giving back; ValueError for a key that is taken."""
    _register("back", key, _Part(load, permission, order))


def register_next(
    key: str,
    load: Callable[[Advocate, Membership], NextStep | None],
    permission: str,
    *,
    order: int = 50,
) -> None:
    """Add a thing that may be next, the lower the ``order`` the sooner; ValueError for a key that
    is taken.
    """
    _register("next", key, _Part(load, permission, order))


def deeds_for(advocate: Advocate, membership: Membership) -> list[Deed]:
    """What this member can do with somebody."""
    return list(_loaded("deed", advocate, membership))


def deed_for(key: str, advocate: Advocate, membership: Membership) -> Deed | None:
    """One of them, for a row of a list."""
    part = _parts.get(("deed", key))
    if part is None or not membership.can(part.permission):
        return None
    found: Deed | None = part.load(advocate, membership)
    return found


def given_back(advocate: Advocate, membership: Membership) -> list[Back]:
    """What somebody got back, as far as this member may know."""
    return list(_loaded("back", advocate, membership))


def next_steps(advocate: Advocate, membership: Membership, *, most: int) -> list[NextStep]:
    """What should happen, the first thing first; what comes later is not looked for."""
    return list(islice(_loaded("next", advocate, membership), most))


def _loaded(kind: _Kind, advocate: Advocate, membership: Membership) -> Iterator[Any]:
    parts = [part for (of, _key), part in _parts.items() if of == kind]
    for part in sorted(parts, key=lambda part: part.order):
        if membership.can(part.permission):
            found = part.load(advocate, membership)
            if found is not None:
                yield found
