"""How many pieces of content of each kind a program wants to publish in a quarter (MET-2.a)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from activities.assets.choices import AssetKind
from advocacy.tenant_settings.settings import Numbers, number

#: Days of a quarter, as targets and comparisons count it.
QUARTER = 90

_A_QUARTER: dict[str, Any] = {
    "part": _("Content published in a quarter: targets"),
    "clause": "MET-2.a",
    "low": 0,
    "high": 1000,
    "unit": _("a quarter"),
}


@dataclass(frozen=True, slots=True)
class Publishing(Numbers):
    """The tenant's own targets; 0 is none."""

    store: ClassVar[str] = "publishing"

    publish_case_study: int = number(3, _("Case studies"), **_A_QUARTER)
    publish_quote: int = number(9, _("Quotes"), **_A_QUARTER)
    publish_video: int = number(3, _("Videos"), **_A_QUARTER)
    publish_review_link: int = number(0, _("Links to reviews"), **_A_QUARTER)
    publish_recording: int = number(0, _("Recordings"), **_A_QUARTER)
    publish_article: int = number(0, _("Articles"), **_A_QUARTER)
    publish_logo: int = number(0, _("Logos"), **_A_QUARTER)

    def of_kinds(self, days: int) -> dict[str, float]:
        """By kind, how many are aimed at in so many days."""
        return {
            kind.value: getattr(self, f"publish_{kind.value}") * days / QUARTER
            for kind in AssetKind
        }
