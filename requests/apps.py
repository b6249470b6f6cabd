"""The requests' room."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Opportunities, requests, matching and asks."""

    name = "requests"
