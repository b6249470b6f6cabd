"""Evidence in a real browser: asked with the keyboard, on a phone and in the dark (EVD-1, UI-1)."""

from typing import Any

import pytest

from activities.assets.naming import CROWD
from activities.evidence.indexing import index_missing
from advocacy import clock
from advocacy.embedded import paths
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import tenant_scope
from advocates.people.outcomes import add_outcome
from tests.e2e.test_today import signed_in
from tests.factories.advocates import AccountFactory, AdvocateFactory, ConsentFactory
from tests.factories.assets import AssetFactory
from tests.factories.requests import OpportunityFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium

TEXTS = {
    "quote": "Picking took two hours. Now it is forty minutes in every warehouse, and mistakes fell"
    " by 62 percent.",
    "case_study": "We replaced the lists of four warehouses in eleven days, and nobody worked a"
    " weekend. Mistakes went away by themselves.",
}


def test_a_question_is_asked_and_answered(live_server: Any, request: pytest.FixtureRequest) -> None:
    """EVD-1.a, EVD-1.b: typed and sent with Enter, the address keeps it, a filter narrows at once;
    the words that were looked for are marked; nothing is wider than a phone.
    """
    shots = paths.ROOT / "screenshots"
    keep = request.config.getoption("--screenshots")
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        sales, manager = MembershipFactory(role="sales"), MembershipFactory(role="program_manager")
        today = clock.today(tenant.zone)
        for title, kind in (("Forty minutes", "quote"), ("How Isdom moved", "case_study")):
            asset = AssetFactory(
                title=title,
                body=TEXTS[kind],
                kind=kind,
                published=True,
                language="en",
                advocate__account__industry="Logistics",
            )
            ConsentFactory(advocate=asset.advocate, use="quote", given_on=today)
        AssetFactory(title="Not yet", body="Warehouse mistakes went away.", kind="quote")
        anonymous = AdvocateFactory(account__industry="Retail")
        # The industry of a crowd is told, that of one customer names them.
        AdvocateFactory.create_batch(CROWD, account__industry="Retail")
        ConsentFactory(advocate=anonymous, use="quote", given_on=today)
        add_outcome(
            actor=Actor.member(manager),
            advocate=anonymous,
            metric="Mistakes in the warehouse",
            before="90",
            after="12",
            period="a month",
            may_be_quoted=True,
        )
        index_missing(tenant.pk)
        deal = OpportunityFactory(account=AccountFactory(industry="Logistics"), owner=sales)
    base = f"{live_server.url}/t/acme/"
    with chromium() as browser:
        page = signed_in(browser, sales, live_server.url)
        page.goto(f"{base}evidence/")
        page.focus("#evidence-filters [name=q]")
        page.keyboard.type("How many mistakes in the warehouse?")
        page.keyboard.press("Enter")
        page.wait_for_selector("mark:has-text('mistakes')")
        assert "q=How" in page.url
        assert page.locator("text=A customer in Retail").count() == 1
        assert page.locator("text=Not yet").count() == 0
        assert axe.violations(page) == []
        if keep:
            page.screenshot(path=shots / "evidence-1440.png")
        page.select_option("#evidence-filters [name=kind]", "quote")
        page.wait_for_url("**kind=quote**")
        page.wait_for_selector("text=How Isdom moved", state="detached")
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
        page.reload()
        page.wait_for_selector("mark")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe.violations(page) == []
        if keep:
            page.screenshot(path=shots / "evidence-390-dark.png")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(f"{base}requests/new/?opportunity={deal.pk}")
        page.wait_for_selector("text=would one of these do?")
        assert axe.violations(page) == []
        if keep:
            page.screenshot(path=shots / "evidence-form.png", full_page=True)
        page.goto(f"{base}opportunities/{deal.pk}/")
        page.wait_for_selector("text=Evidence for this deal")
        assert axe.violations(page) == []
        if keep:
            page.screenshot(path=shots / "evidence-deal.png")
        staff = signed_in(browser, manager, live_server.url)
        staff.goto(f"{base}evidence/?q=warehouse mistakes")
        staff.wait_for_selector(".tone-danger >> text=May not be shared")
        assert axe.violations(staff) == []
        if keep:
            staff.screenshot(path=shots / "evidence-staff.png")
        assert page.trouble == staff.trouble == []
