"""What counts how much where subjects of case studies are proposed (AST-4)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import Numbers, number

_WEIGHT: dict[str, Any] = {
    "unit": _("parts"),
    "high": 100,
    "part": _("Who could tell the next case study: what counts how much"),
    "clause": "AST-4.a",
}


@dataclass(frozen=True, slots=True)
class Proposing(Numbers):
    """Weights of the three things a good subject has; what adds up is scaled to 100."""

    store: ClassVar[str] = "requests"

    subject_industry: int = number(
        30,
        _("Works in an industry you aim at"),
        help=_("Those of your ideal customer profile; without any it does not count."),
        **_WEIGHT,
    )
    subject_result: int = number(45, _("Has reached a result that convinces"), **_WEIGHT)
    subject_articulate: int = number(25, _("Tells it well"), **_WEIGHT)
