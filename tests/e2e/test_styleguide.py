"""The design system in a real browser: accessible in both themes, workable from the keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import axe
from tests.support.breadth import FULL
from tests.support.browser import chromium, queue_ready

pytestmark = [
    pytest.mark.urls("tests.web.urls"),
    pytest.mark.django_db(transaction=True),
]

GUIDE = "/dev/styleguide/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(params=[1440, 390] if FULL else [1440], ids=lambda width: f"{width}px")
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    opened.trouble = []
    opened.on(
        "console", lambda said: opened.trouble.append(said.text) if said.type == "error" else None
    )
    opened.on("pageerror", lambda error: opened.trouble.append(str(error)))
    yield opened
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"] if FULL else ["dark"])
def test_no_accessibility_violations(page: Any, live_server: Any, theme: str) -> None:
    """UI-1.a: axe finds nothing, nothing is wider than the screen, the content policy holds."""
    page.goto(live_server.url + GUIDE)
    axe.use_theme(page, theme)
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Side panel")
    page.wait_for_selector("#panel[open] [data-panel-title]")
    assert axe.violations(page) == []
    page.goto(f"{live_server.url}{GUIDE}portal/")
    assert axe.violations(page) == []
    assert page.trouble == []


def test_queue_from_the_keyboard(page: Any, live_server: Any) -> None:
    """UI-1, UI-2: J moves, Enter opens the panel, Escape gives the focus back, S opens its form."""
    page.goto(live_server.url + GUIDE)
    queue_ready(page)
    rows = page.locator("[data-row]").count()
    page.keyboard.press("j")
    page.keyboard.press("j")
    title = page.evaluate("document.activeElement.textContent")
    assert title == page.locator("[data-row] [data-open]").nth(1).text_content()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel[open]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == title
    page.keyboard.press("s")
    page.wait_for_selector("#panel[open]")
    assert page.locator("[data-row]").count() == rows
    assert page.trouble == []


def test_shortcuts_can_be_switched_off(page: Any, live_server: Any) -> None:
    """UI-1 (WCAG 2.1.4): single-letter keys are a person's choice, kept on this device."""
    page.goto(live_server.url + GUIDE)
    page.evaluate("localStorage.setItem('keys', 'off')")
    page.reload()
    page.keyboard.press("j")
    assert page.locator(".is-current").count() == 0


def test_confirmation_asks_first(page: Any, live_server: Any) -> None:
    """UI-1: what cannot be undone is asked about; cancelling does nothing."""
    page.goto(live_server.url + GUIDE)
    page.click("text=Asks first")
    assert page.locator("#confirm").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.url.endswith(GUIDE)
    page.click("text=Asks first")
    page.click("#confirm [data-confirm-ok]")
    page.wait_for_url("**?")


def test_bulk_bar_counts(page: Any, live_server: Any) -> None:
    """UI-1: the bar of bulk actions appears with the first tick and says how many."""
    page.goto(live_server.url + GUIDE)
    bar = page.locator("#list-full-bulk")
    assert bar.is_hidden()
    page.locator('#list-full input[name="ids"]').first.check()
    assert "1 selected" in bar.inner_text()
    page.locator("#list-full [data-bulk-page]").check()
    assert "4 selected" in bar.inner_text()
    assert "all 1,000+ that match" in bar.inner_text()
