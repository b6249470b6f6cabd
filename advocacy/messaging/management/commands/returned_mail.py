"""``manage.py returned_mail``: learn from mail servers' reports which mails came back."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.messaging.returns import reports_in, take_report


class Command(BaseCommand):
    """Reads one report from standard input, as a mail server hands it over, or a whole mailbox."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mailbox", action="store_true", help="the unread mails of RETURNED_MAIL_URL instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["mailbox"]:
            came_back = take_report(sys.stdin.buffer.read())
            self.stdout.write("One mail came back." if came_back else "No mail of ours came back.")
            return
        if not settings.RETURNED_MAIL_URL:
            raise CommandError("RETURNED_MAIL_URL is not set: imaps://name:password@host/INBOX")
        read = [take_report(raw) for raw in reports_in(settings.RETURNED_MAIL_URL)]
        self.stdout.write(f"{len(read)} read, {sum(read)} of ours came back.")
