"""The cards of this app on the settings page."""

from django.utils.translation import gettext_lazy as _

from advocacy.web import settings_cards
from advocacy.web.settings_cards import Card


def register() -> None:
    """Called once, when the application is ready."""
    settings_cards.register(
        Card(
            "routing",
            _("Who gets a request"),
            _("Rules by type, size and region; tried on the requests of last month."),
            "arrows-split-2",
            "routing-rules:list",
            "settings.rules",
        )
    )
    settings_cards.register(
        Card(
            "gates",
            _("When somebody may be asked"),
            _("Stage, probability or amount a deal needs, by type."),
            "lock-open",
            "request-gates:list",
            "settings.rules",
        )
    )
    settings_cards.register(
        Card(
            "approvals",
            _("What is approved first"),
            _("Big deals, some types, a company's policy: who says yes before anybody is asked."),
            "writing-sign",
            "approval-rules:list",
            "settings.rules",
        )
    )
    settings_cards.register(
        Card(
            "matching",
            _("Matching"),
            _("What makes an advocate fit a request, and how much it counts."),
            "arrows-join",
            "requests:weights",
            "settings.rules",
        )
    )
