"""Life of a thank-you: open → done, and open again when the mail comes back (THX-1, THX-2)."""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from benefits.thanks.choices import ThankYouKind, ThankYouState

THANK_YOU = Lifecycle(
    "thank_you",
    ThankYouState,
    Move(
        name="send",
        verb="thank_you.sent",
        words=_("thanked the advocate"),
        source=("open",),
        to="done",
        may="thanks.send",
        label=_("Send"),
        icon="heart-handshake",
        tone="success",
        takes=("personal_line", "subject", "opening", "closing"),
        primary=True,
        undo=_("took the thank-you back before it left"),
        stays=("personal_line",),
    ),
    # An executive signs at one press what a colleague prepared.
    Move(
        name="prepare",
        verb="thank_you.prepared",
        words=_("prepared the executive's note"),
        source=("open",),
        to="open",
        may="thanks.send",
        label=_("Keep it to be signed"),
        icon="signature",
        needs=("personal_line",),
        when=lambda row: row.kind == ThankYouKind.EXECUTIVE,
        many=False,
    ),
    # The same, said in a call or by hand.
    Move(
        name="mark_done",
        verb="thank_you.sent",
        words=_("thanked the advocate"),
        source=("open",),
        to="done",
        may="thanks.send",
        label=_("Mark as thanked"),
        icon="heart-handshake",
        tone="success",
        needs=("channel", "at"),
        takes=("note",),
    ),
    Move(
        name="reassign",
        verb="thank_you.reassigned",
        words=_("handed the thank-you over"),
        source=("open",),
        to="open",
        may="thanks.send",
        label=_("Hand over"),
        icon="users",
        needs=("owner",),
        gives_away=True,
    ),
    Move(
        name="reopen",
        verb="thank_you.reopened",
        words=_("opened the thank-you again, because the mail came back"),
        source=("done",),
        to="open",
        icon="mail-x",
        tone="danger",
    ),
    Move(
        name="void",
        verb="thank_you.voided",
        words=_("took back the thank-you"),
        source=("open", "done"),
        to="voided",
        icon="arrow-back-up",
    ),
)
