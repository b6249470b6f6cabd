"""Taking back what was sent, as the browser's toast does."""

from typing import Any

from advocacy.messaging.undo import undo_latest
from advocacy.rest.resources import Resource, command


def undo_action() -> Any:
    """The action of a viewset some of whose moves can be taken back (``Move.undo``)."""

    def undo(self: Resource, row: Any) -> None:
        """Take back what the token's owner last sent about it, while its mails still wait: for
        ten seconds, or as long as the tenant says. Once they have left, or something has gone on
        since, the answer is 409 and nothing changes.
        """
        undo_latest(actor=self.actor, subject_id=row.pk)

    return command()(undo)
