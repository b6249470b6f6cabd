"""The import, as a browser sees it."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account, ImportRun

ClientFor = Callable[[Membership | None], Client]
HERE = "/t/acme/settings/import/"


def file(name: str, body: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body.encode(), content_type="text/csv")


def test_upload_report_and_errors(tenant: Tenant, alice: Membership, client_for: ClientFor) -> None:
    """IMP-1, BAD-1, REP-1: counts, what was wrong where, and a file of it that is safe to open."""
    client = client_for(alice)
    good = "External_Id__c,Name\nA-1,Quantum\n"
    people = "External_Id__c,LastName,Account:External_Id__c\nC-1,Lima,A-1\nC-2,Park,=A9\n"
    answer = client.post(HERE, {"uploads": [file("people.csv", people), file("firms.csv", good)]})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "1 row did not get in" in page
    assert "people.csv, row 3" in page
    with tenant_scope(tenant):
        run = ImportRun.objects.get()
        assert (run.created, run.skipped, run.started_by) == (2, 1, alice)
    errors = client.get(f"{HERE}{run.pk}/errors.csv")
    assert errors["Content-Disposition"] == 'attachment; filename="import-errors.csv"'
    assert "people.csv" in errors.content.decode()
    assert "people.csv" in client.get(HERE).content.decode()


def test_unreadable_file_is_said_at_the_form(
    tenant: Tenant, alice: Membership, client_for: ClientFor
) -> None:
    """BAD-1: nothing is saved, and the sentence says which file and why."""
    client = client_for(alice)
    good = file("firms.csv", "External_Id__c,Name\nA-1,Quantum\n")
    answer = client.post(HERE, {"uploads": [good, file("odd.csv", "Colour\nred\n")]})
    assert answer.status_code == 422
    assert "odd.csv" in answer.content.decode()
    assert client.post(HERE).status_code == 422
    with tenant_scope(tenant):
        assert not Account.objects.exists()


def test_only_the_program_imports(bob: Membership, client_for: ClientFor) -> None:
    """ID-2: imports.run."""
    assert client_for(bob).get(HERE).status_code == 403
    assert client_for(bob).post(HERE, {"uploads": [file("a.csv", "x")]}).status_code == 403
