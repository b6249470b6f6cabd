"""Reading what was shared, and what of it counts as use (AST-2.b, AST-2.c, VIS-1)."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from activities.assets.models import Asset
from activities.assets.selectors import in_library, sees_workshop
from advocacy import clock
from advocacy.tenancy.models import Membership
from requests.models import Opportunity, Share
from requests.opportunities.selectors import own_opportunities
from requests.shares.lifecycle import ShareState
from requests.shares.models import Way


def counts_as_use() -> Q:
    """Shared and not taken back, or opened before it was."""
    return Q(state=ShareState.ACTIVE) | Q(first_opened_at__isnull=False)


def uses() -> QuerySet[Share]:
    """Every use of a piece in a deal."""
    return Share.objects.filter(counts_as_use()).annotate(used_at=F("created_at"))


def listed_shares(membership: Membership) -> QuerySet[Share]:
    """Everybody's who sees deals. ``shown_title`` is empty for a piece that left the library, but
    to who may open advocates: a title may name whose it is (VIS-1).
    """
    shelved = Asset.objects.filter(in_library(), pk=OuterRef("asset"))
    rows = Share.objects.select_related(
        "opportunity__account", "opportunity__owner__user", "made_by__user", "asset", "link"
    ).annotate(in_library=Exists(shelved))
    title = F("asset__title")
    if not sees_workshop(membership):
        title = Case(  # type: ignore[assignment]
            When(in_library=True, then=title), default=Value(""), output_field=CharField()
        )
    return rows.annotate(shown_title=title)


def title_of(share: Share) -> str:
    """What a row calls its piece; of a share from :func:`listed_shares`."""
    return share.shown_title or _("A piece that left the library")  # type: ignore[attr-defined]


def standing_of(share: Share) -> tuple[str, str]:
    """What became of it: code and words; of a share from :func:`listed_shares`."""
    if share.state == ShareState.REVOKED:
        return "revoked", _("Taken back")
    if share.way == Way.DIRECT:
        return "active", _("Used")
    if not share.in_library:  # type: ignore[attr-defined]
        return "held", _("Opens nothing: the piece left the library")
    if share.expires_at is not None and share.expires_at <= clock.now():
        return "expired", _("Expired")
    return "active", _("Can be opened")


def beside_deal(deal: Opportunity, membership: Membership) -> dict[str, Any]:
    """What the page of a deal shows of content: what was shared, and what could be."""
    may = membership.can("shares.edit")
    return {
        "shares": [
            (share, title_of(share), *standing_of(share))
            for share in shares_of_deal(membership, deal)
        ],
        "pieces": list(pieces_for(deal)) if may else [],
        "may_share": may,
    }


def shares_of_deal(membership: Membership, deal: Opportunity) -> list[Share]:
    """The newest first."""
    return list(listed_shares(membership).filter(opportunity=deal)[:20])


def shares_of_asset(membership: Membership, asset: Asset) -> list[Share]:
    """The newest first."""
    return list(listed_shares(membership).filter(asset=asset)[:10])


def pieces_for(deal: Opportunity, most: int = 25) -> QuerySet[Asset]:
    """What of the library could be shared with a deal: of its industry, then what is fresh."""
    rows = Asset.objects.filter(in_library())
    industry = deal.account.industry if deal.account else ""
    if industry:
        alike = Case(When(advocate__account__industry=industry, then=0), default=1)
        return rows.order_by(alike, F("confirmed_at").desc(nulls_last=True), "pk")[:most]
    return rows.order_by(F("confirmed_at").desc(nulls_last=True), "pk")[:most]


def deals_for(membership: Membership) -> list[Opportunity]:
    """With which deals a member shares at one press: their own open ones."""
    return own_opportunities(membership, limit=10)
