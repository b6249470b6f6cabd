"""How we keep in touch, by tier × segment; the tenant's own numbers (SEG-1.c, SET-1.a).

Premium for enterprises, structured for the mid-market, scaled and by the community for small
businesses. How often follows from the tier, unless a size of company has days of its own.
"""

from collections.abc import Mapping
from dataclasses import make_dataclass
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.settings import DAYS, Numbers, number, usual_line
from advocates.accounts.choices import Segment
from advocates.program.tiers.seeds import TIERS

_USUAL: Mapping[str, str | Promise] = {
    Segment.ENTERPRISE: _("High touch, premium"),
    Segment.MID_MARKET: _("Structured, standard"),
    Segment.SMB: _("Scaled, community first"),
}
_STORE = "touch_models"


def _key(tier: str, segment: str, what: str) -> str:
    return f"{tier}_{segment}_{what}"


def _fields() -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    for seed in TIERS:
        part = format_lazy(_("{}, by size of company"), seed.name)
        for segment in Segment:
            words = {"part": part, "clause": "SEG-1.c"}
            label = format_lazy(_("{}, {}: touch model"), seed.name, segment.label)
            usual = usual_line(_USUAL[segment], label, **words)
            found.append((_key(seed.code, segment, "touch_model"), str, usual))
            label = format_lazy(_("{}, {}: days between check-ins"), seed.name, segment.label)
            days = number(
                None,
                label,
                unit=DAYS,
                low=1,
                high=730,
                optional=True,
                help=_("Empty: as the tier says."),
                **words,
            )
            found.append((_key(seed.code, segment, "touch_days"), int | None, days))
    return found


#: ``gold_enterprise_touch_model``, ``gold_enterprise_touch_days`` and so on.
TouchModels = cast(
    type[Numbers],
    make_dataclass(
        "TouchModels",
        _fields(),
        bases=(Numbers,),
        namespace={"store": _STORE, "__doc__": "How we keep in touch, by tier × segment."},
        frozen=True,
        slots=True,
    ),
)


def touch_model_of(tier: str, segment: str) -> str:
    """In words; nothing for a tier of the tenant's own, or a company of unknown size."""
    return str(getattr(current(TouchModels), _key(tier, segment, "touch_model"), ""))


def own_days() -> dict[tuple[str, str], int]:
    """By tier and segment, where it is not as the tier says."""
    now = current(TouchModels)
    found = {
        (seed.code, str(segment)): getattr(now, _key(seed.code, segment, "touch_days"))
        for seed in TIERS
        for segment in Segment
    }
    return {key: days for key, days in found.items() if days is not None}
