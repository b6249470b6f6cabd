"""``manage.py create_tenant``: set up a company with its first admin."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.identity.services.tenants import create_tenant
from advocacy.tenancy.errors import DomainError


class Command(BaseCommand):
    """Set up a company with its first admin."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the company's name")
        parser.add_argument("--slug", required=True, help="its address: /t/<slug>/")
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--password", help="of a new account; else use 'forgot password'")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            admin = create_tenant(
                name=options["name"],
                slug=options["slug"],
                admin_email=options["admin_email"],
                admin_name=options["admin_name"],
                password=options["password"],
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{admin.email} is the admin of /t/{options['slug']}/")
