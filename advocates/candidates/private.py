"""Who prefers to stay private: what fits, and the tier that can be expected (IDN-1.d)."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocates.models import Advocate, Tier
from advocates.people.choices import Comfort
from advocates.people.selectors import refused_types, types_on
from advocates.program.catalogue.choices import Effort, TierCredit
from advocates.program.ledger.models import ProgramPolicy

_IN_PUBLIC = frozenset({Comfort.LOGO, Comfort.RECORDED_VIDEO, Comfort.PUBLIC_STAGE})


@dataclass(frozen=True, slots=True)
class PrivateFit:
    """Names of fitting activity types, and the tier they lead to; empty where there is none."""

    activities: tuple[str, ...]
    tier: str


def private_fit(advocate: Advocate, comforts: Sequence[str]) -> PrivateFit | None:
    """What fits somebody who said what is comfortable, and nothing public; else ``None``.

    The tier is the highest whose minimums these types can meet within a year's allowance.
    """
    if not comforts or _IN_PUBLIC & set(comforts):
        return None
    refused = refused_types(advocate)
    fitting = [
        kind
        for kind in types_on()
        if kind.pk not in refused and not set(kind.needs_comfort) - set(comforts)
    ]
    counting = [kind for kind in fitting if kind.tier_credit == TierCredit.YES]
    policy = ProgramPolicy.objects.first()
    cap = policy.yearly_cap if policy else 6
    most = sum(min(cap if kind.per_year is None else kind.per_year, cap) for kind in counting)
    high = any(kind.effort == Effort.HIGH for kind in counting)
    for tier in Tier.objects.order_by("-rank"):
        if tier.min_activities <= min(most, cap) and (high or not tier.min_high_effort):
            return PrivateFit(tuple(kind.name for kind in fitting), tier.name)
    return PrivateFit(tuple(kind.name for kind in fitting), "")
