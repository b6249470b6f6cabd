"""The mail room: pages about what ``messaging`` sends, which lies below the pages' room."""

from django.apps import AppConfig

from advocacy.web import looks


class MailroomConfig(AppConfig):
    """The mail log and, in development, the mailbox."""

    name = "advocacy.mailroom"
    label = "mailroom"

    def ready(self) -> None:
        """Say how a waiting mail looks."""
        looks.register({"queued": looks.Look("info", "clock")})
