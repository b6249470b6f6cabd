"""Warnings that follow from somebody's tier (CAT-1).

Read for the few who are shown or about to be asked, never for everybody.
"""

import uuid
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from advocates.models import Tier, TierStanding
from advocates.program.catalogue.choices import Effort
from requests.matching.criteria import Criteria
from requests.matching.exclusions import Reason

#: The tier from which a type is asked for (CAT-1); of the others, above low effort.
_TIER_FOR = {"advisory_board": "platinum"}
_TIER_ABOVE_LOW = "silver"


class Held(NamedTuple):
    """A tier somebody has, and how much they gave for it within the year."""

    tier: Tier
    activities: int


def tiers_held(ids: Collection[uuid.UUID] | None) -> dict[uuid.UUID, Held]:
    """Of some people, or of everybody, who has a tier, with it.

    One statement for some; of everybody each tier is made once, not once for each person.
    """
    rows = TierStanding.objects.filter(tier__isnull=False)
    if ids is not None:
        some = rows.filter(advocate__in=ids).select_related("tier")
        return {row.advocate_id: Held(row.tier, row.activities) for row in some}  # type: ignore[arg-type]
    found = list(rows.values_list("advocate_id", "tier_id", "activities"))
    tiers = Tier.objects.in_bulk() if found else {}
    return {who: Held(tiers[tier], activities) for who, tier, activities in found}


class TierWarnings:
    """A few queries for any number of advocates; one where their ``standings`` were read."""

    def __init__(self, criteria: Criteria, standings: Mapping[uuid.UUID, Held]) -> None:
        self.kind, self.is_neutral = criteria.activity_type, criteria.is_neutral
        self.standings = standings
        above_low = _TIER_ABOVE_LOW if self.kind.effort != Effort.LOW else ""
        code = _TIER_FOR.get(self.kind.code, above_low)
        self.needed = Tier.objects.filter(code=code).first() if code else None

    def reasons(self, advocate: uuid.UUID) -> list[Reason]:
        """The tier a type is for, and what a tier is expected to give at most."""
        found: list[Reason] = []
        if self.is_neutral:
            return found  # BEN-4: a tier says how much they like us
        standing = self.standings.get(advocate)
        tier = standing.tier if standing else None
        if tier and self.needed and tier.rank < self.needed.rank:
            text = _("%(type)s is for people from %(needed)s on; their tier is %(tier)s.")
            words = {"type": self.kind, "needed": self.needed, "tier": tier}
            found.append(Reason("tier", text % words, "warn"))
        if standing and tier and tier.expected_max and standing.activities >= tier.expected_max:
            found.append(
                Reason(
                    "expected",
                    _("Gave %(count)d this year, the most %(tier)s is expected to.")
                    % {"count": standing.activities, "tier": tier},
                    "warn",
                )
            )
        return found
