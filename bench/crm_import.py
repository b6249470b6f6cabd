"""How long importing contacts takes, against its floor in the same run (IMP-1).

    .venv/bin/python -m advocacy.embedded run --instance test -- \
        env DJANGO_SETTINGS_MODULE=advocacy.settings.test \
        .venv/bin/python -m bench.crm_import [contacts]

Makes a database of its own and drops it; this process does what a worker does. The floor is the
bare ``bulk_create`` of as many people, in batches as large: one row a contact instead of the eight
that make a person known, guarded and told of.
"""

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

CONTACTS, BATCH = 100_000, 500
DATABASE = "advocacy_bench_import"


def timed(what: str, work: Callable[[], Any]) -> float:
    """Seconds a piece of work takes, said aloud."""
    start = time.perf_counter()
    came_to = work()
    took = time.perf_counter() - start
    print(f"{what:<58}{took:9.1f} s   {came_to if isinstance(came_to, str) else ''}", flush=True)
    return took


def files(contacts: int) -> tuple[bytes, bytes]:
    """A file of accounts and one of the people at them, as Salesforce writes them."""
    accounts = max(contacts // 100, 1)
    firms = ["Id,Name,Type,Industry,NumberOfEmployees,BillingCountry"]
    firms += [f"A{n},Account {n},Customer - Direct,Finance,{n + 1},AT" for n in range(accounts)]
    people = ["Id,FirstName,LastName,Email,Phone,Title,Department,AccountId"]
    people += [
        f"C{n},First {n},Last {n},p{n}@example.com,+43 1 {n},Head of IT,IT,A{n % accounts}"
        for n in range(contacts)
    ]
    return "\n".join(firms).encode(), "\n".join(people).encode()


def run(contacts: int) -> None:
    """Upload, check, import, import again; compare."""
    from advocacy.tenancy.actors import Actor
    from advocacy.tenancy.scope import tenant_scope
    from advocates.models import Account, Advocate
    from imports.models import ImportRun
    from imports.services import check_import, start_import
    from imports.uploads import Upload, upload_files
    from imports.working import work_on_imports
    from tests.factories.advocates import AccountFactory
    from tests.factories.tenancy import TenantsFactory

    actor = Actor.system("bench")
    firms, people = files(contacts)
    tenant = TenantsFactory()

    def upload() -> ImportRun:
        with tenant_scope(tenant):
            run = upload_files(
                actor=actor, files=[Upload("firms.csv", firms), Upload("people.csv", people)]
            )
        # The files are read as a worker has them read.
        work_on_imports(tenant.pk)
        with tenant_scope(tenant):
            return run.reload()

    def worked(step: Callable[[], Any]) -> Callable[[], str]:
        def whole() -> str:
            with tenant_scope(tenant):
                step()
            began = time.process_time()
            while True:
                work_on_imports(tenant.pk)
                with tenant_scope(tenant):
                    now = ImportRun.objects.prefetch_related("files").get(pk=chosen[0].pk)
                    if not now.is_at_work:
                        break
            spent = time.process_time() - began
            return (
                f"{now.created:,} new, {now.updated:,} changed, {now.unchanged:,} as before,"
                f" {now.skipped:,} left out; {spent:.0f} s of them in Python"
            )

        return whole

    def check() -> None:
        run = chosen[0]
        columns = {file.pk: file.columns for file in run.files.all()}
        check_import(actor=actor, run=run, columns=columns, source="salesforce")

    def floor() -> None:
        with tenant_scope(tenant):
            account = Account.objects.first() or AccountFactory()
            for start in range(0, contacts, BATCH):
                Advocate.objects.bulk_create(
                    [
                        Advocate(account=account, last_name=f"Last {n}", email=f"p{n}@example.com")
                        for n in range(start, min(start + BATCH, contacts))
                    ]
                )

    def spell(what: str, took: float) -> None:
        rows = contacts + max(contacts // 100, 1)
        print(f"{what:<58}{rows / took:9.0f} rows/s")

    chosen: list[ImportRun] = []
    for turn in ("the first time", "again, with everything known"):
        timed(f"upload of {contacts:,} contacts, {turn}", lambda: chosen.insert(0, upload()))
        spell("check", timed(f"check, {turn}", worked(check)))
        took = timed(f"import, {turn}", worked(lambda: start_import(actor=actor, run=chosen[0])))
        spell("import", took)
    least = timed("floor: the people's own rows, nothing else", floor)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nthe floor takes {least:.1f} s; peak memory of this process {peak:.0f} MB")


def main() -> None:
    """Read the command line, make the database, run."""
    contacts = int(sys.argv[1]) if len(sys.argv) > 1 else CONTACTS
    django.setup()
    from bench.place import a_database

    with a_database(DATABASE):
        run(contacts)


if __name__ == "__main__":
    main()
