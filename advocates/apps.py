"""The advocates' room."""

from django.apps import AppConfig


class AdvocatesConfig(AppConfig):
    """Accounts, advocates, the catalogue, the ledger and tiers."""

    name = "advocates"
