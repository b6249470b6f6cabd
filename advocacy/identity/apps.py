"""Identity: signing in, members, the tenant's settings, the audit view."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class IdentityConfig(AppConfig):
    """Declares what happens to people and where their pages are."""

    name = "advocacy.identity"
    label = "people"

    def ready(self) -> None:
        """Verbs, timeline styles, the personal link, the navigation."""
        # Models are there only now.
        from advocacy.events import presentation
        from advocacy.identity import account_mail, selectors
        from advocacy.identity.absences.resource import ABSENCES
        from advocacy.identity.settings_cards import register_own
        from advocacy.messaging.links import register_purpose
        from advocacy.records.resource import register
        from advocacy.records.undoing import declare_undo
        from advocacy.tenancy.sweeps import register_global_sweep
        from advocacy.web import navigation

        bus.declare(
            {
                "tenant.created": _("set up the program"),
                "tenant.settings_changed": _("changed the calendar settings"),
                "holiday.added": _("added a holiday"),
                "holiday.removed": _("removed a holiday"),
                "invitation.sent": _("invited a colleague"),
                "invitation.sent_again": _("sent an invitation again"),
                "invitation.revoked": _("withdrew an invitation"),
                "invitation.accepted": _("joined on an invitation"),
                "membership.role_changed": _("changed the role"),
                "membership.deactivated": _("deactivated the membership"),
                "membership.reactivated": _("reactivated the membership"),
                "profile.changed": _("changed the profile"),
                "password.changed": _("changed the password"),
                "second_factor.turned_on": _("turned on two-step sign-in"),
                "second_factor.turned_off": _("turned off two-step sign-in"),
                "second_factor.codes_renewed": _("made new recovery codes"),
            }
        )
        declare_undo("invitation.send", _("took the invitation back before it left"))
        declare_undo("invitation.resend", _("took the second invitation back before it left"))
        presentation.declare_verb_styles(
            {
                "invitation.": ("mail", "neutral"),
                "membership.role_changed": ("user-cog", "neutral"),
                "membership.deactivated": ("user-off", "warning"),
                "membership.reactivated": ("user-check", "success"),
                "tenant.": ("settings", "neutral"),
                "holiday.": ("calendar", "neutral"),
            }
        )
        presentation.name_subjects(
            "tenancy.membership",
            selectors.member_names,
            url_name="person",
            action="settings.people",
        )
        presentation.name_subjects("people.invitation", selectors.invitation_names)
        register_purpose("join", "join/")
        register_global_sweep(
            account_mail.SWEEP,
            account_mail.send_due_account_mail,
            why="links to sign in and to set a password leave the outbox",
        )
        register_global_sweep(
            "account-mail-over",
            account_mail.tidy_up,
            every_seconds=3600,
            why="used and expired links and counted attempts are deleted",
        )
        navigation.register(
            navigation.NavItem(
                "settings", _("Settings"), "settings", "settings", "settings.view", where="menu"
            )
        )
        register(ABSENCES)
        register_own()
