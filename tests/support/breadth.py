"""How broadly a contract is walked: enough for every change, or everything (``make test-all``)."""

import os
import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from advocacy.tenancy.roles import Role

T = TypeVar("T")

#: Every role at every address, every size and theme of every page, long random walks, the faults.
FULL = os.environ.get("FULL", "") not in {"", "0"}


def some_roles(name: str, may: Callable[[Role], bool]) -> list[Role]:
    """One role that may and one that may not; which ones follows from the name.

    So each role stands at some address that denies it, without each standing at all of them.
    """
    if FULL:
        return list(Role)
    groups = ([r for r in Role if may(r)], [r for r in Role if not may(r)])
    return [group[zlib.crc32(name.encode()) % len(group)] for group in groups if group]


def share(things: Iterable[T], of: int = 3) -> list[T]:
    """One of so many of them, which ones follows from what they are called; with ``FULL`` all.

    For contracts over every address whose faults are faults of a kind: what is left out for one
    address stands at its neighbours.
    """
    return [t for t in things if FULL or zlib.crc32(str(t).encode()) % of == 0]


def representatives(accesses: Iterable[tuple[str, str]]) -> set[str]:
    """The first name of each access, out of ``(name, access)``: there all roles are tried."""
    first: dict[str, str] = {}
    for name, access in accesses:
        first.setdefault(access, name)
    return set(first.values())


def examples(few: int) -> int:
    """How many random examples a property is tried with: ``few``, or ten times as many."""
    return few * 10 if FULL else few
