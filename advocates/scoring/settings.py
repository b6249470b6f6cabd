"""The family of score and strength: weights, what earns them in full (SET-1.b)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, Problems, Stored, Values
from advocates.scoring.numbers import ScoreWeights, StrengthWeights
from advocates.scoring.services import evaluate_scores
from advocates.scoring.statement import SCORE, STRENGTH


@dataclass(frozen=True)
class Scored(Stored):
    """Numbers by which everybody is scored again as soon as they change."""

    def save(self, changes: Values) -> None:
        super().save(changes)
        evaluate_scores()


def _check(values: Mapping[str, Any]) -> Problems:
    found: Problems = {}
    for prefix, names in (("score", SCORE), ("strength", STRENGTH)):
        total = sum(values[f"{prefix}_{name}"] for name in names)
        if total != 100:
            found[f"{prefix}_{names[0]}"] = _(
                "The parts are %(sum)d points together; make them 100."
            ) % {"sum": total}
    if values["slow_days"] <= values["quick_days"]:
        found["slow_days"] = _("More than the %(days)d days of a quick answer.") % {
            "days": values["quick_days"]
        }
    return found


SCORES = Family(
    key="scores",
    title=gettext_lazy("Score and relationship"),
    text=gettext_lazy("Points of a candidate's score and of a relationship's strength."),
    icon="message-heart",
    sources=(Scored(ScoreWeights), Scored(StrengthWeights)),
    check=_check,
)
