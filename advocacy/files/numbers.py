"""How large files may be, how many, and how long one may take; the tenant's own numbers (SET-1)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.families import Family, Stored
from advocacy.tenant_settings.settings import HOURS, Numbers, number


@dataclass(frozen=True, slots=True)
class FileNumbers(Numbers):
    """Limits of what is put in."""

    store: ClassVar[str] = "files"

    largest_megabytes: int = number(
        500, _("A file may have up to"), unit=_("MB"), low=1, high=5000, clause="AST-1.c"
    )
    most_files: int = number(30, _("Files of one piece"), low=1, high=200, clause="AST-1.c")
    total_gigabytes: int = number(
        50,
        _("All files together may have up to"),
        unit=_("GB"),
        low=1,
        high=10_000,
        clause="AST-1.c",
    )
    abandoned_hours: int = number(
        48,
        _("An upload that stopped can go on for"),
        unit=HOURS,
        low=1,
        high=720,
        help=_("Then what arrived of it is removed."),
        clause="AST-1.c",
    )


FILES = Family(
    key="files",
    title=_("Files"),
    text=_("How large videos, recordings and other files may be, and how many."),
    icon="paperclip",
    sources=(Stored(FileNumbers),),
)
