"""Who may do what to a transcript (ID-2): the program and marketing, a CSM at own accounts; nobody
else learns that there is one (VIS-1).
"""

from activities.transcripts.models import Transcript, TranscriptProposal
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.access import may_change, require_change

VIEW, EDIT, CHOOSE = "transcripts.view", "transcripts.edit", "assets.edit"


def may_edit(member: Membership, transcript: Transcript) -> bool:
    """Whether a member may say who speaks, and change what stands beside the lines."""
    return may_change(member, EDIT, transcript.account)


def permit_edit(actor: Actor, transcript: Transcript) -> None:
    """Raise ``NotAllowed`` unless :func:`may_edit`; jobs of the program's own may."""
    require_change(actor, EDIT, transcript.account)


def permit_proposal(actor: Actor, proposal: TranscriptProposal, name: str) -> None:
    """Raise ``NotAllowed`` unless the actor may begin content of this account."""
    require_change(actor, CHOOSE, proposal.transcript.account)
