"""The bell in a real browser: by keyboard, on a phone, and without seeing it (UI-1)."""

from typing import Any

import pytest

from advocacy.embedded import paths
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from reporting.models import News
from tests.factories.reporting import NewsFactory
from tests.factories.tenancy import TenantsFactory
from tests.support import axe
from tests.support.browser import aside, chromium
from tests.support.walk import cookie_of


def unread(tenant: Tenant) -> int:
    with tenant_scope(tenant):
        return News.objects.filter(read_at=None).count()


def test_from_the_bell_to_the_thing(live_server: Any, request: pytest.FixtureRequest) -> None:
    """UI-1.a: the number arrives, Enter opens the panel, all are marked read in place, Escape leads
    back to the bell, and a line leads to its thing; axe finds nothing, and it fits on a phone.
    """
    tenant: Tenant = TenantsFactory(name="Acme", slug="acme")
    keep = request.config.getoption("--screenshots")
    with chromium() as browser:
        cookie = aside(lambda: cookie_of(tenant, Role.SALES, live_server.url))
        for width, theme in ((1440, "light"), (390, "dark")):

            def fill() -> None:
                with tenant_scope(tenant):
                    member = Membership.objects.get(role=Role.SALES)
                    NewsFactory.create_batch(3, member=member)

            aside(fill)
            context = browser.new_context(viewport={"width": width, "height": 844})
            context.add_cookies([cookie])
            page = context.new_page()
            trouble: list[str] = []
            page.on("pageerror", lambda error, trouble=trouble: trouble.append(str(error)))
            page.goto(f"{live_server.url}/t/acme/")
            page.evaluate("t => document.documentElement.setAttribute('data-bs-theme', t)", theme)
            page.locator("#bar-count-news .nav-count").wait_for()
            bell = page.locator(".bar-link")
            bell.focus()
            page.keyboard.press("Enter")
            page.wait_for_selector("#panel[open] .news-line.news-unread")
            if keep:
                page.screenshot(path=paths.ROOT / "screenshots" / f"news-{width}-{theme}.png")
            assert axe.violations(page) == []
            page.get_by_role("button", name="Mark all read").press("Enter")
            page.wait_for_selector("#panel[open] .news:not(:has(.news-unread))")
            assert page.locator("#bar-count-news .nav-count").count() == 0
            assert aside(lambda: unread(tenant)) == 0
            page.keyboard.press("Escape")
            assert not page.locator("#panel").is_visible()
            assert bell.evaluate("bell => bell === document.activeElement")
            bell.click()
            page.locator("#panel .news-line").first.press("Enter")
            page.wait_for_url("**/requests/*/")
            page.goto(f"{live_server.url}/t/acme/news/")
            page.get_by_role("heading", name="You have read everything").wait_for()
            assert axe.violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert trouble == []
            context.close()
