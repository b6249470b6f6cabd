"""Life of an import: uploaded → read → checked → imported (IMP-1).

Reading, checking and importing are the same two states, queued and running, in three phases; what
is legal follows from both.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from imports.choices import ImportPhase, ImportState

#: Moves that one phase only knows.
_IN_PHASE = {
    "read": ImportPhase.READ,
    "refuse": ImportPhase.READ,
    "reopen": ImportPhase.CHECK,
    "reread": ImportPhase.CHECK,
    "finish_check": ImportPhase.CHECK,
    "cancel": ImportPhase.IMPORT,
    "finish": ImportPhase.IMPORT,
}


class _InPhases(Lifecycle):
    def legal(self, row: models.Model) -> list[Move]:
        """What can be done to a run, by state and phase."""
        phase = getattr(row, "phase", "")
        return [move for move in super().legal(row) if _IN_PHASE.get(move.name, phase) == phase]


IMPORT = _InPhases(
    "import",
    ImportState,
    Move(
        name="check",
        verb="import.check_started",
        words=_("had an import checked"),
        source=("uploaded",),
        to="queued",
        may="imports.run",
        label=_("Check all rows"),
        icon="list-check",
    ),
    Move(
        name="reread",
        verb="import.reread",
        words=_("had a file read in another encoding"),
        source=("uploaded",),
        to="queued",
        may="imports.run",
        label=_("Read again"),
        icon="refresh",
    ),
    Move(
        name="reopen",
        verb="import.reopened",
        words=_("went back to the columns of an import"),
        source=("checked", "queued", "running", "failed"),
        to="uploaded",
        may="imports.run",
        label=_("Change the columns"),
        icon="columns",
    ),
    Move(
        name="start",
        verb="import.started",
        words=_("started an import from the CRM"),
        source=("checked",),
        to="queued",
        may="imports.run",
        label=_("Import"),
        icon="file-import",
    ),
    Move(
        name="cancel",
        verb="import.cancelled",
        words=_("stopped an import"),
        source=("queued", "running", "failed"),
        to="cancelled",
        may="imports.run",
        label=_("Stop"),
        icon="player-stop",
    ),
    # A check or an import goes on where it failed; reading begins anew.
    Move(
        name="retry",
        verb="import.retried",
        words=_("went on with an import"),
        source=("failed",),
        to="queued",
        may="imports.run",
        label=_("Go on"),
        icon="player-play",
    ),
    # What follows is done by workers, and by jobs that nobody looks at.
    Move(name="take", source=("queued", "running"), to="running"),
    Move(
        name="read",
        verb="import.read",
        words=_("had uploaded files read"),
        source=("running",),
        to="uploaded",
        icon="file-import",
    ),
    Move(
        name="refuse",
        verb="import.refused",
        words=_("uploaded files that cannot be read"),
        source=("running",),
        to="refused",
        icon="file-alert",
        tone="danger",
    ),
    Move(
        name="start_unchecked",
        verb="import.started",
        words=_("started an import from the CRM"),
        source=("uploaded",),
        to="queued",
        icon="file-import",
    ),
    Move(
        name="finish_check",
        verb="import.checked",
        words=_("checked an import"),
        source=("running",),
        to="checked",
        icon="file-import",
    ),
    Move(
        name="finish",
        verb="import.finished",
        words=_("imported from the CRM"),
        source=("running",),
        to="done",
        icon="file-import",
        tone="success",
    ),
    Move(
        name="fail",
        verb="import.failed",
        words=_("could not finish an import"),
        source=("queued", "running"),
        to="failed",
        icon="file-alert",
        tone="danger",
    ),
)
