"""Whether a gift fits what somebody did: too little insults, too much is payment (BEN-3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from activities.activities.models import Activity
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import money
from benefits.catalogue.models import Benefit
from benefits.grants.lifecycle import LIVE
from benefits.grants.models import GrantActivity, Proportion
from benefits.settings import Giving


@dataclass(frozen=True, slots=True)
class Fit:
    """How a value compares: ``low`` and ``high`` are the sum of the guides it is compared with."""

    low: Decimal | None = None
    high: Decimal | None = None
    code: str = ""

    def words(self, currency: str) -> str:
        """A sentence for whoever gives it; nothing where there is nothing to compare."""
        if not self.code:
            return ""
        text = {
            Proportion.LITTLE: _(
                "This feels insulting for what they did: %(low)s to %(high)s would be fitting."
            ),
            Proportion.FITTING: _("In proportion: %(low)s to %(high)s would be fitting."),
            Proportion.MUCH: _(
                "This feels like payment for what they did: %(low)s to %(high)s would be fitting."
            ),
        }[Proportion(self.code)]
        return text % {"low": money(self.low, currency), "high": money(self.high, currency)}


def guide_of(activity: Activity, numbers: Giving) -> tuple[int, int]:
    """From and up to what is fitting for one activity (BEN-3.a)."""
    level = str(activity.activity_type.effort)
    if activity.activity_type.code in numbers.as_high:
        level = "high"
    elif activity.activity_type.code in numbers.as_moderate:
        level = "moderate"
    return getattr(numbers, f"{level}_from"), getattr(numbers, f"{level}_to")


def fit_of(
    benefit: Benefit, value: Decimal, activities: Iterable[Activity], *, but: UUID | None = None
) -> Fit:
    """Compare a value with the sum of the guides of those activities that no other grant rewards
    yet; ``but`` is the grant itself, by key. What is not material always fits.
    """
    covered = list(activities)
    if not covered or not benefit.is_material:
        return Fit()
    others = GrantActivity.objects.filter(activity__in=covered, grant__state__in=LIVE)
    rewarded = set(others.exclude(grant=but).values_list("activity_id", flat=True))
    numbers = current(Giving)
    guides = [guide_of(each, numbers) for each in covered if each.pk not in rewarded]
    low = Decimal(sum(guide[0] for guide in guides))
    high = Decimal(sum(guide[1] for guide in guides))
    if value < low:
        code = Proportion.LITTLE
    elif value > high * numbers.payment_times:
        code = Proportion.MUCH
    else:
        code = Proportion.FITTING
    return Fit(low, high, code)
