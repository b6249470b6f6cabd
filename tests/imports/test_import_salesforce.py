"""The import on a real export, as far as it is about every eighth of its accounts."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocates.models import Account, Advocate
from imports.selectors import issues_of
from imports.uploads import Upload
from imports.working import run_import
from requests.models import Opportunity
from requests.opportunities.services import seed_stage_mappings

STAGES = {
    "open": ("Prospecting",),
    "qualified": ("Qualification", "Value Proposition", "Negotiation/Review"),
    "won": ("Closed Won",),
    "lost": ("Closed Lost",),
}
NAMES = ("Accounts.csv", "Contacts.csv", "Opportunities.csv")


def _folder() -> Path | None:
    asked = os.environ.get("SHARED_DATA")
    root = Path(settings.BASE_DIR)
    places = [
        *([Path(asked)] if asked else []),
        *(parent / "shared" / "data" for parent in root.parents),
    ]
    for place in places:
        if all((place / "salesforce" / name).is_file() for name in NAMES):
            return place / "salesforce"
    return None


FOLDER = _folder()


Rows = list[dict[str, str]]


def _part(name: str, wanted: Callable[[dict[str, str]], bool]) -> tuple[Upload, Rows]:
    """Some rows of a file as an upload, and what stands in them."""
    assert FOLDER is not None
    reader = csv.DictReader((FOLDER / name).read_text().splitlines())
    rows = [row for row in reader if wanted(row)]
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or ())
    writer.writeheader()
    writer.writerows(rows)
    return Upload(name, out.getvalue().encode()), rows


@pytest.mark.skipif(FOLDER is None, reason="no Salesforce export beside the checkout")
def test_real_export_twice(scope: Tenant) -> None:
    """IMP-1.a, IMP-1.c, OPP-1.a, OPP-1.b: everything gets in; the second run changes nothing."""
    seed_stage_mappings()
    firms, accounts = _part(NAMES[0], lambda row: int(row["External_Id__c"][4:]) % 8 == 0)
    ids = {row["External_Id__c"] for row in accounts}
    people, contacts = _part(NAMES[1], lambda row: row["Account:External_Id__c"] in ids)
    sales, deals = _part(NAMES[2], lambda row: row["Account:External_Id__c"] in ids)
    count = len(accounts) + len(contacts) + len(deals)
    assert (len(accounts), count > 600) == (62, True)
    files = [firms, people, sales]
    run = run_import(scope.pk, actor=Actor.system("test"), files=files)
    assert (run.created, run.updated, run.skipped) == (count, 0, 0)
    assert not issues_of(run).exists()
    assert (Account.objects.count(), Advocate.objects.count()) == (len(accounts), len(contacts))
    customers = sum(row["Type"].startswith("Customer") for row in accounts)
    assert Account.objects.filter(lifecycle="customer").count() == customers > 20
    assert Account.objects.filter(country="US", region="na").count() == len(accounts)
    for stage, names in STAGES.items():
        found = Opportunity.objects.filter(stage=stage).count()
        assert found == sum(row["StageName"] in names for row in deals) > 10
    assert not Opportunity.objects.filter(account=None).exists()
    about_records = Event.objects.exclude(verb__startswith="import.")
    assert about_records.count() == count
    again = run_import(scope.pk, actor=Actor.system("test"), files=files)
    assert (again.created, again.updated, again.unchanged, again.skipped) == (0, 0, count, 0)
    assert about_records.count() == count
