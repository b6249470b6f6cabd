"""Resources made with the kit in a real browser: found by words, recorded, decided (UI-1)."""

from typing import Any

from advocacy.tenancy.scope import tenant_scope
from advocates.models import Moment, Signal
from tests.e2e.test_today import signed_in
from tests.factories.advocates import AdvocateFactory
from tests.factories.moments import MomentFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium


def test_recorded_and_decided_in_a_browser(live_server: Any) -> None:
    """ADV-5.a, MOM-1.c, UI-1: with the keyboard alone; Enter in the search saves nothing; a moment
    is celebrated in the panel over Today.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        csm = MembershipFactory(role="csm")
        frank = AdvocateFactory(
            first_name="Frank", last_name="Murphy", account__owner=csm, account__name="Isdom"
        )
        MomentFactory(account=frank.account)
    base = f"{live_server.url}/t/acme/"
    with chromium() as browser:
        page = signed_in(browser, csm, live_server.url)
        page.goto(f"{base}signals/new/")
        page.focus("[name=advocate-words]")
        page.keyboard.type("murphy")
        page.wait_for_selector("input[name=advocate]:checked")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.select_option("[name=kind]", "peer")
        page.fill("[name=seen_on]", "2026-01-05")
        assert axe.violations(page) == []
        page.click("#form .btn-primary")  # "where" is missing
        page.wait_for_selector(".error-summary")
        assert page.locator("input[name=advocate]:checked").count() == 1
        page.fill("[name=source]", "A fair in Linz")
        page.click("#form .btn-primary")
        page.wait_for_selector("h1:has-text('Told a peer')")
        assert axe.violations(page) == []

        page.goto(f"{base}?kind=moments")
        page.click("a:has-text('Isdom: Outcome reached')")
        page.wait_for_selector("#panel[open] >> text=testimonial")
        page.click("#panel >> text=Celebrate")
        page.fill("#panel [name=said]", "Well done!")
        page.click("#panel .btn-primary")
        page.wait_for_selector("#panel[open]", state="hidden")
        assert [said for said in page.trouble if "422" not in said] == []
    with tenant_scope(tenant):
        assert Signal.objects.get().advocate == frank
        assert Moment.objects.get().said == "Well done!"
