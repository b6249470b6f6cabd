"""``manage.py incoming_mail``: what comes to the program's own address, reports and answers."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.messaging.incoming import ANSWER, RETURNED, mails_in, take_mail

_SAID = {
    RETURNED: "One mail came back.",
    ANSWER: "One mail was answered.",
    "": "Neither an answer to a mail of ours nor a report that one came back.",
}


class Command(BaseCommand):
    """Reads one mail from standard input, as a mail server hands it over, or a whole mailbox."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mailbox", action="store_true", help="the unread mails of INCOMING_MAIL_URL instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["mailbox"]:
            self.stdout.write(_SAID[take_mail(sys.stdin.buffer.read())])
            return
        if not settings.INCOMING_MAIL_URL:
            raise CommandError("INCOMING_MAIL_URL is not set: imaps://name:password@host/INBOX")
        read = [take_mail(raw) for raw in mails_in(settings.INCOMING_MAIL_URL)]
        self.stdout.write(
            f"{len(read)} read: {read.count(RETURNED)} came back, {read.count(ANSWER)} answered."
        )
