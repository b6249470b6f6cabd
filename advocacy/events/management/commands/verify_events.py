"""``manage.py verify_events``: prove that nobody touched the log."""

from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.events.anchors import Anchor, anchors_in
from advocacy.events.further import further_faults
from advocacy.events.verification import verify_chain
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Find any edited, missing, added or reordered event (AUD-2), and any published text that is
    not the one the log says was approved (AST-1.b); exits 1 when there is one.

    Without anchors that were kept elsewhere, an end cut off together with the chain's head shows
    nowhere.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Optionally one tenant, and anchors."""
        parser.add_argument("--tenant", help="slug; all tenants when left out")
        parser.add_argument(
            "--anchors",
            type=Path,
            metavar="FILE",
            help="lines of export_anchors, or a log with such lines; the logs must reach them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = Tenant.objects.order_by("slug")
        if options["tenant"]:
            tenants = tenants.filter(slug=options["tenant"])
            if not tenants:
                raise CommandError(f"there is no tenant {options['tenant']!r}")
        anchors = _read(options["anchors"]) if options["anchors"] else {}
        faults = 0
        for tenant in tenants:
            with tenant_scope(tenant, read_only=True, snapshot=True):
                for fault in verify_chain(anchors.pop(tenant.pk, [])):
                    faults += 1
                    self.stderr.write(f"{tenant.slug} #{fault.seq}: {fault.problem}")
                for problem in further_faults():
                    faults += 1
                    self.stderr.write(f"{tenant.slug}: {problem}")
        if not options["tenant"]:
            for gone, seen in anchors.items():
                faults += 1
                self.stderr.write(f"{gone}: there is no such tenant (line {seen[0].line})")
        if faults:
            raise CommandError(f"{faults} fault(s) in the event log")
        self.stdout.write("The event log is whole.")


def _read(path: Path) -> dict[UUID, list[Anchor]]:
    found: dict[UUID, list[Anchor]] = defaultdict(list)
    try:
        with path.open(errors="replace") as file:
            for anchor in anchors_in(file):
                found[anchor.tenant_id].append(anchor)
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error
    if not found:
        raise CommandError(f"there is no anchor in {path}; export_anchors writes some")
    return found
