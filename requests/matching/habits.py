"""Warnings that follow from what somebody was asked and did before (CAP-3, CAP-4, CAT-1).

Read for the few who are shown or about to be asked, never for everybody.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext as _

from advocates.models import Participation, Tier, TierStanding
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import Origin, UnitState
from requests.matching.criteria import Criteria
from requests.matching.exclusions import Reason

_RANK = {Effort.LOW: 1, Effort.MODERATE: 2, Effort.HIGH: 3}
#: The tier from which a type is asked for (CAT-1); of the others, above low effort.
_TIER_FOR = {"advisory_board": "platinum"}
_TIER_ABOVE_LOW = "silver"


class Habits:
    """A few queries for any number of advocates."""

    def __init__(self, criteria: Criteria, ids: Collection[uuid.UUID]) -> None:
        self.kind, self.is_neutral = criteria.activity_type, criteria.is_neutral
        self.highest: dict[uuid.UUID, int] = defaultdict(int)
        self.last_type: dict[uuid.UUID, uuid.UUID] = {}
        rows = (
            Participation.objects.filter(advocate__in=ids)
            .order_by("taken_at", "id")
            .values_list("advocate_id", "activity_type_id", "origin", "state", "effort")
        )
        for advocate, kind, origin, state, effort in rows:
            if state == UnitState.COMPLETED:
                self.highest[advocate] = max(self.highest[advocate], _RANK[Effort(effort)])
            if origin == Origin.ASKED:
                self.last_type[advocate] = kind
        self.standings = {
            standing.advocate_id: standing
            for standing in TierStanding.objects.filter(
                advocate__in=ids, tier__isnull=False
            ).select_related("tier")
        }
        above_low = _TIER_ABOVE_LOW if self.kind.effort != Effort.LOW else ""
        code = _TIER_FOR.get(self.kind.code, above_low)
        self.needed = Tier.objects.filter(code=code).first() if code and self.standings else None

    def reasons(self, advocate: uuid.UUID) -> list[Reason]:
        """The ladder, the variety, and the tier's expected maximum."""
        found = []
        step = _RANK[Effort(self.kind.effort)]
        if step > 1 and self.highest[advocate] < step - 1:
            text = (
                _("Has not done anything of moderate effort yet; this is of high effort.")
                if step == _RANK[Effort.HIGH]
                else _("Has not done anything small yet; this is of moderate effort.")
            )
            found.append(Reason("ladder", text, "warn"))
        if self.last_type.get(advocate) == self.kind.pk:
            found.append(
                Reason(
                    "variety",
                    _("The last ask was for the same: %(type)s.") % {"type": self.kind},
                    "warn",
                )
            )
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
