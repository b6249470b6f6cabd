"""Search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Terms kept by the database, and who asks for them."""

    name = "advocacy.search"
    label = "search"
