"""The numbers of giving back (SET-1.g, BEN-3, BEN-5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, Problems, Stored
from advocacy.tenant_settings.settings import DAYS, PERCENT, Numbers, number, several
from advocates.program.catalogue.choices import Effort
from benefits.balance.numbers import Balancing
from benefits.thanks import settings as thanks
from benefits.thanks.settings import TYPES, Thanking

_GUIDE = gettext_lazy("What is in proportion")
_GRANTS = gettext_lazy("Benefits given")


def _money(default: int, label: Any) -> Any:
    return number(default, label, high=30_000, part=_GUIDE, clause="BEN-3.a")


@dataclass(frozen=True, slots=True)
class Giving(Numbers):
    """What fits which effort, in the tenant's currency; how long things wait."""

    store: ClassVar[str] = "giving"

    low_from: int = _money(0, gettext_lazy("For low effort, from"))
    low_to: int = _money(50, gettext_lazy("For low effort, up to"))
    moderate_from: int = _money(50, gettext_lazy("For moderate effort, from"))
    moderate_to: int = _money(150, gettext_lazy("For moderate effort, up to"))
    high_from: int = _money(200, gettext_lazy("For high effort, from"))
    high_to: int = _money(500, gettext_lazy("For high effort, up to"))
    as_moderate: tuple[str, ...] = several(
        ("testimonial",),
        gettext_lazy("Fitting as for moderate effort, whatever their own"),
        TYPES,
        part=_GUIDE,
        clause="BEN-3.a",
    )
    as_high: tuple[str, ...] = several(
        ("case_study",),
        gettext_lazy("Fitting as for high effort, whatever their own"),
        TYPES,
        part=_GUIDE,
        clause="BEN-3.a",
    )
    payment_times: int = number(
        2,
        gettext_lazy("Feels like payment above so many times the upper end"),
        low=1,
        high=10,
        part=_GUIDE,
        clause="BEN-3.b",
    )
    approve_days: int = number(
        2,
        gettext_lazy("Approved within"),
        unit=DAYS,
        low=1,
        high=60,
        part=_GRANTS,
        clause="BEN-5.b",
    )
    promise_days: int = number(
        14,
        gettext_lazy("What a tier brings is delivered within"),
        unit=DAYS,
        low=1,
        high=365,
        part=_GRANTS,
        clause="BEN-2.a",
    )
    pace_percent: int = number(
        100,
        gettext_lazy("Of the best of the last four quarters, so much can be delivered in one"),
        unit=PERCENT,
        low=1,
        high=1000,
        part=_GRANTS,
        clause="BEN-10.a",
    )


def _check(values: Mapping[str, Any]) -> Problems:
    found: Problems = thanks.check(values)
    for effort in Effort.values:
        low, high = values[f"{effort}_from"], values[f"{effort}_to"]
        if high < low:
            found[f"{effort}_to"] = _("Not less than the %(low)d it begins with.") % {"low": low}
    both = set(values["as_moderate"]) & set(values["as_high"])
    if both:
        found["as_high"] = _("Not both: %(types)s is among those of moderate effort.") % {
            "types": ", ".join(sorted(both))
        }
    return found


APPRECIATION = Family(
    key="appreciation",
    title=gettext_lazy("Appreciation"),
    text=gettext_lazy(
        "When thanks are due and who gives them; what is in proportion to give back."
    ),
    icon="heart-handshake",
    sources=(Stored(Thanking), Stored(Giving), Stored(Balancing)),
    check=_check,
)
