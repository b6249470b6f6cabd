"""The demo's room, on the roof: it may use everything and nothing uses it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Believable data for the first start."""

    name = "advocacy.demo"
    label = "demo"
