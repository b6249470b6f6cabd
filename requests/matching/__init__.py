"""Matching a request with the advocates who fit it (MAT-1, MAT-2, MAT-3)."""

from requests.matching.exclusions import Reason
from requests.matching.ranking import Match, MatchResult, Totals, assess, match, why_not
from requests.matching.score import Chip, Part

__all__ = [
    "Chip",
    "Match",
    "MatchResult",
    "Part",
    "Reason",
    "Totals",
    "assess",
    "match",
    "why_not",
]
