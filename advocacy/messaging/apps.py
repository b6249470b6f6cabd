"""Messaging: outgoing mail, personal links, and the pages that show what was sent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class MessagingConfig(AppConfig):
    """The outbox, personal links, the mail log and, in development, the mailbox."""

    name = "advocacy.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Declare what happens to mails, see to it that they go out, say where the log is found."""
        from advocacy.events import presentation
        from advocacy.messaging.held import KEEPER
        from advocacy.messaging.numbers import MESSAGING
        from advocacy.messaging.selectors import mail_names, typed_in
        from advocacy.messaging.sending import send_due_mail
        from advocacy.messaging.services import SWEEP
        from advocacy.messaging.undo import forget_presses
        from advocacy.records.held import register_keeper
        from advocacy.tenancy.sweeps import register_schedule, register_sweep
        from advocacy.tenant_settings import families
        from advocacy.web import settings_cards, status_styles
        from advocacy.web.undoing import remember_typed

        bus.declare(
            {
                "mail.sent": _("sent a mail"),
                "mail.failed": _("could not send a mail"),
                "mail.returned": _("got a mail back"),
                "mail.retried": _("sent a failed mail again"),
            }
        )
        register_schedule(
            "presses-over",
            forget_presses,
            hour=2,
            why="what a press changed is not kept once it cannot be taken back (GDPR-1)",
        )
        register_sweep(
            SWEEP,
            "tenants_with_due_mail",
            send_due_mail,
            own_transactions=True,
            why="mails leave the outbox",
        )
        register_keeper(KEEPER)
        remember_typed(typed_in)
        status_styles.register({"queued": status_styles.StatusStyle("info", "clock")})
        presentation.declare_verb_styles(
            {
                "mail.sent": ("send", "neutral"),
                "mail.failed": ("mail-x", "danger"),
                "mail.returned": ("mail-x", "warning"),
                "mail.retried": ("refresh", "neutral"),
            }
        )
        presentation.name_subjects(
            "messaging.outgoingmail", mail_names, url_name="mail-entry", action="audit.view"
        )
        families.register(MESSAGING)
        bus.declare({"stuck.retried": _("tried stuck work again")})
        presentation.declare_verb_styles({"stuck.": ("refresh", "neutral")})
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
                "mail-templates",
                _("Texts of mails"),
                _("What advocates are written, in your words, for each of their languages."),
                "mail",
                "mail-templates:list",
                "settings.rules",
                settings_cards.PROGRAM,
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
