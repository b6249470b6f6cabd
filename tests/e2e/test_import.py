"""An import in a browser, from the files to the report, each station looked at (IMP-1, UI-1)."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from imports import services as imports
from imports.leases import claim
from imports.working import work_on, work_on_imports
from tests.factories.tenancy import TenantsFactory
from tests.support.browser import aside, chromium
from tests.support.walk import cookie_of, look
from tests.support.workbooks import HEADINGS, ROW, ole, sheet, workbook

FIRMS = "Id,Name,NumberOfEmployees\nA-1,Quantum,250\nA-2,Kanfase,many\nA-3,Isdom,12\n"
PEOPLE = "Kennung,Nachname,Firma\nC-1,Limá,A-1\nC-2,Park,A-9\n"


def one_batch(tenant: Tenant) -> None:
    """What a worker does before it dies."""
    lease = claim(tenant.pk)
    assert lease is not None
    work_on(lease, ends=0)


def names(tenant: Tenant) -> list[str]:
    with tenant_scope(tenant):
        return sorted(Account.objects.values_list("name", flat=True))


def test_an_import_from_files_to_report(
    live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IMP-1.a, IMP-1.b, IMP-1.c, UI-1.a: upload, columns by hand, check, progress that moves,
    report, rejected rows; every station is accessible in both themes and fits a phone.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    cookie = cookie_of(tenant, "program_manager", live_server.url)
    monkeypatch.setattr(imports, "BATCH", 2)
    (tmp_path / "firms.csv").write_text(FIRMS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    with chromium() as browser:
        context = browser.new_context()
        context.add_cookies([cookie])
        page = context.new_page()
        trouble: list[str] = []

        def looks_right(station: str) -> None:
            trouble.extend(look(page, f"import, {station}", keep=False))
            page.set_viewport_size({"width": 1440, "height": 900})

        page.goto(f"{live_server.url}/t/acme/settings/import/")
        looks_right("nothing yet")
        page.get_by_label("Files").set_input_files(
            [tmp_path / "firms.csv", tmp_path / "people.csv"]
        )
        page.get_by_role("button", name="Upload").click()

        expect(page.get_by_role("heading", name="Reading the files")).to_be_visible()
        looks_right("waiting for a reader")
        aside(lambda: work_on_imports(tenant.pk))
        # The page notices by itself.
        expect(page.get_by_role("heading", name="What are these columns?")).to_be_visible()
        looks_right("columns")
        page.get_by_label("Holds").nth(0).select_option(label="Contacts")
        page.get_by_role("button", name="Use this").click()
        expect(page.get_by_label("Kennung")).to_be_visible()
        page.get_by_label("Kennung").select_option(label="Id in the CRM")
        page.get_by_role("button", name="Check all rows").click()
        expect(page.get_by_role("alert")).to_contain_text("No column is “Last name” yet")
        looks_right("columns with something missing")
        page.get_by_label("Nachname").select_option(label="Last name")
        page.get_by_label("Firma").select_option(label="Id of the account")
        page.get_by_role("button", name="Check all rows").click()

        bars = page.get_by_role("progressbar")
        expect(bars).to_have_count(2)
        expect(bars.first).to_have_attribute("value", "0")
        looks_right("waiting for the check")
        aside(lambda: one_batch(tenant))
        expect(bars.first).to_have_attribute("value", "2")
        aside(lambda: work_on_imports(tenant.pk))
        # The page notices by itself.
        expect(page.get_by_role("heading", name="2 rows would not get in")).to_be_visible()
        looks_right("checked")
        assert aside(lambda: names(tenant)) == []

        page.get_by_role("button", name=re.compile("Import 3 records")).click()
        expect(page.get_by_role("heading", name="Importing")).to_be_visible()
        looks_right("importing")
        aside(lambda: work_on_imports(tenant.pk))
        expect(page.get_by_role("heading", name="2 rows did not get in")).to_be_visible()
        looks_right("done")
        with page.expect_download() as fetched:
            page.get_by_role("link", name="The row that did not get in").first.click()
        assert fetched.value.suggested_filename == "firms-not-imported.csv"
    assert names(tenant) == ["Isdom", "Quantum"]
    assert not trouble, "\n".join(trouble)


def test_files_that_cannot_be_read(live_server: Any, tmp_path: Path) -> None:
    """BAD-1, UI-1: while files are read there is a progress bar; then a sentence for each that
    cannot be, in both themes and on a phone.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    cookie = cookie_of(tenant, "program_manager", live_server.url)
    (tmp_path / "firms.csv").write_text(FIRMS)
    far = ROW.replace('r="2"', 'r="20000000000"')
    (tmp_path / "gap.xlsx").write_bytes(workbook(sheet(HEADINGS + far)))
    (tmp_path / "locked.xlsx").write_bytes(ole(password=True))
    with chromium() as browser:
        context = browser.new_context()
        context.add_cookies([cookie])
        page = context.new_page()
        trouble: list[str] = []
        page.goto(f"{live_server.url}/t/acme/settings/import/")
        page.get_by_label("Files").set_input_files(sorted(tmp_path.iterdir()))
        page.get_by_role("button", name="Upload").click()
        expect(page.get_by_role("heading", name="Reading the files")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_count(3)
        trouble += look(page, "import-reading", keep=False)
        aside(lambda: work_on_imports(tenant.pk))
        # The page notices by itself.
        expect(page.get_by_text("gap.xlsx has cells where Excel has neither")).to_be_visible()
        expect(page.get_by_text("locked.xlsx is protected with a password")).to_be_visible()
        trouble += look(page, "import-refused", keep=False)
        page.get_by_role("button", name="Throw away").click()
        expect(page.get_by_text("Nothing was imported yet")).to_be_visible()
    assert not trouble, "\n".join(trouble)
