"""Tabs of one place: so many as fit beside each other, the others behind a menu."""

from typing import Any

#: Beside each other at 1440 pixels with the words of any of our languages.
SHOWN = 7


def folded(tabs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same tabs, those behind the menu marked ``more``; where one is stands always outside."""
    if len(tabs) <= SHOWN + 1:
        return tabs
    first, rest = tabs[:SHOWN], tabs[SHOWN:]
    here = [tab for tab in rest if tab["active"]]
    return [*first, *here, *({**tab, "more": True} for tab in rest if not tab["active"])]
