"""Tables of the requests app."""

from requests.approvals.models import Approval, ApprovalRule
from requests.asks.models import Ask, AskSlot
from requests.briefings.models import Briefing
from requests.browsing.models import Introduction
from requests.evidence.models import ContentAnswer
from requests.gates.models import RequestGate
from requests.matching.models import MatchingWeights
from requests.opportunities.models import Opportunity, StageMapping, Touchpoint
from requests.replies.models import AskReply
from requests.requests.models import Request, RequestTag
from requests.routing.models import RoutingRule, RoutingTurn
from requests.shares.models import Share, ShareOpen

__all__ = [
    "Approval",
    "ApprovalRule",
    "Ask",
    "AskReply",
    "AskSlot",
    "Briefing",
    "ContentAnswer",
    "Introduction",
    "MatchingWeights",
    "Opportunity",
    "Request",
    "RequestGate",
    "RequestTag",
    "RoutingRule",
    "RoutingTurn",
    "Share",
    "ShareOpen",
    "StageMapping",
    "Touchpoint",
]
