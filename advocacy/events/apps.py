"""The event log's room."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The append-only log every state change writes to."""

    name = "advocacy.events"
    label = "events"
