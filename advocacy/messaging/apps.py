"""The messaging room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class MessagingConfig(AppConfig):
    """Outgoing mail and personal links."""

    name = "advocacy.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Declare what happens to mails, and see to it that they go out."""
        from advocacy.messaging.sending import send_due_mail
        from advocacy.messaging.services import SWEEP
        from advocacy.tenancy.sweeps import register_sweep

        bus.declare(
            {
                "mail.sent": _("sent a mail"),
                "mail.failed": _("could not send a mail"),
                "mail.retried": _("sent a failed mail again"),
            }
        )
        register_sweep(
            SWEEP,
            "tenants_with_due_mail",
            send_due_mail,
            own_transactions=True,
            why="mails leave the outbox",
        )
