"""``manage.py create_token``: make an API token and print it once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.rest.scopes import EVERYTHING
from advocacy.rest.selectors import possible_owners
from advocacy.rest.services import create_token
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Make an API token that acts as a member of the given role, and print it once."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", required=True, help="the company's address: /t/<slug>/")
        parser.add_argument("--role", choices=Role.values, help="acts as the first active member")
        parser.add_argument("--email", help="acts as this member; instead of --role")
        parser.add_argument("--name", default="Command line", help="what uses it")
        parser.add_argument("--scopes", help="such as accounts:read,all:write; default: everything")
        parser.add_argument("--days", type=int, default=365, help="how long it works")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["role"]) == bool(options["email"]):
            raise CommandError("Say whom the token acts as: --role or --email.")
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no company at /t/{options['tenant']}/.")
        words = options["scopes"]
        scopes = [word.strip() for word in words.split(",")] if words else list(EVERYTHING)
        with tenant_scope(tenant):
            owners = possible_owners()
            if options["email"]:
                owners = owners.filter(user__email=options["email"].lower())
            else:
                owners = owners.filter(role=options["role"])
            owner = owners.order_by("created_at", "id").first()
            if owner is None:
                raise CommandError("No active member is like that.")
            try:
                _token, secret = create_token(
                    actor=Actor.system("command line"),
                    name=options["name"],
                    owner=owner,
                    scopes=scopes,
                    days=options["days"],
                )
            except DomainError as error:
                raise CommandError(error.message) from error
        self.stdout.write(secret)
