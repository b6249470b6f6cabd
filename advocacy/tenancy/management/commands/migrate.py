"""``migrate``, which first looks whether the database can come along.

Where Citus is installed, the owner needs settings without which a migration ends in the middle.

The steps up to November 2026 were put together into one migration per app. A database that has all
of them goes on; one that has some of them would fail in the middle with the names of files.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from advocacy.tenancy.citus import settings
from advocacy.tenancy.rendering import rendering_what_changed

#: The last version that has every single step.
SINGLE_STEPS = "3ca5591"


class Command(migrate.Command):
    """Django's, after a look at what was applied."""

    def handle(self, *args: Any, **options: Any) -> None:
        found = MigrationRecorder(connections[options["database"]]).applied_migrations()
        for migration in MigrationLoader(None).disk_migrations.values():
            missing = [step for step in migration.replaces if step not in found]
            if missing and len(missing) < len(migration.replaces):
                raise CommandError(
                    f"This database was made by an older version: {'.'.join(missing[0])} was never"
                    " applied, and is part of a larger migration now. Bring it up to date with the"
                    f" last version that has every step (git checkout {SINGLE_STEPS}, then migrate"
                    " there), and come back to this version. Nothing was changed."
                )
        if problems := settings.problems(connections[options["database"]], owner=True):
            raise CommandError(
                "The database is not set up for Citus; nothing was changed. " + " ".join(problems)
            )
        with rendering_what_changed():
            super().handle(*args, **options)
