"""Which piece of content comes of which kind of activity (ACT-2.c)."""

from activities.assets.choices import AssetKind
from advocates.models import ActivityType
from advocates.program.catalogue.choices import Produces

#: A post, a review and a referral lie where they were made.
_OF = {
    Produces.QUOTE: AssetKind.QUOTE,
    Produces.VIDEO: AssetKind.VIDEO,
    Produces.RECORDING: AssetKind.RECORDING,
    Produces.LOGO: AssetKind.LOGO,
}
_CASE_STUDY = "case_study"


def made_by(kind: ActivityType) -> AssetKind | None:
    """What comes of activities of a type; None where it is no content."""
    if kind.produces == Produces.DOCUMENT:
        return AssetKind.CASE_STUDY if kind.code == _CASE_STUDY else AssetKind.ARTICLE
    return _OF.get(Produces(kind.produces)) if kind.produces else None
