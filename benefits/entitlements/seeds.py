"""What the tiers of a new tenant bring: the table of tiers, as benefits (TIER-1, BEN-2.a, SEG-1.c).

Premium things go to enterprises first, small businesses have the community; both can be changed.
"""

from advocates.accounts.choices import Segment
from advocates.models import Tier
from benefits.catalogue.models import Benefit
from benefits.entitlements.models import Entitlement

ALL, ENTERPRISE, MID, SMALL = "", Segment.ENTERPRISE, Segment.MID_MARKET, Segment.SMB

#: Tier, benefit, segment, again every so many months, whether it is theirs without anybody's help.
ENTITLEMENTS: tuple[tuple[str, str, str, int, bool], ...] = (
    ("platinum", "executive_sponsor", ALL, 0, True),
    ("platinum", "direct_line", ALL, 0, True),
    ("platinum", "executive_dinner", ENTERPRISE, 12, False),
    ("platinum", "conference_vip", ENTERPRISE, 12, False),
    ("platinum", "learning_session", MID, 12, False),
    ("platinum", "early_access", ALL, 0, True),
    ("platinum", "roadmap_input", ALL, 0, True),
    ("platinum", "roundtable", ENTERPRISE, 12, False),
    ("platinum", "peer_group", ALL, 0, True),
    ("platinum", "website_spotlight", ALL, 12, False),
    ("gold", "business_review_credit", ALL, 12, False),
    ("gold", "meetup", ALL, 12, False),
    ("gold", "newsletter_feature", ALL, 12, False),
    ("gold", "roadmap_preview", ALL, 3, True),
    ("gold", "peer_group", ALL, 0, True),
    ("gold", "personal_item", ENTERPRISE, 12, False),
    ("gold", "useful_gadget", MID, 12, False),
    ("silver", "social_shout_out", ALL, 0, False),
    ("silver", "industry_trends", ALL, 0, True),
    ("silver", "quality_apparel", ALL, 0, False),
    ("silver", "private_channel", ALL, 0, True),
    ("community", "private_channel", ALL, 0, True),
    ("community", "industry_trends", SMALL, 0, True),
)


def seed_entitlements() -> None:
    """Give the scope's tenant what its tiers bring. What is there stays as it is."""
    tiers = dict(Tier.objects.values_list("code", "pk"))
    kinds = dict(Benefit.objects.exclude(code="").values_list("code", "pk"))
    Entitlement.objects.bulk_create(
        [
            Entitlement(
                tier_id=tiers[tier],
                benefit_id=kinds[benefit],
                segment=segment,
                every_months=months,
                is_automatic=automatic,
            )
            for tier, benefit, segment, months, automatic in ENTITLEMENTS
            if tier in tiers and benefit in kinds
        ],
        ignore_conflicts=True,
    )
