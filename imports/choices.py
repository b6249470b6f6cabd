"""States and phases of an import; the moves between are in ``lifecycle`` (IMP-1)."""

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
