"""What the statement found of each person: the relationship's strength and the score, in parts."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy import clock
from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocates.people.models import Advocate


def _points() -> Any:
    return models.PositiveSmallIntegerField(default=0)


def _known() -> Any:
    """Points that need data: null where there is none, never a guess (IDN-1.e)."""
    return models.PositiveSmallIntegerField(null=True)


class AdvocateScore(TenantModel):
    """One row a person, written by :mod:`advocates.scoring.statement` alone (REL-1, IDN-1).

    All parts are points; a null one needs data, and counts as none.
    """

    advocate = TenantForeignKey(Advocate, models.CASCADE, related_name="scores")

    strength = _points()
    check_ins = _points()
    response = _known()
    acceptance = _known()
    feedback = _points()
    executive = _points()
    #: Asks since the last check-in, or ever (REL-1.c).
    asks_since = models.PositiveIntegerField(default=0)
    last_check_in = models.DateField(null=True)
    one_sided = models.BooleanField(_("one-sided"), default=False)

    score = _points()
    health = _known()
    nps = _known()
    tenure = _known()
    outcome = _known()
    relationship = _points()
    responsiveness = _known()
    enthusiasm = _points()
    company = _known()
    voice = _known()
    #: Whether data is missing that somebody can bring (``statement.TO_BRING``).
    incomplete = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "advocate"], name="advocate_score_once"),
            models.CheckConstraint(
                condition=models.Q(score__lte=100, strength__lte=100), name="advocate_score_range"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-score", "advocate"], name="advocate_score_order"),
            models.Index(
                fields=["tenant", "advocate"],
                condition=models.Q(one_sided=True),
                name="advocate_one_sided",
            ),
        ]
