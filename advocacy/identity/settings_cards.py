"""The settings cards of identity: calendar, people, audit, profile."""

from django.utils.translation import gettext_lazy as _

from advocacy.web.settings_cards import COMPANY, OWN, Card, register


def register_own() -> None:
    """The cards of this app."""
    for card in (
        Card(
            "calendar",
            _("Time zone, currency, holidays"),
            _("Where and in which money you work, and the days on which nobody does."),
            "calendar-time",
            "settings-calendar",
            "settings.rules",
            COMPANY,
        ),
        Card(
            "people",
            _("People"),
            _("Who works here, in which role; invite and deactivate colleagues."),
            "users",
            "people",
            "settings.people",
            COMPANY,
        ),
        Card(
            "audit",
            _("Audit"),
            _("Everything that happened: who did what, when."),
            "history",
            "audit",
            "audit.view",
            COMPANY,
        ),
        Card(
            "profile",
            _("Profile"),
            _("Your name, language, time zone and password."),
            "user",
            "profile",
            "profile.edit",
            OWN,
        ),
        Card(
            "absences",
            _("Absences"),
            _("Who stands in while you are away, and for whom you do."),
            "beach",
            "absences:list",
            "absences.view",
            OWN,
        ),
    ):
        register(card)
