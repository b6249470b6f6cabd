"""``manage.py citus_plan``: from one machine to several (TEN-3)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from advocacy.tenancy.citus import check, plan, settings


class Command(BaseCommand):
    """Prints what distributes the schema by tenant, runs it, or looks whether all of it is so."""

    help = (
        "Print the statements that distribute the schema by tenant over Citus, in order; --run runs"
        " what is left of them, --check names what does not go on several machines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default="owner", help="the owner's, past any pooler")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--run", action="store_true", help="run them; can be begun again")
        what.add_argument(
            "--check", action="store_true", help="change nothing, exit 1 for findings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if options["check"]:
            self._check(connection)
            return
        steps = list(plan.steps(connection))
        if options["run"]:
            self._run(connection, steps)
        else:
            self._print(connection, steps)

    def _print(self, connection: BaseDatabaseWrapper, steps: list[plan.Step]) -> None:
        wanted = settings.lacking(connection, owner=True)
        if wanted:
            self.stdout.write("-- settings, by a superuser; they count for later connections")
        for _each, sql in wanted:
            self.stdout.write(f"{sql};")
        why = ""
        for step in steps:
            if step.why != why:
                why = step.why
                self.stdout.write(f"-- {why}")
            self.stdout.write(f"{step.sql};")
        if not steps and not wanted:
            self.stdout.write("Nothing is left to do.")

    def _run(self, connection: BaseDatabaseWrapper, steps: list[plan.Step]) -> None:
        with connection.cursor() as cursor:
            if not settings.is_installed(cursor):
                raise CommandError(
                    "This database has no Citus, so nothing was done. Where its packages are"
                    " installed, a superuser says CREATE EXTENSION citus; docs/operations.md says"
                    " the rest."
                )
            if problems := settings.problems(connection, owner=True):
                raise CommandError("Nothing was done yet. " + " ".join(problems))
            for place, step in enumerate(steps, start=1):
                self.stdout.write(f"{place} of {len(steps)}  {step.sql}")
                cursor.execute(step.sql)
        self.stdout.write("Done. manage.py citus_plan --check looks at the result.")

    def _check(self, connection: BaseDatabaseWrapper) -> None:
        found = list(check.live_findings(connection))
        for each in found:
            self.stdout.write(each)
        with connection.cursor() as cursor:
            if check.statements_kept(cursor) is None:
                self.stdout.write(
                    "Statements were not looked at: pg_stat_statements is not installed."
                )
            if not settings.is_installed(cursor):
                self.stdout.write("Nothing is distributed: this database has no Citus.")
        if found:
            raise CommandError(f"Findings: {len(found)}.")
        self.stdout.write("Findings: 0.")
