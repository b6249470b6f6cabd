"""Tables of the advocates app."""

from advocates.accounts.models import (
    Account,
    AccountHold,
    AccountIdentifier,
    AccountTag,
    RevenueEvent,
    Tag,
)
from advocates.candidates.models import Dismissal
from advocates.enablement.models import Material, MaterialReading, MaterialVersion
from advocates.erasure_requests.models import ErasureRequest
from advocates.joining.models import Nomination, NominationWish, ProgramInvitation
from advocates.moments.models import Moment
from advocates.onboarding.models import OnboardingMark
from advocates.overrides.models import TierOverride
from advocates.people.models import (
    Advocate,
    AdvocateIdentifier,
    AdvocateTag,
    Consent,
    Erasure,
    Outcome,
)
from advocates.people.preference_models import (
    Blackout,
    BlockedCompany,
    Preference,
    TypePreference,
)
from advocates.pilot.models import PilotVoice
from advocates.pool.models import PoolInvitation, PoolMembership
from advocates.presences.models import Presence
from advocates.program.catalogue.models import ActivityType
from advocates.program.ledger.models import (
    AccountCapacity,
    Capacity,
    Participation,
    ProgramPolicy,
)
from advocates.program.tiers.models import Tier, TierChange, TierRun, TierStanding
from advocates.recruiting.models import RecruitmentMessage, RecruitmentTemplate
from advocates.responsibilities.models import Program, ResponsibleRole, WorkingShare
from advocates.scoring.models import AdvocateScore
from advocates.segments.models import SavedSegment
from advocates.signals.models import Signal
from advocates.strategy.models import StrategySheet
from advocates.touches.models import Touch

__all__ = [
    "Account",
    "AccountCapacity",
    "AccountHold",
    "AccountIdentifier",
    "AccountTag",
    "ActivityType",
    "Advocate",
    "AdvocateIdentifier",
    "AdvocateScore",
    "AdvocateTag",
    "Blackout",
    "BlockedCompany",
    "Capacity",
    "Consent",
    "Dismissal",
    "Erasure",
    "ErasureRequest",
    "Material",
    "MaterialReading",
    "MaterialVersion",
    "Moment",
    "Nomination",
    "NominationWish",
    "OnboardingMark",
    "Outcome",
    "Participation",
    "PilotVoice",
    "PoolInvitation",
    "PoolMembership",
    "Preference",
    "Presence",
    "Program",
    "ProgramInvitation",
    "ProgramPolicy",
    "RecruitmentMessage",
    "RecruitmentTemplate",
    "ResponsibleRole",
    "RevenueEvent",
    "SavedSegment",
    "Signal",
    "StrategySheet",
    "Tag",
    "Tier",
    "TierChange",
    "TierOverride",
    "TierRun",
    "TierStanding",
    "Touch",
    "TypePreference",
    "WorkingShare",
]
