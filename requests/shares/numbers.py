"""How long what is shared can be opened (AST-2.b)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.settings import DAYS, Numbers, number


@dataclass(frozen=True, slots=True)
class Sharing(Numbers):
    """Part of the family of requests."""

    store: ClassVar[str] = "requests"

    share_days: int = number(
        90,
        gettext_lazy("A piece of content shared with a deal can be opened for"),
        unit=DAYS,
        low=1,
        high=730,
        part=gettext_lazy("Content in deals"),
        clause="AST-2.b",
    )
