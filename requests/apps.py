"""The requests' room."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Opportunities, requests, matching and asks."""

    name = "requests"

    def ready(self) -> None:
        """Make the room's verbs and what it imports known."""
        from advocacy.events import bus
        from requests import imports
        from requests.services.opportunities import VERBS

        bus.declare(VERBS)
        imports.register()
