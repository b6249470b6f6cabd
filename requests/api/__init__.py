"""The requests' room over REST (API-2)."""

from requests.api.asks import AskResource
from requests.api.opportunities import OpportunityResource
from requests.api.requests import RequestResource

__all__ = ["AskResource", "OpportunityResource", "RequestResource"]
