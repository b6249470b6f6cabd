"""The messaging room."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Outgoing mail and personal links."""

    name = "advocacy.messaging"
    label = "messaging"
