"""What a piece is called where nobody is named: its title may say who it is (VIS-1)."""

from activities.assets.models import Asset
from advocacy.tenancy.text import plain


def is_named(asset: Asset) -> bool:
    """Whether the words say who speaks."""
    return bool(asset.attribution.strip())


def title_of(asset: Asset) -> str:
    """Its title; of somebody who is not named only where it names neither them nor the company, as
    the title that a draft begins with does.
    """
    title = plain(asset.title)
    names = (asset.advocate.name, asset.advocate.account.name)
    told = any(name.casefold() in title.casefold() for name in names if name.strip())
    return str(asset.get_kind_display()) if told and not is_named(asset) else title
