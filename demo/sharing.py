"""Pieces of the library in deals that are still open, some of them read (AST-2.b, OPP-1.c)."""

from datetime import datetime, timedelta

from activities.assets.models import Asset
from activities.assets.selectors import in_library
from advocacy import clock
from advocacy.tenancy.actors import Actor
from demo.timeline import at
from requests.models import Opportunity
from requests.opportunities.choices import Stage
from requests.shares.models import Way
from requests.shares.opening import note_open
from requests.shares.services import share_asset

#: By what is known of each: days since it was shared, and how often it was opened.
_SHARED = ((9, 3), (6, 1), (4, 0))


def _since(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def share_with_deals() -> None:
    """Three by a link, one without."""
    stages = [Stage.OPEN, Stage.QUALIFIED]
    open_ones = Opportunity.objects.filter(stage__in=stages, owner__role="sales")
    deals = list(open_ones.select_related("owner", "tenant").order_by("-opened_on", "pk")[:4])
    pieces = list(
        Asset.objects.filter(in_library(), published_at__lt=_since(10)).order_by(
            "-published_at", "pk"
        )[:4]
    )
    shared = zip(_SHARED, deals, pieces, strict=False)
    for (days, opens), deal, piece in shared:
        since = _since(days)
        with at(since):
            row = share_asset(actor=Actor.member(deal.owner), asset=piece, opportunity=deal)
        for number in range(opens):
            with at(since + timedelta(days=number, hours=5)):
                note_open(row, deal.tenant, f"reader-{number}")
    for deal, piece in list(zip(deals, pieces, strict=False))[3:]:
        share_asset(actor=Actor.member(deal.owner), asset=piece, opportunity=deal, way=Way.DIRECT)
