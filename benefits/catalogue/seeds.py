"""The kinds a new tenant starts with, by category (BEN-1).

Cost and perceived value are working figures in the tenant's own currency, to be corrected by who
knows the prices; what costs only somebody's time has none.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benefits.catalogue.choices import Category


@dataclass(frozen=True, slots=True)
class BenefitSeed:
    """One kind."""

    code: str
    category: Category
    name: str | Promise
    cost: int = 0
    value: int = 0
    effort_levels: tuple[str, ...] = ()
    needs_approval: bool = False

    def columns(self) -> dict[str, Any]:
        """The values of its row, in the language of the moment."""
        return {
            "category": self.category,
            "name": str(self.name),
            "cost": Decimal(self.cost),
            "value": Decimal(self.value),
            "effort_levels": list(self.effort_levels),
            "needs_approval": self.needs_approval,
        }


C, S = Category, BenefitSeed
_MORE, _HIGH = ("moderate", "high"), ("high",)

BENEFITS: tuple[BenefitSeed, ...] = (
    S("website_spotlight", C.PUBLIC_RECOGNITION, _("Website spotlight")),
    S("newsletter_feature", C.PUBLIC_RECOGNITION, _("Newsletter feature")),
    S("social_shout_out", C.PUBLIC_RECOGNITION, _("Social shout-out with tag")),
    S("all_hands_mention", C.PUBLIC_RECOGNITION, _("Mention at an all-hands")),
    S("yearly_award", C.PUBLIC_RECOGNITION, _("Yearly award"), 150, 300, needs_approval=True),
    S("executive_note", C.PRIVATE_RECOGNITION, _("Executive note, handwritten")),
    S("appreciation_call", C.PRIVATE_RECOGNITION, _("Appreciation call")),
    S("business_review_credit", C.PRIVATE_RECOGNITION, _("Credit in the business review")),
    S("strategic_designation", C.PRIVATE_RECOGNITION, _("Strategic-account designation")),
    S("early_access", C.PRODUCT_ACCESS, _("Beta and early access"), 0, 100),
    S("tier_upgrade", C.PRODUCT_ACCESS, _("Tier upgrade"), 0, 500, _HIGH, needs_approval=True),
    S("extra_licences", C.PRODUCT_ACCESS, _("Extra licences"), 0, 400, needs_approval=True),
    S("service_upgrade", C.PRODUCT_ACCESS, _("Service upgrade"), 200, 500, needs_approval=True),
    S("feature_consideration", C.PRODUCT_ACCESS, _("Consideration of a requested feature")),
    S("roadmap_preview", C.INFORMATION_ACCESS, _("Roadmap preview, quarterly"), 0, 100),
    S("strategy_session", C.INFORMATION_ACCESS, _("Product strategy session"), 0, 200),
    S("behind_the_scenes", C.INFORMATION_ACCESS, _("Company insight behind the scenes"), 0, 100),
    S("industry_trends", C.INFORMATION_ACCESS, _("Industry trends"), 0, 50),
    S("executive_sponsor", C.EXECUTIVE_ACCESS, _("Executive sponsor"), 0, 300),
    S("direct_line", C.EXECUTIVE_ACCESS, _("Direct line to an executive"), 0, 300),
    S("executive_dinner", C.EXECUTIVE_ACCESS, _("Executive dinner"), 150, 200, _HIGH, True),
    S("mentoring", C.EXECUTIVE_ACCESS, _("Mentoring"), 0, 300),
    S("strategic_planning", C.EXECUTIVE_ACCESS, _("Strategic planning session"), 0, 300),
    S("quality_apparel", C.SWAG, _("Quality apparel"), 35, 45),
    S("useful_gadget", C.SWAG, _("Useful gadget"), 30, 40),
    S("limited_edition", C.SWAG, _("Limited edition"), 80, 120, _MORE),
    S("personal_item", C.GIFT, _("Personal item"), 90, 120, _MORE),
    S("gift_card", C.GIFT, _("Gift card, where tastes are unknown"), 100, 100, _MORE),
    S("dining", C.EXPERIENCE, _("Dining"), 120, 150, _MORE),
    S("entertainment", C.EXPERIENCE, _("Entertainment"), 150, 200, _HIGH),
    S("event_tickets", C.EXPERIENCE, _("Event tickets"), 250, 300, _HIGH),
    S("travel", C.EXPERIENCE, _("Travel"), 450, 500, _HIGH, needs_approval=True),
    S("conference_vip", C.EXPERIENCE, _("VIP treatment at a conference"), 300, 400, _HIGH),
    S("charity_donation", C.CHARITY, _("Donation in the advocate's name"), 50, 50),
    S("advocate_summit", C.NETWORKING, _("Advocate summit, yearly"), 300, 500, _HIGH, True),
    S("roundtable", C.NETWORKING, _("Roundtable"), 50, 150),
    S("peer_group", C.NETWORKING, _("Peer group"), 0, 100),
    S("meetup", C.NETWORKING, _("Meetup"), 20, 50),
    S("private_channel", C.NETWORKING, _("Private channel")),
    S("media_introduction", C.NETWORKING, _("Media introduction"), 0, 200),
    S("advisory_board", C.INFLUENCE, _("Seat on the advisory board"), 0, 400, _HIGH, True),
    S("roadmap_input", C.INFLUENCE, _("Roadmap input"), 0, 100),
    S("feature_priority", C.INFLUENCE, _("Feature priority"), 0, 200),
    S("positioning_input", C.INFLUENCE, _("Positioning and messaging input"), 0, 50),
    S("stage", C.PERSONAL_BRAND, _("A stage"), 0, 400),
    S("co_written_article", C.PERSONAL_BRAND, _("Co-written article"), 0, 300),
    S("joint_webinar", C.PERSONAL_BRAND, _("Joint webinar"), 0, 200),
    S("learning_session", C.PERSONAL_BRAND, _("Learning session"), 0, 100),
    S("certification", C.PERSONAL_BRAND, _("Certification"), 100, 300),
    S("own_benchmark", C.PERSONAL_BRAND, _("Own benchmark against peers"), 0, 200),
    S("research_report", C.PERSONAL_BRAND, _("Research report"), 0, 100),
)
