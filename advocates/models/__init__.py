"""Tables of the advocates' room."""

from advocates.models.accounts import (
    Account,
    AccountHold,
    AccountIdentifier,
    AccountTag,
    RevenueEvent,
    Tag,
)
from advocates.models.catalogue import ActivityType
from advocates.models.imports import (
    ImportChunk,
    ImportFile,
    ImportIssue,
    ImportMapping,
    ImportPiece,
    ImportRun,
)
from advocates.models.ledger import AccountCapacity, Capacity, Participation, ProgramPolicy
from advocates.models.nominations import Nomination, NominationWish, ProgramInvitation
from advocates.models.people import (
    Advocate,
    AdvocateIdentifier,
    AdvocateTag,
    Blackout,
    BlockedCompany,
    Consent,
    Outcome,
    Preference,
    TypePreference,
)
from advocates.models.tiers import Tier, TierChange, TierRun, TierStanding

__all__ = [
    "Account",
    "AccountCapacity",
    "AccountHold",
    "AccountIdentifier",
    "AccountTag",
    "ActivityType",
    "Advocate",
    "AdvocateIdentifier",
    "AdvocateTag",
    "Blackout",
    "BlockedCompany",
    "Capacity",
    "Consent",
    "ImportChunk",
    "ImportFile",
    "ImportIssue",
    "ImportMapping",
    "ImportPiece",
    "ImportRun",
    "Nomination",
    "NominationWish",
    "Outcome",
    "Participation",
    "Preference",
    "ProgramInvitation",
    "ProgramPolicy",
    "RevenueEvent",
    "Tag",
    "Tier",
    "TierChange",
    "TierRun",
    "TierStanding",
    "TypePreference",
]
