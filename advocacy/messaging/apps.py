"""The messaging room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class MessagingConfig(AppConfig):
    """Outgoing mail and personal links."""

    name = "advocacy.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Declare what happens to mails."""
        bus.declare(
            {
                "mail.sent": _("sent a mail"),
                "mail.failed": _("could not send a mail"),
                "mail.retried": _("sent a failed mail again"),
            }
        )
