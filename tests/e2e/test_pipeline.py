"""The board of the way in, in a real browser: by keyboard and by dragging (ENR-1)."""

from typing import Any

from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate
from tests.e2e.test_today import signed_in
from tests.factories.advocates import AccountFactory, AdvocateFactory, set_up
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium


def test_the_board_by_keyboard_and_by_dragging(live_server: Any) -> None:
    """ENR-1.a: a card's menu opens with the keyboard and leads to the move's form in the panel;
    dragging to another column opens the same form, and to one that no step leads to says so. A list
    on a phone.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        set_up()
        manager = MembershipFactory(role="program_manager")
        account = AccountFactory.create(owner=manager)
        ana: Advocate = AdvocateFactory.create(
            account=account, first_name="Ana", last_name="Lima", status="qualified"
        )
    with chromium() as browser:
        page = signed_in(browser, manager, live_server.url)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{live_server.url}/t/acme/advocates/pipeline/")
        assert axe.violations(page) == []
        page.focus("summary[aria-label='Move Ana Lima']")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel[open] >> text=Get to know Ana Lima better")
        page.keyboard.press("Escape")
        page.wait_for_selector("#panel[open]", state="hidden")

        page.click("h1")  # the menu closes
        page.drag_and_drop("[data-card]", "[data-stage=declined]")
        page.wait_for_selector("text=That step is not possible from here")
        page.drag_and_drop("[data-card]", "[data-stage=cultivating]")
        page.wait_for_selector("#panel[open] >> text=Get to know Ana Lima better")
        page.check("#panel [name=touch][value=preview]")
        page.click("#panel .btn-primary")
        page.wait_for_selector("[data-stage=cultivating] >> text=Ana Lima")
        page.set_viewport_size({"width": 390, "height": 844})
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert page.trouble == []
    with tenant_scope(tenant):
        assert ana.reload().status == "cultivating"
