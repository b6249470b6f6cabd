"""The numbers of matching; part of the family of requests (SET-1.e, MAT-1)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.families import Values
from advocacy.tenant_settings.settings import DAYS, POINTS, Numbers, Setting, number
from requests.matching.criteria import CRITERIA
from requests.models import MatchingWeights

_PART = _("Matching")
_WEIGHTS = _("Points of a perfect match")
MOST = 100


@dataclass(frozen=True, slots=True)
class Matching(Numbers):
    """What counts as a good fit."""

    store: ClassVar[str] = "matching"

    good_fit: int = number(
        40,
        _("A fit is called good from"),
        unit=POINTS,
        low=1,
        high=100,
        part=_PART,
        clause="MAT-1.e",
    )
    rotation_days: int = number(
        180,
        _("An ask counts as long enough ago after"),
        unit=DAYS,
        low=1,
        high=730,
        part=_PART,
        clause="MAT-1.c",
    )
    similar_size: int = number(
        2,
        _("A company up to this many times as large is of a similar size"),
        unit=_("times"),
        low=1,
        high=100,
        part=_PART,
        clause="MAT-1.a",
    )


@dataclass(frozen=True)
class GeneralWeights:
    """The weights of all types without their own, as settings."""

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """One for each criterion."""
        return tuple(
            Setting(
                key=f"weight_{name}",
                kind="number",
                label=column.verbose_name,
                default=column.default,
                unit=POINTS,
                high=MOST,
                part=_WEIGHTS,
                clause="MAT-1.a",
            )
            for name in CRITERIA
            for column in (cast("models.Field[Any, Any]", MatchingWeights._meta.get_field(name)),)
        )

    def load(self) -> dict[str, Any]:
        row = self._row()
        return {f"weight_{name}": getattr(row, name) for name in CRITERIA}

    def save(self, changes: Values) -> None:
        row = self._row()
        for key, value in changes.items():
            setattr(row, key.removeprefix("weight_"), value)
        row.save()

    @staticmethod
    def _row() -> MatchingWeights:
        return MatchingWeights.objects.filter(activity_type=None).first() or MatchingWeights()
