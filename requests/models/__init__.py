"""Tables of the requests' room."""

from requests.models.asks import Ask, AskSlot
from requests.models.matching import MatchingWeights
from requests.models.opportunities import Opportunity, StageMapping, Touchpoint
from requests.models.requests import Request, RequestTag

__all__ = [
    "Ask",
    "AskSlot",
    "MatchingWeights",
    "Opportunity",
    "Request",
    "RequestTag",
    "StageMapping",
    "Touchpoint",
]
