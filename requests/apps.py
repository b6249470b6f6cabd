"""The requests app."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Opportunities, requests, matching and asks."""

    name = "requests"

    def ready(self) -> None:
        """Declare what happens here, and follow what happens to activities."""
        from requests import registration
        from requests.briefings import registration as briefings

        registration.register()
        briefings.register()
