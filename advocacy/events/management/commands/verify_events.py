"""``manage.py verify_events``: prove that nobody touched the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.events.selectors import verify_chain
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Find any edited, missing or reordered event (AUD-2); exits 1 when there is one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Optionally one tenant."""
        parser.add_argument("--tenant", help="slug; all tenants when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk the chains."""
        tenants = Tenant.objects.order_by("slug")
        if options["tenant"]:
            tenants = tenants.filter(slug=options["tenant"])
            if not tenants:
                raise CommandError(f"there is no tenant {options['tenant']!r}")
        faults = 0
        for tenant in tenants:
            with tenant_scope(tenant):
                for fault in verify_chain():
                    faults += 1
                    self.stderr.write(f"{tenant.slug} #{fault.seq}: {fault.problem}")
        if faults:
            raise CommandError(f"{faults} fault(s) in the event log")
        self.stdout.write("The event log is whole.")
