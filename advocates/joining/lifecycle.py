"""Lives of a nomination and of an invitation (IDN-2, ENR-1).

Nomination: submitted → accepted | returned | withdrawn. Invitation: sent → accepted | declined |
withdrawn.
"""

from django.utils.translation import gettext_lazy as _

from advocacy.records.lifecycle import Lifecycle, Move
from advocates.joining.choices import InvitationState, NominationState

NOMINATION = Lifecycle(
    "nomination",
    NominationState,
    Move(
        name="withdraw",
        verb="nomination.withdrawn",
        words=_("withdrew the nomination"),
        source=("submitted",),
        to="withdrawn",
        may="nominations.submit",
        label=_("Take back"),
        icon="user-up",
        tone="info",
        confirm=_("They become a candidate again. Nobody is written to."),
        done=_("Taken back."),
    ),
    Move(
        name="return",
        verb="nomination.returned",
        words=_("returned the nomination"),
        source=("submitted",),
        to="returned",
        may="nominations.decide",
        label=_("Return"),
        icon="arrow-back-up",
        tone="warning",
        needs=("reason",),
        many=True,
        undo=_("took the return back before it left"),
    ),
    Move(
        name="accept",
        verb="nomination.accepted",
        words=_("accepted the nomination"),
        source=("submitted",),
        to="accepted",
        may="nominations.decide",
        label=_("Accept"),
        icon="user-check",
        tone="success",
        takes=("override_reason",),
        many=True,
        primary=True,
        undo=_("took the acceptance back before it left"),
    ),
)

INVITATION = Lifecycle(
    "program invitation",
    InvitationState,
    # The person answers on the link of their own; no colleague can.
    Move(
        name="accept",
        verb="program_invitation.accepted",
        words=_("accepted the invitation"),
        source=("sent",),
        to="accepted",
        icon="mail-opened",
        tone="success",
    ),
    Move(
        name="decline",
        verb="program_invitation.declined",
        words=_("declined the invitation"),
        source=("sent",),
        to="declined",
        icon="mail-x",
    ),
    Move(
        name="withdraw",
        verb="program_invitation.withdrawn",
        words=_("withdrew the invitation"),
        source=("sent",),
        to="withdrawn",
        may="advocates.invite",
        label=_("Withdraw"),
        icon="mail",
        tone="info",
        confirm=_("The link stops working; they stay qualified."),
        done=_("The invitation is withdrawn."),
    ),
)
