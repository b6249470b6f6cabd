"""Signing in on a phone: the mailed link, the app, a recovery code (ID-1, UI-1)."""

from typing import Any

import pytest

from advocacy.embedded import paths
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import PASSWORD, MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium
from tests.support.codes import TWO_STEP, App
from tests.support.mail import mailed_secret
from tests.support.time import Clock


def test_with_link_app_and_recovery_code(
    live_server: Any, clock: Clock, request: pytest.FixtureRequest
) -> None:
    """ID-1.a, UI-1: every step works on a phone, is accessible, and keeps to the content policy."""
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        email = MembershipFactory(user__name="Ada").user.email
    # Before the browser: what asks the database in its loop does so on a connection of its own.
    secret = mailed_secret(email)
    trouble: list[str] = []
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and trouble.append(said.text))

        def look(name: str) -> None:
            trouble.extend(f"{name}: {found}" for found in axe.violations(page))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                trouble.append(f"{name}: wider than the screen")
            if request.config.getoption("--screenshots"):
                picture = paths.ROOT / "screenshots" / f"signing-in-{name}.png"
                page.screenshot(path=picture, full_page=True)

        def leave() -> None:
            # Off the page first: its questions for counts would come back as refused.
            page.goto("about:blank")
            context.clear_cookies()

        page.goto(f"{live_server.url}/sign-in/link/{secret}/")
        look("link")
        page.click("main button")
        page.wait_for_url("**/t/acme/**")
        page.goto(live_server.url + TWO_STEP)
        look("off")
        page.click("text=Set it up")
        page.wait_for_selector("svg .qrline")
        look("set-up")
        app = App(page.inner_text("main code"))
        page.fill("[name=code]", app.code())
        page.click("text=Turn on")
        page.wait_for_selector("text=Keep them now")
        look("codes")
        recovery = page.locator("main code").first.inner_text()
        page.click("text=I have kept them")
        page.wait_for_selector("text=10 of your 10")
        look("on")
        page.goto(f"{live_server.url}{TWO_STEP}off/")
        look("turn-off")
        leave()
        for name, code in (("code", ""), ("recovery", recovery)):
            page.goto(f"{live_server.url}/sign-in/")
            page.fill("[name=username]", email)
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_selector("[name=code]")
            if code:
                page.click("text=Use a recovery code")
                page.wait_for_url("**recovery=1")
            look(name)
            clock.advance(seconds=30)
            page.fill("[name=code]", code or app.code())
            page.click("main button")
            page.wait_for_url("**/t/acme/**")
            leave()
        context.close()
    assert not trouble, "\n".join(trouble)
