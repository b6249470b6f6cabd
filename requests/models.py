"""Tables of the requests app."""

from requests.asks.models import Ask, AskSlot
from requests.browsing.models import Introduction
from requests.gates.models import RequestGate
from requests.matching.models import MatchingWeights
from requests.opportunities.models import Opportunity, StageMapping, Touchpoint
from requests.requests.models import Request, RequestTag
from requests.routing.models import RoutingRule, RoutingTurn

__all__ = [
    "Ask",
    "AskSlot",
    "Introduction",
    "MatchingWeights",
    "Opportunity",
    "Request",
    "RequestGate",
    "RequestTag",
    "RoutingRule",
    "RoutingTurn",
    "StageMapping",
    "Touchpoint",
]
