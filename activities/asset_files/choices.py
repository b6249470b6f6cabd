"""What is put in at a piece: for some kinds the piece itself, for the others material (AST-1.c)."""

from activities.assets.choices import AssetKind
from activities.assets.models import Asset
from advocacy.files.choices import Use

#: Kinds that are a file (or a link to one): what is put in is confirmed, approved and published.
_USES = {
    AssetKind.VIDEO: Use.RECORDING,
    AssetKind.RECORDING: Use.RECORDING,
    AssetKind.LOGO: Use.PICTURE,
}
#: The label under which files of a piece are stored.
SUBJECT = Asset._meta.label_lower


def use_of(asset: Asset) -> Use:
    """What its files are put in as."""
    return _USES.get(AssetKind(asset.kind), Use.MATERIAL)


def is_content(asset: Asset) -> bool:
    """Whether a file put in is the piece itself."""
    return asset.kind in _USES
