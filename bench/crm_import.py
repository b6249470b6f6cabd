"""Importing contacts, with the check of every row before (IMP-1.d).

As many contacts as the scaled tenant has people, with an account for every ten, into a tenant of
its own; this process does what a worker does. The floor is the bare ``bulk_create`` of as many
people: one row a contact, and the words it is found by, instead of the nine that make a person
known, guarded and told of.
"""

import resource
import time
from collections.abc import Callable, Iterator

from advocacy.identity.services.tenants import create_tenant
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account, Advocate
from bench.place import Place
from bench.report import Line
from imports.models import ImportRun
from imports.services import check_import, start_import
from imports.uploads import Upload, upload_files
from imports.working import work_on_imports

#: People at one account, and rows that the floor writes at a time.
_AT_ONE, _BATCH = 10, 1000
_ACTOR = Actor.system("bench")


def run(place: Place) -> Iterator[Line]:
    """Check and import twice: everything new, then everything known."""
    contacts = place.sizes.advocates
    admin = create_tenant(
        name="Import", slug="import", admin_email="import@example.com", admin_name="Bench"
    )
    tenant, done = admin.tenant, list[tuple[str, int, float, str]]()
    for turn in ("all of them new", "all of them known"):
        import_run = _upload(tenant, contacts)
        for what, step in (("check", _check), ("import", _start)):
            with tenant_scope(tenant):
                step(import_run)
            wall, processor = time.perf_counter(), time.process_time()
            import_run = _work(tenant, import_run)
            wall, processor = time.perf_counter() - wall, time.process_time() - processor
            came_to = (
                f"{wall:.1f} s, {processor:.1f} s of them in Python:"
                f" {import_run.created:,} new, {import_run.unchanged:,} as before"
            )
            done.append((f"{what}, {turn}", import_run.rows, wall, came_to))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    floor = contacts / _seconds(lambda: _bare(tenant, contacts))
    for what, rows, took, came_to in done:
        note = f"{came_to}; the process peaked at {peak:.0f} MB"
        yield Line(what, rows / took, floor, "/s", note)


def _files(contacts: int) -> list[Upload]:
    """A file of accounts and one of the people at them, as Salesforce writes them."""
    accounts = max(contacts // _AT_ONE, 1)
    firms = ["Id,Name,Type,Industry,NumberOfEmployees,BillingCountry"]
    firms += [f"A{n},Account {n},Customer - Direct,Finance,{n + 1},AT" for n in range(accounts)]
    people = ["Id,FirstName,LastName,Email,Phone,Title,Department,AccountId"]
    people += [
        f"C{n},First {n},Last {n},p{n}@example.com,+43 1 {n},Head of IT,IT,A{n % accounts}"
        for n in range(contacts)
    ]
    return [
        Upload("firms.csv", "\n".join(firms).encode()),
        Upload("people.csv", "\n".join(people).encode()),
    ]


def _upload(tenant: Tenant, contacts: int) -> ImportRun:
    with tenant_scope(tenant):
        import_run = upload_files(actor=_ACTOR, files=_files(contacts))
    return _work(tenant, import_run)


def _check(import_run: ImportRun) -> None:
    columns = {file.pk: file.columns for file in import_run.files.all()}
    check_import(actor=_ACTOR, run=import_run, columns=columns, source="salesforce")


def _start(import_run: ImportRun) -> None:
    start_import(actor=_ACTOR, run=import_run)


def _work(tenant: Tenant, import_run: ImportRun) -> ImportRun:
    """What a worker does, until there is nothing left to do; the run with its counts."""
    while True:
        work_on_imports(tenant.pk)
        with tenant_scope(tenant):
            now = ImportRun.objects.prefetch_related("files").get(pk=import_run.pk)
        if not now.is_at_work:
            if now.skipped:
                raise SystemExit(f"{now.skipped} rows of the import were left out")
            return now


def _bare(tenant: Tenant, contacts: int) -> None:
    with tenant_scope(tenant):
        account = Account.objects.all()[0]
        for start in range(0, contacts, _BATCH):
            Advocate.objects.bulk_create(
                [
                    Advocate(
                        account=account,
                        first_name=f"First {n}",
                        last_name=f"Last {n}",
                        email=f"p{n}@example.com",
                        job_title="Head of IT",
                    )
                    for n in range(start, min(start + _BATCH, contacts))
                ]
            )


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
