"""Tables of activities; Django finds them here."""

from activities.activities.models import Activity
from activities.asset_approvals.models import AssetApproval
from activities.assets.models import Asset, AssetVersion
from activities.distribution.models import Placement, Repurposing
from activities.duties.models import Duty
from activities.evidence.models import Passage, PassageTerm
from activities.feedback.models import Feedback
from activities.loops.models import LoopDuty
from activities.playbooks.models import PlaybookStep, PlaybookText
from activities.set_up.models import SetUp
from activities.slot_checks.models import SlotCheck
from activities.transcripts.models import (
    Transcript,
    TranscriptLine,
    TranscriptProposal,
    TranscriptSpeaker,
)

__all__ = [
    "Activity",
    "Asset",
    "AssetApproval",
    "AssetVersion",
    "Duty",
    "Feedback",
    "LoopDuty",
    "Passage",
    "PassageTerm",
    "Placement",
    "PlaybookStep",
    "PlaybookText",
    "Repurposing",
    "SetUp",
    "SlotCheck",
    "Transcript",
    "TranscriptLine",
    "TranscriptProposal",
    "TranscriptSpeaker",
]
