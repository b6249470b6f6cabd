"""Import what a CRM exported: ``manage.py import_crm --tenant demo Accounts.csv Contacts.csv``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from imports.encodings import ENCODINGS
from imports.registry import kind_label
from imports.selectors import files_of, issues_of
from imports.uploads import Upload
from imports.working import run_import


class Command(BaseCommand):
    """Imports CSV files and Excel workbooks; what each file holds is told from its headings.

    Each batch of rows commits by itself. When this process is killed, a worker finishes the
    import; Ctrl-C stops it. Running it again changes nothing that is the same already.
    """

    help = "Import accounts, contacts and opportunities as a CRM exports them (CSV or .xlsx)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--tenant", required=True, help="the tenant's address, such as demo")
        parser.add_argument(
            "--source", default="", help="where the ids come from; else told from the headings"
        )

        parser.add_argument(
            "--encoding",
            default="",
            choices=["", *ENCODINGS],
            metavar="ENCODING",
            help=f"how text files are encoded, else it is told: {', '.join(ENCODINGS)}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no tenant {options['tenant']!r}.")
        try:
            files = [Upload(path.name, path.read_bytes()) for path in options["files"]]
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        try:
            run = run_import(
                tenant.pk,
                actor=Actor.system("import_crm"),
                files=files,
                source=options["source"],
                encoding=options["encoding"],
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped. What got in until then stays.") from error
        with tenant_scope(tenant):
            for file in files_of(run):
                self.stdout.write(
                    f"{file.name} ({kind_label(file.kind)}): {file.created} created,"
                    f" {file.updated} updated, {file.unchanged} unchanged,"
                    f" {file.skipped} not imported"
                )
            for issue in issues_of(run)[:50]:
                self.stderr.write(
                    f"{issue.file.name} row {issue.row} {issue.column}: {issue.problem}"
                    f" {issue.accepted}"
                )
            if (more := issues_of(run).count() - 50) > 0:
                self.stderr.write(f"… and {more} more, on the import page.")
