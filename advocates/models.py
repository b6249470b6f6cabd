"""Tables of the advocates app."""

from advocates.accounts.models import (
    Account,
    AccountHold,
    AccountIdentifier,
    AccountTag,
    RevenueEvent,
    Tag,
)
from advocates.joining.models import Nomination, NominationWish, ProgramInvitation
from advocates.moments.models import Moment
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
from advocates.program.catalogue.models import ActivityType
from advocates.program.ledger.models import (
    AccountCapacity,
    Capacity,
    Participation,
    ProgramPolicy,
)
from advocates.program.tiers.models import Tier, TierChange, TierRun, TierStanding
from advocates.signals.models import Signal

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
    "Erasure",
    "Moment",
    "Nomination",
    "NominationWish",
    "Outcome",
    "Participation",
    "Preference",
    "ProgramInvitation",
    "ProgramPolicy",
    "RevenueEvent",
    "Signal",
    "Tag",
    "Tier",
    "TierChange",
    "TierRun",
    "TierStanding",
    "TypePreference",
]
