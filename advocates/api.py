"""Accounts, advocates, candidates, activity types and tiers over REST (API-1, API-2, API-4)."""

from advocates.accounts.api import AccountResource
from advocates.candidates.api import CandidateResource
from advocates.people.api import AdvocateResource
from advocates.program.api import ActivityTypeResource, TierResource
from advocates.program.catalogue.fields import TypeField

__all__ = [
    "AccountResource",
    "ActivityTypeResource",
    "AdvocateResource",
    "CandidateResource",
    "TierResource",
    "TypeField",
]
