"""The advocates' room."""

from django.apps import AppConfig


class AdvocatesConfig(AppConfig):
    """Accounts, advocates, the catalogue, the ledger and tiers."""

    name = "advocates"

    def ready(self) -> None:
        """Make the room's verbs known."""
        from advocacy.events import bus
        from advocates.verbs import VERBS

        bus.declare(VERBS)
