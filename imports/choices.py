"""States of an import, and which moves between them are legal (IMP-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where an import stands (IMP-1)."""

    UPLOADED = "uploaded", _("Columns to confirm")
    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Under way")
    CHECKED = "checked", _("Checked, not imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Stopped")
    FAILED = "failed", _("Did not finish")
    REFUSED = "refused", _("Cannot be read")


class ImportPhase(models.TextChoices):
    """What a worker does with an import. The two walks are the same but for the ending."""

    READ = "read", _("Reading")
    CHECK = "check", _("Check")
    IMPORT = "import", _("Import")


#: A worker has something to do with these.
IMPORT_AT_WORK = frozenset({ImportState.QUEUED, ImportState.RUNNING})

#: Nothing comes after these.
IMPORT_ENDED = frozenset({ImportState.DONE, ImportState.CANCELLED})

#: Legal moves of an import.
IMPORT_MOVES: dict[str, frozenset[str]] = {
    ImportState.UPLOADED: frozenset({ImportState.QUEUED}),
    # On to uploaded when the files are read; back to it when a check is stopped, and to look at
    # the columns once more.
    ImportState.QUEUED: frozenset(
        {ImportState.RUNNING, ImportState.UPLOADED, ImportState.CANCELLED, ImportState.FAILED}
    ),
    ImportState.RUNNING: frozenset(
        {
            ImportState.CHECKED,
            ImportState.DONE,
            ImportState.UPLOADED,
            ImportState.CANCELLED,
            ImportState.FAILED,
            ImportState.REFUSED,
        }
    ),
    ImportState.CHECKED: frozenset({ImportState.QUEUED, ImportState.UPLOADED}),
    # A failed check goes back to its columns; a failed import goes on, or stays as it is.
    ImportState.FAILED: frozenset(
        {ImportState.QUEUED, ImportState.UPLOADED, ImportState.CANCELLED}
    ),
    ImportState.DONE: frozenset(),
    ImportState.CANCELLED: frozenset(),
    # One of the files cannot be read: it is put right and uploaded anew.
    ImportState.REFUSED: frozenset(),
}
