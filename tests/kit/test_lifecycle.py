"""A lifecycle by itself: what it refuses to be, and what its refusals name."""

from typing import Any

import pytest
from django.db import models

from advocacy.records.lifecycle import Lifecycle, Move


class DoorState(models.TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    GONE = "gone", "Gone"


class Door:
    """As much of a row as a refusal reads."""

    def __init__(self, state: str) -> None:
        self.state = state

    def __str__(self) -> str:
        return "The door"


DOOR = Lifecycle(
    "door",
    DoorState,
    Move(name="shut", source=("open",), to="shut", may="requests.submit", label="Shut it"),
    Move(name="open", source=("shut",), to="open", may="requests.triage", label="Open it"),
    Move(name="lose", source=("open", "shut"), to="gone"),
    Move(name="find", source=("gone",), to="open"),
)


def refused(state: str, name: str) -> str:
    row: Any = Door(state)
    return DOOR.refusal(row, DOOR[name]).message


def test_what_nobody_makes_is_not_offered() -> None:
    """A move that follows from something else has no button, and no refusal names it."""
    assert [move.name for move in DOOR.manual] == ["shut", "open"]
    text = refused("shut", "shut")
    assert "Open it" in text and "Shut it" in text and "Gone" not in text


def test_a_move_without_a_label_is_called_after_its_state() -> None:
    assert "“Gone” is not possible any more" in refused("gone", "lose")


def test_a_legal_move_that_failed_was_somebody_elses() -> None:
    assert "Somebody else" in refused("open", "shut")


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ("ajar",)},
        {"to": "ajar"},
        {"may": "doors.open"},
        {"may": "requests.submit"},  # people make it, so it needs a label
    ],
)
def test_a_wrong_declaration_fails_at_import(wrong: dict[str, Any]) -> None:
    values: dict[str, Any] = {"name": "slam", "source": ("open",), "to": "shut", **wrong}
    with pytest.raises(ValueError, match=r"door\.slam"):
        Lifecycle("door", DoorState, Move(**values))
