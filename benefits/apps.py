"""The benefits app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class BenefitsConfig(AppConfig):
    """Thank-yous and what advocates get back."""

    name = "benefits"

    def ready(self) -> None:
        """Declare what happens to thank-yous, follow activities, and remind in time."""
        from advocacy.events import presentation
        from advocacy.tenancy import stuck
        from advocacy.tenancy.sweeps import register_sweep
        from advocacy.web.navigation import NavItem, register
        from benefits.thanks import opening, reminders, services
        from benefits.thanks.reminders import SWEEP, WORK
        from benefits.thanks.selectors import thank_you_names

        bus.declare(
            {
                "thank_you.opened": _("opened a thank-you"),
                "thank_you.sent": _("thanked the advocate"),
                "thank_you.reminded": _("reminded of a thank-you"),
                "thank_you.reassigned": _("handed the thank-you over"),
                "thank_you.reopened": _("opened the thank-you again, because the mail came back"),
                "thank_you.voided": _("took back the thank-you"),
            }
        )

        bus.subscribe(
            "activity.completed",
            opening.open_thank_yous,
            order=10,
            why="a completed activity earns a thank-you within 24 hours (THX-1)",
        )
        bus.subscribe(
            "activity.no_show",
            opening.open_apology,
            order=10,
            why="a prospect's no-show earns an apology (ACT-4)",
        )
        bus.subscribe(
            "activity.voided",
            opening.void_unsent,
            order=10,
            why="an activity that never happened is not thanked for (TIER-7)",
        )
        bus.subscribe(
            "mail.failed",
            services.on_mail_failed,
            order=10,
            why="a bounced thank-you is still owed (THX-2)",
        )

        presentation.name_subjects(
            "benefits.thankyou",
            thank_you_names,
            url_name="thanks:detail",
            action="thanks.view",
        )
        stuck.name_work(WORK, _("Reminder of a thank-you"))
        register_sweep(
            SWEEP,
            "tenants_with_due_reminders",
            reminders.sweep_reminders,
            why="reminders of thank-yous go out in time (THX-2)",
        )
        register(
            NavItem(
                "thanks",
                _("Thanks"),
                "heart-handshake",
                "thanks:desk",
                "thanks.view",
            )
        )
