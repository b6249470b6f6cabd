"""The shell in a real browser: the folded column, where one is, filters on a phone (UI-1)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.e2e.test_today import signed_in
from tests.factories.advocates import EnrolledFactory
from tests.factories.requests import RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium

#: What is pressed and lower than a thumb needs; links within a sentence or a cell are read first.
SMALL = """() => {
  const bars = ":is(.topbar, .phonebar) :is(a, button, summary)";
  const pressed = `main :is(a, button, select, summary, label), ${bars}`;
  const within = "p, td:not(.list-check, .list-actions), [hidden], .visually-hidden";
  return [...document.querySelectorAll(pressed)]
    .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(within))
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.width > 1 && box.height < 43.5)
    .map(([e, box]) => `${e.className} ${e.textContent.trim().slice(0, 30)} ${box.height}`);
}"""


@pytest.fixture
def member(live_server: Any) -> Membership:
    made: Tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(made):
        EnrolledFactory(last_name="Lima")
        found: Membership = MembershipFactory(role="program_manager", user__name="Priya Nair")
    return found


def test_the_column_folds_and_stays_folded(live_server: Any, member: Membership) -> None:
    """UI-1.b: by keyboard, remembered by the browser before the first paint; the words stay for
    who listens, and show as tips.
    """
    with chromium() as browser:
        page = signed_in(browser, member, live_server.url)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(live_server.url + "/t/acme/")
        button = page.get_by_role("button", name="Fold the column to icons")
        wide = page.locator("#side").bounding_box()["width"]
        button.focus()
        page.keyboard.press("Enter")
        assert page.locator("#side").bounding_box()["width"] < wide / 3
        expect(page.locator("[data-side-toggle]")).to_have_attribute("aria-expanded", "false")
        page.goto(live_server.url + "/t/acme/advocates/")
        assert page.locator("#side").bounding_box()["width"] < wide / 3
        link = page.get_by_role("link", name="Advocates", exact=True)
        link.focus()
        tip = page.evaluate("getComputedStyle(document.activeElement, '::after').content")
        assert "Advocates" in tip
        assert axe.violations(page) == []
        page.get_by_role("button", name="Show the names of the places").click()
        assert page.locator("#side").bounding_box()["width"] == wide
        assert page.trouble == []


def test_the_bar_says_where_one_is(live_server: Any, member: Membership) -> None:
    """UI-1.b: the place, the pages above, this page; on a phone it stands over the heading."""
    with tenant_scope(member.tenant):
        request = RequestFactory(manager=member)
    with chromium() as browser:
        page = signed_in(browser, member, live_server.url)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{live_server.url}/t/acme/requests/{request.pk}/")
        path = page.get_by_role("navigation", name="You are here")
        expect(path).to_have_count(1)
        expect(path.locator("li")).to_have_text(["Requests", request.reference])
        page.set_viewport_size({"width": 390, "height": 844})
        expect(path).to_have_count(1)
        path.get_by_role("link", name="Requests").click()
        page.wait_for_url("**/t/acme/requests/")


def test_filters_on_a_phone_stand_behind_one_button(live_server: Any, member: Membership) -> None:
    """UI-1.a, UI-1.c: with the number of those that are set; open they stay open while the list is
    drawn anew.
    """
    with chromium() as browser:
        page = signed_in(browser, member, live_server.url)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(live_server.url + "/t/acme/advocates/")
        tier = page.locator("select[name=tier]")
        expect(tier).to_be_hidden()
        expect(page.locator("main input[name=q]")).to_be_visible()
        page.get_by_role("button", name="Filters", exact=True).click()
        expect(tier).to_be_visible()
        tier.select_option("gold")
        button = page.get_by_role("button", name="1 filter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(tier).to_be_visible()
        button.click()
        expect(tier).to_be_hidden()
        assert axe.violations(page) == []
        assert page.trouble == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_thumb_can_use_lists(live_server: Any, member: Membership, width: int) -> None:
    """UI-1.a: nothing is wider than the screen, and what is pressed is 44 pixels high or more."""
    with chromium() as browser:
        page = signed_in(browser, member, live_server.url)
        page.set_viewport_size({"width": width, "height": 844})
        for path in ("advocates/", "requests/all/", "activities/", "moments/", "settings/people/"):
            page.goto(f"{live_server.url}/t/acme/{path}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.evaluate(SMALL) == [], path
