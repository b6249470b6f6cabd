"""Which pieces are public, and what of each is told (DIST-1.c, DIST-1.d, VIS-1).

Of somebody who is not named, industry and product are told only where several customers share them:
"a shipyard that uses X" is a name where there is one shipyard (decision 0042).
"""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString

from activities.assets.leave import missing_of
from activities.assets.models import Asset
from activities.assets.naming import CROWD, is_named, shared_industries, title_of
from activities.assets.selectors import in_library, with_beside
from activities.assets.words import parts_of
from advocacy.tenancy.text import plain
from advocates.accounts.choices import TagKind
from advocates.models import Account, AccountTag

#: The newest; more than that nobody reads, and every page looks at all of them.
MOST = 500


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as everybody reads it; ``who`` is empty where nobody is named."""

    pk: uuid.UUID
    kind: str
    title: str
    who: str
    asset: Asset
    url: str
    published_at: datetime
    updated_at: datetime
    industry: str
    products: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[Any, SafeString]]:
        """Headings and their text; rendered for the few that are shown."""
        return [(label, SafeString(plain(html))) for label, html in parts_of(self.asset)]

    @property
    def tags(self) -> list[str]:
        """Kind, industry and products."""
        return [tag for tag in (self.kind, self.industry, *self.products) if tag]


def public_rows() -> QuerySet[Asset]:
    """In the library today, and chosen for the gallery."""
    rows = Asset.objects.filter(in_library(), in_gallery=True)
    return with_beside(rows).prefetch_related("advocate__consents").order_by("-published_at", "-pk")


def public_pieces() -> list[Piece]:
    """All of them, the newest first."""
    return _told([row for row in public_rows()[:MOST] if not missing_of(row)])


def public_piece(pk: uuid.UUID) -> Piece | None:
    """One of them."""
    return next(iter(_told([r for r in public_rows().filter(pk=pk) if not missing_of(r)])), None)


def narrowed(pieces: Collection[Piece], industry: str, product: str) -> list[Piece]:
    """Of some pieces those of an industry and a product; empty: of all."""
    return [
        piece
        for piece in pieces
        if industry in ("", piece.industry) and (not product or product in piece.products)
    ]


def _told(assets: Collection[Asset]) -> list[Piece]:
    products = _products({asset.advocate.account_id for asset in assets})  # type: ignore[attr-defined]
    unnamed = {asset.advocate.account.industry for asset in assets if not is_named(asset)}
    crowd = _Crowd(unnamed) if unnamed else None
    found = []
    for asset in assets:
        account: Account = asset.advocate.account
        industry, has = account.industry, products[account.pk]
        if not is_named(asset) and crowd is not None:
            industry, has = crowd.told(industry, has)
        found.append(
            Piece(
                pk=asset.pk,
                kind=str(asset.get_kind_display()),
                title=title_of(asset),
                who=plain(asset.attribution.strip()),
                asset=asset,
                url=asset.published_url or asset.url,
                published_at=asset.published_at or asset.updated_at,
                updated_at=asset.confirmed_at or asset.updated_at,
                industry=industry,
                products=tuple(has),
            )
        )
    return found


def _products(accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    rows = AccountTag.objects.filter(account__in=accounts, tag__kind=TagKind.PRODUCT)
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for account, name in rows.order_by("tag__name").values_list("account_id", "tag__name"):
        found[account].append(name)
    return found


class _Crowd:
    """How many customers share an industry, and a product in it."""

    def __init__(self, industries: Collection[str]) -> None:
        self.industries = shared_industries(industries)
        pairs = AccountTag.objects.filter(
            tag__kind=TagKind.PRODUCT, account__industry__in=self.industries
        ).values("account__industry", "tag__name")
        self.products = {
            (row["account__industry"], row["tag__name"]): row["n"]
            for row in pairs.annotate(n=Count("account", distinct=True)).order_by()
        }

    def told(self, industry: str, products: list[str]) -> tuple[str, list[str]]:
        """What several share: the industry, and one product in it, since two narrow it further."""
        if industry not in self.industries:
            return "", []
        shared = [name for name in products if self.products.get((industry, name), 0) >= CROWD]
        return industry, shared[:1]
