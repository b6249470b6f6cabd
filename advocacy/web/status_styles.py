"""Status styles: a tone, an icon and always a word. Colour never stands alone."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["neutral", "info", "success", "warning", "danger", "accent"]


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """Tone (a CSS token) and icon of a state."""

    tone: Tone
    icon: str


_WAITING = StatusStyle("warning", "hourglass")
_MOVING = StatusStyle("info", "progress")
_GOOD = StatusStyle("success", "check")
_DONE = StatusStyle("success", "circle-check")
_BAD = StatusStyle("danger", "alert-triangle")
_OVER = StatusStyle("neutral", "circle-x")
_IDLE = StatusStyle("neutral", "circle-dashed")

#: State value → style. Apps add their own words with :func:`register`.
_styles: dict[str, StatusStyle] = {
    "draft": StatusStyle("neutral", "pencil"),
    "planned": StatusStyle("info", "calendar"),
    "new": StatusStyle("info", "sparkles"),
    "open": _MOVING,
    "candidate": StatusStyle("info", "user-search"),
    "nominated": StatusStyle("info", "user-up"),
    "invited": StatusStyle("info", "mail"),
    "submitted": StatusStyle("info", "send"),
    "sent": StatusStyle("info", "send"),
    "in_review": StatusStyle("info", "eye"),
    "matching": StatusStyle("info", "arrows-join"),
    "scheduling": StatusStyle("info", "calendar-time"),
    "scheduled": StatusStyle("info", "calendar-check"),
    "in_progress": _MOVING,
    "running": _MOVING,
    "pending": _WAITING,
    "needs_info": StatusStyle("warning", "help-circle"),
    "waiting": _WAITING,
    "asked": _WAITING,
    "on_hold": StatusStyle("warning", "hand-stop"),
    "paused": StatusStyle("warning", "player-pause"),
    "grace": StatusStyle("warning", "clock-pause"),
    "expiring": StatusStyle("warning", "clock-exclamation"),
    "active": _GOOD,
    "accepted": _GOOD,
    "approved": _GOOD,
    "confirmed": _GOOD,
    "enabled": _GOOD,
    "granted": _GOOD,
    "published": StatusStyle("success", "world"),
    "completed": _DONE,
    "fulfilled": _DONE,
    "done": _DONE,
    "delivered": _DONE,
    "thanked": StatusStyle("success", "heart-handshake"),
    "overdue": _BAD,
    "failed": _BAD,
    "bounced": _BAD,
    "rejected": StatusStyle("danger", "x"),
    "revoked": StatusStyle("danger", "ban"),
    "blocked": StatusStyle("danger", "ban"),
    "declined": _OVER,
    "cancelled": _OVER,
    "expired": StatusStyle("neutral", "clock-off"),
    "withdrawn": _OVER,
    "released": _IDLE,
    "left": StatusStyle("neutral", "door-exit"),
    "inactive": _IDLE,
    "disabled": _IDLE,
    "archived": StatusStyle("neutral", "archive"),
    "superseded": StatusStyle("neutral", "replace"),
}

_PLAIN = StatusStyle("neutral", "point")


def register(styles: dict[str, StatusStyle]) -> None:
    """Add an app's own; ValueError where a value already has another style."""
    for value, style in styles.items():
        if _styles.get(value, style) != style:
            raise ValueError(f"the state {value!r} already has another style")
    _styles.update(styles)


def style_of(value: str) -> StatusStyle:
    """The style of a state's value; a plain grey dot for one nobody registered."""
    return _styles.get(value, _PLAIN)


def all_styles() -> dict[str, StatusStyle]:
    """Every registered state, for the style guide and the test that each icon exists."""
    return dict(_styles)
