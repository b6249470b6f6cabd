"""The app of the tenant's own numbers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from advocacy.events import bus


class TenantSettingsConfig(AppConfig):
    """The table, the pages, the event of a change."""

    name = "advocacy.tenant_settings"

    def ready(self) -> None:
        """Declare the event, name its subject, show the settings card."""
        from advocacy.events import presentation
        from advocacy.tenant_settings.families import family_names
        from advocacy.web import settings_cards

        bus.declare({"settings.changed": _("changed the settings of")})
        presentation.declare_verb_styles({"settings.": ("adjustments", "neutral")})
        presentation.name_subjects("tenant_settings.familysettings", family_names)
        settings_cards.register(
            settings_cards.Card(
                "numbers",
                _("Numbers of the program"),
                _("Limits, periods and thresholds: what is usual, and what you changed."),
                "adjustments",
                "settings-families",
                "settings.rules",
            )
        )
