"""From how many employees on a company is of which size; the tenant's own numbers (ACC-1)."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.families import Stored, Values
from advocacy.tenant_settings.reading import current
from advocacy.tenant_settings.settings import PEOPLE, Numbers, number
from advocates.accounts.choices import Segment
from advocates.models import Account

_PART = _("Sizes of companies")
_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class CompanySizes(Numbers):
    """The least employees of each size but the smallest."""

    store: ClassVar[str] = "company_sizes"

    enterprise_from: int = number(
        1000,
        _("Enterprise, from"),
        unit=PEOPLE,
        low=2,
        high=_MOST,
        part=_PART,
        clause="ACC-1.a",
        help=_("Employees. A size that was set by hand stays."),
    )
    mid_market_from: int = number(
        100, _("Mid-market, from"), unit=PEOPLE, low=1, high=_MOST, part=_PART, clause="ACC-1.a"
    )


def segment_from() -> dict[Segment, int]:
    """The least employees of each size, largest first."""
    sizes = current(CompanySizes)
    return {
        Segment.ENTERPRISE: sizes.enterprise_from,
        Segment.MID_MARKET: sizes.mid_market_from,
        Segment.SMB: 0,
    }


def segment_of(employees: int | None) -> str:
    """The segment that follows from a number of employees; nothing for an unknown one (ACC-1)."""
    if employees is None:
        return ""
    return next(segment.value for segment, least in segment_from().items() if employees >= least)


@dataclass(frozen=True)
class SizesOfAccounts(Stored):
    """Whoever saves these gives every account whose size was not set by hand its own again."""

    def save(self, changes: Values) -> None:
        super().save(changes)
        least = segment_from()
        size = Case(
            *(When(employees__gte=least[each], then=Value(each.value)) for each in least),
        )
        accounts = Account.objects.filter(segment_is_set=False, employees__isnull=False)
        accounts.alias(size=size).exclude(segment=F("size")).update(segment=size)
