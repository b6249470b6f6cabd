"""The palette in a real browser: by keyboard, on a phone, and without seeing it (UI-3)."""

from typing import Any

import pytest

from advocacy.embedded import paths
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import TenantsFactory
from tests.support import axe
from tests.support.browser import aside, chromium
from tests.support.walk import cookie_of


def make() -> Tenant:
    tenant: Tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        account = AccountFactory(name="Nordlink", industry="Telecommunications")
        for first, last, title in (
            ("Amara", "Adler", "CIO"),
            ("Amara", "Berg", "Finance Manager"),
            ("Fatima", "Amadi", "COO"),
        ):
            AdvocateFactory(first_name=first, last_name=last, job_title=title, account=account)
        RequestFactory(prospect="Amazing Telco", state="submitted")
    return tenant


def test_from_ctrl_k_to_a_page(live_server: Any, request: pytest.FixtureRequest) -> None:
    """UI-3.a: opened by keyboard or press, moved through by arrows, opened by Enter, left by
    Escape; axe finds nothing in it, light or dark, and it fits on a phone.
    """
    tenant = make()
    keep = request.config.getoption("--screenshots")
    with chromium() as browser:
        cookie = aside(lambda: cookie_of(tenant, Role.PROGRAM_MANAGER, live_server.url))
        for width, theme in ((1440, "light"), (390, "dark")):
            context = browser.new_context(viewport={"width": width, "height": 844})
            context.add_cookies([cookie])
            page = context.new_page()
            trouble: list[str] = []
            page.on("pageerror", lambda error, trouble=trouble: trouble.append(str(error)))
            page.goto(f"{live_server.url}/t/acme/activities/")
            page.evaluate("t => document.documentElement.setAttribute('data-bs-theme', t)", theme)
            page.keyboard.press("Control+k")
            page.wait_for_selector("#palette[open] .palette-hit")
            page.keyboard.type("ama")
            page.get_by_role("option", name="Amara Adler").wait_for()
            if keep:
                page.screenshot(path=paths.ROOT / "screenshots" / f"palette-{width}-{theme}.png")
            assert axe.violations(page) == []
            options = page.locator("#palette-list [role=option]")
            assert options.nth(0).get_attribute("aria-selected") == "true"
            page.keyboard.press("ArrowDown")
            assert options.nth(1).get_attribute("aria-selected") == "true"
            page.keyboard.press("Escape")
            assert not page.locator("#palette").is_visible()
            page.keyboard.press("Control+k")
            page.keyboard.type("berg amara")
            page.get_by_role("option", name="Amara Adler").wait_for(state="detached")
            page.get_by_role("option", name="Amara Berg").wait_for()
            page.keyboard.press("Enter")
            page.get_by_role("heading", name="Amara Berg").wait_for()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert trouble == []
            context.close()
