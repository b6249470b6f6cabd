"""The page of all tiers (TIER-8)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenant_settings.reading import current
from advocacy.web.views import DetailPage
from advocates.pages import NAV_ITEM, tabs
from advocates.program.tiers.numbers import TierNumbers
from advocates.program.tiers.selectors import TierOverview, tier_overview


class Tiers(DetailPage):
    """Seats, who waits, who is in grace, share against guide, who drifts out."""

    permission: ClassVar[str] = "tiers.view"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/tiers.html"
    title = gettext_lazy("Tiers")
    object: TierOverview

    def get_object(self) -> TierOverview:
        return tier_overview()

    def get_context(self) -> dict[str, Any]:
        """With the tabs of the navigation item, and what the figures say."""
        return {
            "tabs": tabs(self.request, "tiers"),
            "page_subtitle": self._subtitle(),
            "judged_from": current(TierNumbers).judged_from,
            "drift_days": current(TierNumbers).drift_days,
        }

    def _subtitle(self) -> str:
        enrolled = ngettext(
            "%(count)d person is in the program.",
            "%(count)d people are in the program.",
            self.object.enrolled,
        ) % {"count": self.object.enrolled}
        if self.object.judged:
            return enrolled
        return _("%(enrolled)s Shares are judged from %(count)d on.") % {
            "enrolled": enrolled,
            "count": current(TierNumbers).judged_from,
        }
