"""The tenant's work week and hours as settings; part of the family of requests (SET-1.e, REQ-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.families import Problems, Values
from advocacy.tenant_settings.settings import Setting

_PART = gettext_lazy("Working hours")
ISO_DAYS = tuple((str(number + 1), name) for number, name in WEEKDAYS.items())


@dataclass(frozen=True)
class WorkWeek:
    """Columns of the tenant. Locks it."""

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Days as ISO weekdays, Monday is 1."""
        common: dict[str, Any] = {"part": _PART, "clause": "REQ-2.f"}
        return (
            Setting(
                key="work_days",
                kind="several",
                label=gettext_lazy("Working days"),
                default=("1", "2", "3", "4", "5"),
                choices=ISO_DAYS,
                **common,
            ),
            Setting(
                key="work_starts",
                kind="time",
                label=gettext_lazy("Work starts"),
                default=time(9),
                **common,
            ),
            Setting(
                key="work_ends",
                kind="time",
                label=gettext_lazy("Work ends"),
                default=time(17),
                **common,
            ),
        )

    def load(self) -> dict[str, Any]:
        tenant = Tenant.objects.get(pk=current_tenant_id())
        return {
            "work_days": tuple(str(day) for day in tenant.work_days),
            "work_starts": tenant.work_starts,
            "work_ends": tenant.work_ends,
        }

    def save(self, changes: Values) -> None:
        tenant = Tenant.objects.select_for_update().get(pk=current_tenant_id())
        for name, value in changes.items():
            days = sorted({int(day) for day in value}) if name == "work_days" else value
            setattr(tenant, name, days)
        tenant.save(update_fields=sorted(changes))


def check_work_week(values: Mapping[str, Any]) -> Problems:
    """Business time has to pass."""
    found = {}
    if not values["work_days"]:
        found["work_days"] = _("Choose at least one working day.")
    if values["work_ends"] <= values["work_starts"]:
        found["work_ends"] = _("Work must end after it starts, on the same day.")
    return found
