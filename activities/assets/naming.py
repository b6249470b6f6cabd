"""Whether what is told of a piece or a result says who it is, where nobody is named (VIS-1)."""

from collections.abc import Collection

from django.db.models import Count

from activities.assets.models import Asset
from advocacy.tenancy.text import plain
from advocates.models import Account

#: So many customers share what is told of one who is not named (decision 0042).
CROWD = 5


def is_named(asset: Asset) -> bool:
    """Whether the words say who speaks."""
    return bool(asset.attribution.strip())


def title_tells(asset: Asset) -> bool:
    """Whether nobody is named as speaking, and the title names them or the company all the same, as
    the title does that a draft begins with.
    """
    title = plain(asset.title).casefold()
    names = (asset.advocate.name, asset.advocate.account.name)
    return not is_named(asset) and any(n.casefold() in title for n in names if n.strip())


def title_of(asset: Asset) -> str:
    """Its title; its kind where the title would tell."""
    return str(asset.get_kind_display()) if title_tells(asset) else plain(asset.title)


def shared_industries(among: Collection[str]) -> set[str]:
    """Those of some industries that are no name: several customers are of them."""
    rows = Account.objects.filter(industry__in=set(among) - {""}).values("industry")
    counted = rows.annotate(n=Count("pk")).filter(n__gte=CROWD)
    return set(counted.order_by().values_list("industry", flat=True))
