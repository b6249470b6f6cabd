"""The parts of the sheet, each with the setting or goal that carries it (STR-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Tenant
from advocacy.web.urls import tenant_reverse


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where a part becomes real: label, address and its arguments."""

    label: str | Promise
    url_name: str
    kwargs: Mapping[str, str] = field(default_factory=dict)

    def url(self, tenant: Tenant) -> str:
        """Its page."""
        return tenant_reverse(tenant, self.url_name, **self.kwargs)


def _numbers(label: str | Promise, family: str) -> Carrier:
    return Carrier(label, "settings-family", {"family": family})


PARTS: Mapping[str, tuple[Carrier, ...]] = {
    "goals": (_numbers(_("Targets"), "measurement"),),
    "ideal_advocate": (
        _numbers(_("Candidates and ideal customer"), "recruiting"),
        _numbers(_("Score"), "scores"),
    ),
    "portfolio": (
        Carrier(_("What may be asked for"), "settings-activity-types"),
        _numbers(_("Limits"), "capacity"),
    ),
    "value_exchange": (
        _numbers(_("Thanks and gifts"), "appreciation"),
        _numbers(_("Tiers and what belongs to them"), "tiers"),
    ),
    "measures": (_numbers(_("Targets and periods"), "measurement"),),
}
