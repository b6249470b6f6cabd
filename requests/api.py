"""The requests app over REST (API-2)."""

from requests.asks.api import AskResource
from requests.requests.api import RequestResource

__all__ = ["AskResource", "RequestResource"]
