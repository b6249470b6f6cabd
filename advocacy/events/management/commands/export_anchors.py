"""``manage.py export_anchors``: how far each log has come, to be kept elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from advocacy.events.anchors import anchor_line
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Print the head of every tenant's event log as a signed line (AUD-2).

    The same line goes to the log once a day. Kept where the database's owner cannot write, it
    lets ``verify_events --anchors FILE`` find an end that was cut off together with its chain.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--append", type=Path, metavar="FILE", help="add to a file instead")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = []
        for tenant in Tenant.objects.order_by("slug"):
            with tenant_scope(tenant, read_only=True):
                lines.append(anchor_line())
        text = "".join(f"{line}\n" for line in lines if line)
        if options["append"]:
            with options["append"].open("a") as file:
                file.write(text)
        else:
            self.stdout.write(text, ending="")
