"""``manage.py index_evidence``: passages of what has none yet, or all of them anew (``--all``)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from activities.evidence.indexing import index_everything, index_missing
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Each tenant by itself, so that it can be stopped and begun again."""

    help = "Cut content and results into the passages that evidence search finds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also what has passages already")

    def handle(self, *args: Any, **options: Any) -> None:
        for tenant in Tenant.objects.order_by("pk"):
            with tenant_scope(tenant):
                count = index_everything() if options["all"] else index_missing(tenant.pk)
            self.stdout.write(f"{tenant.slug}: {count}")
