"""The requests app over REST (API-2)."""

from requests.asks.api import AskResource
from requests.opportunities.api import OpportunityResource
from requests.requests.api import RequestResource

__all__ = ["AskResource", "OpportunityResource", "RequestResource"]
