"""``manage.py reset_second_factor``: let somebody in who lost the phone and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.identity.second_factor import reset_second_factor
from advocacy.tenancy.models import User


class Command(BaseCommand):
    """Take the second step of signing in from one person, and end their sessions."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"nobody signs in as {options['email']}")
        if not reset_second_factor(user=user):
            raise CommandError(f"{user.email} has no second step")
        self.stdout.write(f"{user.email} signs in with one step now, and was signed out")
