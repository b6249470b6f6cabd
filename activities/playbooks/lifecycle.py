"""A part of a playbook is in use or left out; it is kept, since checklists were made of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class PartState(models.TextChoices):
    """Whether what is planned next takes it up."""

    IN_USE = "in_use", _("In use")
    LEFT_OUT = "left_out", _("Left out")


def _moves(noun: str, left_out: Any, taken_up: Any) -> Lifecycle:
    return Lifecycle(
        noun,
        PartState,
        Move(
            name="leave_out",
            verb=f"{noun}.left_out",
            words=left_out,
            source=("in_use",),
            to="left_out",
            may="settings.rules",
            label=_("Leave it out"),
            icon="player-pause",
            done=_("Left out. Checklists that have it already keep it."),
        ),
        Move(
            name="take_up",
            verb=f"{noun}.taken_up",
            words=taken_up,
            source=("left_out",),
            to="in_use",
            may="settings.rules",
            label=_("Use it again"),
            icon="player-play",
            done=_("In use again."),
        ),
    )


PLAYBOOK_STEP = _moves(
    "playbook_step",
    _("left a step of a playbook out"),
    _("took a step of a playbook up again"),
)
PLAYBOOK_TEXT = _moves(
    "playbook_text",
    _("left a text of a playbook out"),
    _("took a text of a playbook up again"),
)
