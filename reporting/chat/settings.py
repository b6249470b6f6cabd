"""Whether Today may be posted into chats; the tenant's own choice."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from advocacy.tenant_settings.settings import Numbers, flag


@dataclass(frozen=True, slots=True)
class ChatNumbers(Numbers):
    """Names of advocates stand in what is posted, and the chat's operator keeps it."""

    store: ClassVar[str] = "chats"

    chats_allowed: bool = flag(
        True,
        _("Colleagues may have their Today posted to Slack or Teams"),
        help=_("With the names that stand there. Off: nothing is posted, nothing connected."),
    )
