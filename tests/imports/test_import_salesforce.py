"""The import on a real export: 500 accounts, 1,500 contacts, 3,000 opportunities."""

import os
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


@pytest.mark.skipif(FOLDER is None, reason="no Salesforce export beside the checkout")
def test_real_export_twice(scope: Tenant) -> None:
    """IMP-1.a, IMP-1.c, OPP-1.a, OPP-1.b: everything gets in; the second run changes nothing."""
    assert FOLDER is not None
    seed_stage_mappings()
    files = [Upload(name, (FOLDER / name).read_bytes()) for name in NAMES]
    run = run_import(scope.pk, actor=Actor.system("test"), files=files)
    assert (run.created, run.updated, run.skipped) == (5000, 0, 0)
    assert not issues_of(run).exists()
    assert (Account.objects.count(), Advocate.objects.count()) == (500, 1500)
    assert Account.objects.filter(lifecycle="customer").count() == 340
    assert Account.objects.filter(country="US", region="na").count() == 500
    assert Opportunity.objects.filter(stage="won").count() == 532
    assert Opportunity.objects.filter(stage="lost").count() == 282
    assert Opportunity.objects.filter(stage="open").count() == 623
    assert not Opportunity.objects.filter(account=None).exists()
    about_records = Event.objects.exclude(verb__startswith="import.")
    assert about_records.count() == 5000
    again = run_import(scope.pk, actor=Actor.system("test"), files=files)
    assert (again.created, again.updated, again.unchanged, again.skipped) == (0, 0, 5000, 0)
    assert about_records.count() == 5000
