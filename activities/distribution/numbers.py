"""Where each kind of piece goes, what is made of a recording, and what of it is public (DIST-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from activities.assets.choices import AssetKind
from activities.distribution.lifecycle import Channel, Derived
from advocacy.tenant_settings.families import Family, Stored
from advocacy.tenant_settings.settings import (
    BUSINESS_DAYS,
    Numbers,
    flag,
    line,
    number,
    several,
)

_PLACES, _MADE, _PUBLIC = (
    _("Where each kind of piece goes when it is published"),
    _("What is made of a recording"),
    _("What everybody can see"),
)
_PAGE = (Channel.WEBSITE, Channel.SALES_DECK)


def _channels(kind: AssetKind, *usual: Channel) -> tuple[str, ...]:
    codes = [str(channel) for channel in usual]
    chosen: tuple[str, ...] = several(
        codes, kind.label, Channel.choices, part=_PLACES, clause="DIST-1.a"
    )
    return chosen


@dataclass(frozen=True, slots=True)
class Distribution(Numbers):
    """Plans that are proposed, the public gallery, the pages that prove what was approved."""

    store: ClassVar[str] = "distribution"

    case_study: tuple[str, ...] = _channels(
        AssetKind.CASE_STUDY, *_PAGE, Channel.NEWSLETTER, Channel.SOCIAL
    )
    quote: tuple[str, ...] = _channels(AssetKind.QUOTE, *_PAGE)
    video: tuple[str, ...] = _channels(AssetKind.VIDEO, *_PAGE, Channel.SOCIAL)
    review_link: tuple[str, ...] = _channels(AssetKind.REVIEW_LINK, Channel.WEBSITE)
    recording: tuple[str, ...] = _channels(AssetKind.RECORDING, Channel.WEBSITE, Channel.NEWSLETTER)
    article: tuple[str, ...] = _channels(AssetKind.ARTICLE, Channel.BLOG, Channel.SOCIAL)
    logo: tuple[str, ...] = _channels(AssetKind.LOGO, *_PAGE)
    place_days: int = number(
        5,
        _("It is placed after publication, within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=250,
        part=_PLACES,
        clause="DIST-1.a",
    )
    made_of_recording: tuple[str, ...] = several(
        [str(each) for each in Derived],
        _("Planned when it is published"),
        Derived.choices,
        part=_MADE,
        clause="DIST-1.b",
    )
    made_days: int = number(
        15,
        _("It is begun within"),
        unit=BUSINESS_DAYS,
        low=1,
        high=250,
        part=_MADE,
        clause="DIST-1.b",
    )
    gallery_on: bool = flag(
        False,
        _("There is a public gallery with feeds"),
        help=_("Published pieces whose leave holds; it can stand in a frame on your own site."),
        part=_PUBLIC,
        clause="DIST-1.c",
    )
    gallery_title: str = line(
        _("Its title"), help=_("Empty: what our customers say."), part=_PUBLIC, clause="DIST-1.c"
    )
    gallery_intro: str = line(
        _("A sentence below it"), longest=300, part=_PUBLIC, clause="DIST-1.c"
    )
    proof_on: bool = flag(
        True,
        _("Published pieces have a public page that proves them"),
        help=_("It says whether the text is as approved, by whom, and until when the leave holds."),
        part=_PUBLIC,
        clause="AST-1.b",
    )

    def channels_of(self, kind: str) -> tuple[str, ...]:
        """Where a kind of piece goes; in the order in which channels are listed."""
        chosen = getattr(self, kind)
        return tuple(str(each) for each in Channel if each in chosen)


#: What a derived piece is, as content.
KINDS: Mapping[str, AssetKind] = {
    Derived.VIDEO: AssetKind.VIDEO,
    Derived.POST: AssetKind.ARTICLE,
    Derived.TRANSCRIPT: AssetKind.ARTICLE,
    Derived.CLIPS: AssetKind.VIDEO,
    Derived.SALES_ASSET: AssetKind.ARTICLE,
}

DISTRIBUTION = Family(
    key="distribution",
    title=_("Distribution and public gallery"),
    text=_(
        "Where a published piece goes, what is made of a recording, and what of it everybody can"
        " see."
    ),
    icon="world",
    sources=(Stored(Distribution),),
)
