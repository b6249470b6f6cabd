"""Weights of strength and score; the tenant's own numbers (REL-1, IDN-1, SET-1.b)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import DAYS, POINTS, Numbers, number

_SCORE = _("The candidate's score, 100 in all")
_STRENGTH = _("The relationship's strength, 100 in all")
_FULL = _("What earns them in full")


@dataclass(frozen=True, slots=True)
class ScoreWeights(Numbers):
    """Points of each part of a candidate's score; 100 together (IDN-1.b, IDN-1.c)."""

    store: ClassVar[str] = "candidate_score"

    score_health: int = number(
        20, _("Health"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.b"
    )
    score_nps: int = number(15, _("NPS"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.b")
    score_tenure: int = number(
        10, _("Tenure"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.b"
    )
    score_outcome: int = number(
        20, _("Outcome or adoption"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.b"
    )
    score_relationship: int = number(
        5, _("Strength of the relationship"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.c"
    )
    score_responsiveness: int = number(
        5, _("Responsiveness"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.c"
    )
    score_enthusiasm: int = number(
        5, _("Shown enthusiasm"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.c"
    )
    score_company: int = number(
        12, _("Company profile"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.c"
    )
    score_voice: int = number(8, _("Voice"), unit=POINTS, high=100, part=_SCORE, clause="IDN-1.c")
    health_full: int = number(
        90, _("Health counts in full from"), unit=POINTS, low=1, high=100, part=_FULL,
        clause="IDN-1.b",
    )  # fmt: skip
    return_points: int = number(
        3, _("Somebody put aside comes back when a part rose by"), unit=POINTS, low=1, high=100,
        part=_FULL, clause="IDN-1.g",
    )  # fmt: skip
    active_from: int = number(
        2, _("Who did this much unasked within a year helps unasked"), high=50, part=_FULL,
        clause="ADV-5.b", help=_("Mentions, praise, referrals. 0: never by itself."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StrengthWeights(Numbers):
    """Points of each part of a relationship's strength, and what earns them in full (REL-1.a)."""

    store: ClassVar[str] = "relationship_strength"

    strength_check_ins: int = number(
        25, _("Check-ins"), unit=POINTS, high=100, part=_STRENGTH, clause="REL-1.a"
    )
    strength_response: int = number(
        20, _("Response time"), unit=POINTS, high=100, part=_STRENGTH, clause="REL-1.a"
    )
    strength_acceptance: int = number(
        20, _("Acceptance"), unit=POINTS, high=100, part=_STRENGTH, clause="REL-1.a"
    )
    strength_feedback: int = number(
        20, _("Feedback"), unit=POINTS, high=100, part=_STRENGTH, clause="REL-1.a"
    )
    strength_executive: int = number(
        15, _("Contact with executives"), unit=POINTS, high=100, part=_STRENGTH, clause="REL-1.a"
    )
    full_check_ins: int = number(
        4, _("Check-ins a year, in full from"), low=1, high=365, part=_FULL, clause="REL-1.a"
    )
    full_feedback: int = number(
        2, _("Feedback a year, in full from"), low=1, high=365, part=_FULL, clause="REL-1.a"
    )
    full_executive: int = number(
        2, _("Executive contacts a year, in full from"), low=1, high=365, part=_FULL,
        clause="REL-1.a",
    )  # fmt: skip
    quick_days: int = number(
        2, _("An answer is quick within"), unit=DAYS, high=60, part=_FULL, clause="REL-1.a"
    )
    slow_days: int = number(
        14, _("and earns nothing from"), unit=DAYS, low=1, high=90, part=_FULL, clause="REL-1.a"
    )
    one_sided_asks: int = number(
        2, _("One-sided from so many asks since the last check-in"), low=1, high=50, part=_FULL,
        clause="REL-1.c",
    )  # fmt: skip
