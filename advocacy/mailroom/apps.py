"""The mail room: pages about what ``messaging`` sends, which lies below the pages' room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.web import looks


class MailroomConfig(AppConfig):
    """The mail log and, in development, the mailbox."""

    name = "advocacy.mailroom"
    label = "mailroom"

    def ready(self) -> None:
        """How a waiting mail looks, what it is called in a timeline, where the log is found."""
        from advocacy.events import bus, presentation
        from advocacy.messaging.selectors import mail_names
        from advocacy.people import settings_cards

        looks.register({"queued": looks.Look("info", "clock")})
        presentation.declare_looks(
            {
                "mail.sent": ("send", "neutral"),
                "mail.failed": ("mail-x", "danger"),
                "mail.retried": ("refresh", "neutral"),
            }
        )
        presentation.name_subjects(
            "messaging.outgoingmail", mail_names, url_name="mail-entry", action="audit.view"
        )
        bus.declare({"stuck.retried": _("tried stuck work again")})
        presentation.declare_looks({"stuck.": ("refresh", "neutral")})
        settings_cards.register(
            settings_cards.Card(
                "stuck",
                _("Stuck work"),
                _("What could not be done by itself, and why."),
                "alert-triangle",
                "stuck",
                "audit.view",
                settings_cards.COMPANY,
            )
        )
        settings_cards.register(
            settings_cards.Card(
                "mail-log",
                _("Mail log"),
                _("Every mail that was sent or waits, and what failed."),
                "mail",
                "mail-log",
                "audit.view",
                settings_cards.COMPANY,
            )
        )
