"""Tiers as settings: minimums, seats, guides, grace, cadence, entitlements (SET-1.a, TIER-1)."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, Problems, Standing, Stored, Values
from advocacy.tenant_settings.settings import (
    DAYS,
    PERCENT,
    Kind,
    Setting,
    Text,
)
from advocates.models import Tier, TierStanding
from advocates.people.selectors import advocate_names
from advocates.program.services import set_up_program
from advocates.program.settings import PolicyColumn, PolicyColumns
from advocates.program.tiers.numbers import TierNumbers
from advocates.program.tiers.seeds import TIERS, TierSeed
from advocates.program.tiers.services import recalculate_tiers
from advocates.touches.models_of_touch import TouchModels

#: What moves people when it changes.
_MOVING = ("min_activities", "min_high_effort", "seats_percent")
_MOVES = frozenset(f"{seed.code}_{column}" for seed in TIERS for column in _MOVING)


@dataclass(frozen=True)
class TierRows:
    """The columns of the four tiers; saving those that move people recalculates everybody."""

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """``gold_min_activities`` and so on, the highest tier first."""
        return tuple(setting for seed in TIERS for setting in _settings(seed))

    def load(self) -> dict[str, Any]:
        rows = {tier.code: tier for tier in Tier.objects.all()}
        found = {}
        for setting in self.settings:
            code, column = setting.key.split("_", 1)
            value = getattr(rows[code], column) if code in rows else setting.usual
            found[setting.key] = tuple(value) if isinstance(value, list) else value
        return found

    def save(self, changes: Values) -> None:
        if not Tier.objects.exists():
            set_up_program()
        # In the order in which an evaluation locks them.
        for tier in Tier.objects.select_for_update(no_key=True).order_by("-rank"):
            own = {
                key.split("_", 1)[1]: value
                for key, value in changes.items()
                if key.split("_", 1)[0] == tier.code
            }
            for column, value in own.items():
                setattr(tier, column, list(value) if isinstance(value, tuple) else value)
            if own:
                tier.save(update_fields=sorted(own))
        if _MOVES & changes.keys():
            recalculate_tiers(reason="settings")


def _settings(seed: TierSeed) -> Iterator[Setting]:
    def column(
        name: str, kind: Kind, label: Text, clause: str, default: Any, **more: Any
    ) -> Setting:
        return Setting(
            key=f"{seed.code}_{name}",
            kind=kind,
            label=format_lazy("{}: {}", seed.name, label),
            default=default,
            part=seed.name,
            clause=clause,
            **more,
        )

    earned, percent = "TIER-1.a", {"unit": PERCENT, "high": 100, "optional": True}
    if seed != TIERS[-1]:
        # The lowest takes everybody who is enrolled.
        least = gettext_lazy("activities a year, at least")
        yield column("min_activities", "number", least, earned, seed.min_activities, high=100)
        high = gettext_lazy("high-effort among them")
        yield column("min_high_effort", "number", high, earned, seed.min_high_effort, high=100)
        expected = gettext_lazy("expected at most a year")
        yield column(
            "expected_max", "number", expected, earned, seed.expected_max, high=100, optional=True
        )
        seats = gettext_lazy("seats, of the enrolled")
        yield column("seats_percent", "decimal", seats, earned, seed.seats_percent, **percent)
        low, top = seed.guide or (None, None)
        yield column("guide_low", "number", gettext_lazy("share from"), earned, low, **percent)
        yield column("guide_high", "number", gettext_lazy("share to"), earned, top, **percent)
    cadence = gettext_lazy("days between check-ins")
    yield column(
        "touch_days", "number", cadence, "MSG-3.a", seed.touch_days, low=1, high=730, optional=True
    )
    yield column("touch_model", "line", gettext_lazy("touch model"), earned, seed.touch_model)
    given = gettext_lazy("entitlements")
    yield column("entitlements", "words", given, earned, tuple(seed.entitlements))


def _check(values: Mapping[str, Any]) -> Problems:
    found: Problems = {}
    codes = [seed.code for seed in TIERS[:-1]]
    for code in codes:
        if values[f"{code}_min_high_effort"] > values[f"{code}_min_activities"]:
            found[f"{code}_min_high_effort"] = _(
                "Not more than the %(n)d activities they are among."
            ) % {"n": values[f"{code}_min_activities"]}
        most = values[f"{code}_expected_max"]
        if most is not None and most < values[f"{code}_min_activities"]:
            found[f"{code}_expected_max"] = _("Not fewer than the %(n)d of the minimum.") % {
                "n": values[f"{code}_min_activities"]
            }
        low, high = values[f"{code}_guide_low"], values[f"{code}_guide_high"]
        if (low is None) != (high is None):
            missing = "guide_low" if low is None else "guide_high"
            found[f"{code}_{missing}"] = _("Enter both ends of the share, or none.")
        elif low is not None and low > high:
            found[f"{code}_guide_high"] = _("Not less than the %(low)d %% it begins with.") % {
                "low": low
            }
    for higher, lower in pairwise(codes):
        if values[f"{higher}_min_activities"] < values[f"{lower}_min_activities"]:
            found[f"{higher}_min_activities"] = _("Not fewer than the %(n)d of the tier below.") % {
                "n": values[f"{lower}_min_activities"]
            }
        if values[f"{higher}_min_high_effort"] < values[f"{lower}_min_high_effort"]:
            found[f"{higher}_min_high_effort"] = _(
                "Not fewer than the %(n)d of the tier below."
            ) % {"n": values[f"{lower}_min_high_effort"]}
    return found or _check_sums(values, codes)


def _check_sums(values: Mapping[str, Any], codes: list[str]) -> Problems:
    for column, what in (
        ("guide_low", _("The shares of all tiers begin with %(sum)s %% together, over 100 %%.")),
        ("seats_percent", _("The seats of all tiers are %(sum)s %% together, over 100 %%.")),
    ):
        total = sum((Decimal(values[f"{code}_{column}"] or 0) for code in codes), Decimal(0))
        if total > 100:
            return {f"{codes[0]}_{column}": what % {"sum": total}}
    return {}


def _standing() -> dict[uuid.UUID, str]:
    """Where each person stands, in grace or waiting."""
    names = {tier.pk: tier.name for tier in Tier.objects.all()}
    rows = TierStanding.objects.filter(tier__isnull=False).values_list(
        "advocate_id", "tier_id", "waiting_for_id", "grace_until"
    )
    found = {}
    for advocate, tier, waiting, grace in rows:
        text = names[tier]
        if waiting:
            text = _("%(tier)s, waiting for %(better)s") % {"tier": text, "better": names[waiting]}
        elif grace:
            text = _("%(tier)s, in grace") % {"tier": text}
        found[advocate] = text
    return found


GRACE = PolicyColumns(
    (
        PolicyColumn(
            name="grace_days",
            part=gettext_lazy("When somebody falls short"),
            unit=DAYS,
            clause="TIER-4.a",
            high=730,
        ),
    )
)

TIERS_FAMILY = Family(
    key="tiers",
    title=gettext_lazy("Tiers"),
    text=gettext_lazy("Minimums, seats, share guides, grace, check-ins and what a tier gives."),
    icon="stairs-up",
    sources=(GRACE, TierRows(), Stored(TouchModels), Stored(TierNumbers)),
    check=_check,
    standings=(Standing(_standing, _MOVES),),
    names=advocate_names,
)
