"""Accounts, advocates, nominations, activity types and tiers over REST (API-1, API-2, API-4)."""

from advocates.api.accounts import AccountResource
from advocates.api.advocates import AdvocateResource
from advocates.api.nominations import NominationResource
from advocates.api.program import ActivityTypeResource, TierResource, TypeField

__all__ = [
    "AccountResource",
    "ActivityTypeResource",
    "AdvocateResource",
    "NominationResource",
    "TierResource",
    "TypeField",
]
