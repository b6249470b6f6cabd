"""How a state looks: a tone, an icon and always a word. Colour never stands alone."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["neutral", "info", "success", "warning", "danger", "accent"]


@dataclass(frozen=True, slots=True)
class Look:
    """Tone (a CSS token) and icon of a state."""

    tone: Tone
    icon: str


_WAITING = Look("warning", "hourglass")
_MOVING = Look("info", "progress")
_GOOD = Look("success", "check")
_DONE = Look("success", "circle-check")
_BAD = Look("danger", "alert-triangle")
_OVER = Look("neutral", "circle-x")
_IDLE = Look("neutral", "circle-dashed")

#: State value → look. Rooms add their own words with :func:`register`.
_looks: dict[str, Look] = {
    "draft": Look("neutral", "pencil"),
    "planned": Look("info", "calendar"),
    "new": Look("info", "sparkles"),
    "open": _MOVING,
    "candidate": Look("info", "user-search"),
    "nominated": Look("info", "user-up"),
    "invited": Look("info", "mail"),
    "submitted": Look("info", "send"),
    "sent": Look("info", "send"),
    "in_review": Look("info", "eye"),
    "matching": Look("info", "arrows-join"),
    "scheduling": Look("info", "calendar-time"),
    "scheduled": Look("info", "calendar-check"),
    "in_progress": _MOVING,
    "running": _MOVING,
    "pending": _WAITING,
    "needs_info": Look("warning", "help-circle"),
    "waiting": _WAITING,
    "asked": _WAITING,
    "on_hold": Look("warning", "hand-stop"),
    "paused": Look("warning", "player-pause"),
    "grace": Look("warning", "clock-pause"),
    "expiring": Look("warning", "clock-exclamation"),
    "active": _GOOD,
    "accepted": _GOOD,
    "approved": _GOOD,
    "confirmed": _GOOD,
    "enabled": _GOOD,
    "granted": _GOOD,
    "published": Look("success", "world"),
    "completed": _DONE,
    "fulfilled": _DONE,
    "done": _DONE,
    "delivered": _DONE,
    "thanked": Look("success", "heart-handshake"),
    "overdue": _BAD,
    "failed": _BAD,
    "bounced": _BAD,
    "rejected": Look("danger", "x"),
    "revoked": Look("danger", "ban"),
    "blocked": Look("danger", "ban"),
    "declined": _OVER,
    "cancelled": _OVER,
    "expired": Look("neutral", "clock-off"),
    "withdrawn": _OVER,
    "released": _IDLE,
    "left": Look("neutral", "door-exit"),
    "inactive": _IDLE,
    "disabled": _IDLE,
    "archived": Look("neutral", "archive"),
    "superseded": Look("neutral", "replace"),
}

_PLAIN = Look("neutral", "point")


def register(looks: dict[str, Look]) -> None:
    """Add the looks of a room's states; ValueError where a value already looks different."""
    for value, look in looks.items():
        if _looks.get(value, look) != look:
            raise ValueError(f"the state {value!r} already has another look")
    _looks.update(looks)


def look_of(value: str) -> Look:
    """The look of a state's value; a plain grey dot for one nobody registered."""
    return _looks.get(value, _PLAIN)


def all_looks() -> dict[str, Look]:
    """Every registered state, for the style guide and the test that each icon exists."""
    return dict(_looks)
