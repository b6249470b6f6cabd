"""The page of all tiers (TIER-8)."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenant_settings.reading import current
from advocacy.web.views import DetailPage
from advocates.models import Advocate
from advocates.overrides.selectors import overrides_in_force
from advocates.pages import NAV_ITEM, tabs
from advocates.people import registry
from advocates.people.registry import Deed
from advocates.pool.selectors import pool_count
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
            "place": _("Tiers"),
            "drifting": [
                (drift, self._ask(drift.standing.advocate)) for drift in self.object.drifting
            ],
            "in_grace": [
                (standing, self._ask(standing.advocate)) for standing in self.object.in_grace
            ],
            "by_hand": overrides_in_force(self.membership),
            "may_override": self.membership.can("tiers.override"),
            "pool_count": pool_count() if self.membership.can("pool.view") else None,
            "judged_from": current(TierNumbers).judged_from,
            "drift_days": current(TierNumbers).drift_days,
        }

    def get_title(self) -> str:
        """What there is to do: shares out of the guide, and who falls short."""
        off = sum(not row.within for row in self.object.tiers) if self.object.judged else 0
        drifting = self.object.drifting_count
        short = ngettext(
            "%(count)d person drifts out in %(days)d days",
            "%(count)d people drift out in %(days)d days",
            drifting,
        ) % {"count": drifting, "days": current(TierNumbers).drift_days}
        guide = ngettext(
            "%(count)d tier is out of its guide", "%(count)d tiers are out of their guide", off
        ) % {"count": off}
        if off and drifting:
            return _("%(guide)s, and %(short)s") % {"guide": guide, "short": short}
        if off or drifting:
            return guide if off else short
        return _("Every tier is as it should be")

    def _ask(self, advocate: Advocate) -> Deed | None:
        """What keeps somebody where they are is something that fits, asked for in time."""
        return registry.deed_for("ask", advocate, self.membership)

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
