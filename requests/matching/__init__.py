"""Matching a request with the advocates who fit it (MAT-1, MAT-2, MAT-3)."""

from requests.matching.exclusions import Reason
from requests.matching.matches import Match
from requests.matching.ranking import MatchResult, Tally, Totals, assess, match, tally, why_not
from requests.matching.score import Chip, Part

__all__ = [
    "Chip",
    "Match",
    "MatchResult",
    "Part",
    "Reason",
    "Tally",
    "Totals",
    "assess",
    "match",
    "tally",
    "why_not",
]
