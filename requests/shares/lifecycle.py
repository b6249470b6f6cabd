"""A share works until somebody takes it back (AST-2.b)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move


class ShareState(models.TextChoices):
    """Whether it stands."""

    ACTIVE = "active", _("Shared")
    REVOKED = "revoked", _("Taken back")


SHARE = Lifecycle(
    "share",
    ShareState,
    Move(
        name="revoke",
        verb="share.revoked",
        words=_("took back what was shared"),
        source=("active",),
        to="revoked",
        may="shares.edit",
        label=_("Take back"),
        icon="ban",
        danger=True,
        many=True,
        undo=_("shared it after all"),
        done=_("Taken back. A link of it opens nothing any more."),
    ),
)
