"""How long what is sent can be called back; the tenant's own number."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.families import Family, Stored
from advocacy.tenant_settings.settings import SECONDS, Numbers, number


@dataclass(frozen=True, slots=True)
class Undoing(Numbers):
    """Mails of a colleague's press wait so long before they leave."""

    store: ClassVar[str] = "messaging"

    undo_seconds: int = number(
        10,
        _("What was sent can be undone for"),
        unit=SECONDS,
        low=0,
        high=60,
        help=_("Until then nothing leaves. 0: it leaves at once and stands."),
    )


MESSAGING = Family(
    key="messaging",
    title=_("Mail"),
    text=_("How long what was sent can be taken back."),
    icon="mail",
    sources=(Stored(Undoing),),
)
