"""Today in a real browser, worked from the keyboard: match, put off, tick, hand over (UI-2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from advocacy import clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from reporting.models import Snooze
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.conftest import BACKEND
from tests.factories.requests import ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium, queue_ready
from tests.support.program import make_program

HOME = "/t/acme/"


def signed_in(browser: Any, member: Membership, address: str) -> Any:
    """A page in which a member is signed in; what goes wrong in it is kept in ``trouble``."""
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    page = context.new_page()
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.trouble.append(said.text))
    return page


@pytest.fixture
def tenant(live_server: Any) -> Tenant:
    """A program with two people who can be asked, and a manager's queue."""
    made: Tenant = TenantsFactory(name="Acme", slug="acme")
    return made


@pytest.fixture
def cast(tenant: Tenant) -> dict[str, Membership]:
    """Who works with whom."""
    with tenant_scope(tenant):
        manager = MembershipFactory(role="program_manager", user__name="Priya")
        return {
            "manager": manager,
            "colleague": MembershipFactory(role="admin", user__name="Sam"),
            "csm": make_program(manager=manager).csm,
        }


def requests_for(manager: Membership, *prospects: str) -> list[Request]:
    """Requests to match, the first the most urgent."""
    return [
        RequestFactory.create(
            state=RequestState.SUBMITTED,
            manager=manager,
            prospect=prospect,
            industry="Healthcare",
            answer_due_at=clock.now() + timedelta(days=20, hours=place),
        )
        for place, prospect in enumerate(prospects)
    ]


def test_from_row_to_row_without_leaving_the_keyboard(
    live_server: Any, tenant: Tenant, cast: dict[str, Membership]
) -> None:
    """UI-2.a: J, Enter, draft, send: the row leaves, the next one is open; Escape gives it back."""
    with tenant_scope(tenant):
        for name in ("Ana", "Jo"):
            ReadyFactory(first_name=name, last_name="Lima", account__industry="Healthcare")
        first, second = requests_for(cast["manager"], "Isdom", "Cancity")
    with chromium() as browser:
        page = signed_in(browser, cast["manager"], live_server.url)
        page.goto(live_server.url + HOME)
        queue_ready(page)
        assert page.is_visible("text=2 things need you")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel[open] >> text=Who fits best")
        assert axe.violations(page) == []
        page.click("#panel-body >> text=Draft ask >> nth=0")
        page.wait_for_selector("#panel-body textarea")
        page.click("#panel-body >> text=Back")
        page.wait_for_selector("#panel-body >> text=Who fits best")
        page.click("#panel-body >> text=Draft ask >> nth=0")
        page.wait_for_selector("#panel-body textarea")
        page.click("#panel-body button:has-text('Send')")
        # The next row's panel is open by itself, over a queue that is one row shorter.
        page.wait_for_selector("#panel-body h2 >> text=Cancity")
        assert page.is_visible("#panel[open]")
        expect(page.locator("#today-head h1")).to_have_text("1 thing needs you")
        expect(page.locator("#count-today .nav-count")).to_contain_text("1")
        expect(page.locator("#toasts")).to_contain_text("Sent to ")
        page.keyboard.press("Escape")
        expect(page.locator("#panel[open]")).to_have_count(0)
        expect(page.locator(f"#row-triage-{second.pk} [data-open]")).to_be_focused()
        assert page.trouble == []
    with tenant_scope(tenant):
        assert Ask.objects.get().request == first


def test_a_late_answer_does_not_take_the_panel(
    live_server: Any, tenant: Tenant, cast: dict[str, Membership]
) -> None:
    """UI-2.a: what was opened last stays open, whichever answer comes last."""
    with tenant_scope(tenant):
        first, second = requests_for(cast["manager"], "Isdom", "Cancity")
    held: list[Any] = []
    with chromium() as browser:
        page = signed_in(browser, cast["manager"], live_server.url)
        page.goto(live_server.url + HOME)
        queue_ready(page)
        page.route(f"**/requests/{first.pk}/", lambda route: held.append(route))
        page.click(f"#row-triage-{first.pk} [data-open]")
        page.click(f"#row-triage-{second.pk} [data-open]")
        page.wait_for_selector("#panel-body h2 >> text=Cancity")
        with page.expect_response(f"**/requests/{first.pk}/"):
            held[0].continue_()
        page.wait_for_timeout(300)
        expect(page.locator("#panel-body h2")).to_contain_text("Cancity")
        assert page.evaluate("document.querySelector('#panel-body').inert") is False
        assert page.trouble == []


def test_put_off_and_taken_back(
    live_server: Any, tenant: Tenant, cast: dict[str, Membership]
) -> None:
    """UI-2.a: S, Enter: gone until tomorrow morning; the toast takes it back; it is shown below."""
    with tenant_scope(tenant):
        _first, second = requests_for(cast["manager"], "Isdom", "Cancity")
    with chromium() as browser:
        page = signed_in(browser, cast["manager"], live_server.url)
        page.goto(live_server.url + HOME)
        queue_ready(page)
        page.keyboard.press("j")
        page.keyboard.press("s")
        page.wait_for_selector("#panel[open] .moments")
        assert axe.violations(page) == []
        expect(page.locator("#panel-body .moment").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#panel[open]")).to_have_count(0)
        expect(page.locator("[data-queue] [data-row]")).to_have_count(1)
        expect(page.locator(f"#row-triage-{second.pk} [data-open]")).to_be_focused()
        page.wait_for_selector("#queue >> text=1 snoozed")
        page.click("#toasts >> text=Undo")
        expect(page.locator("[data-queue] [data-row]")).to_have_count(2)
        assert page.locator(".queue-asleep").count() == 0
        page.keyboard.press("s")
        page.click("#panel-body .moment >> nth=-1")
        page.click("#queue summary >> text=1 snoozed")
        assert axe.violations(page) == []
        page.click("#queue >> text=Wake")
        expect(page.locator("[data-queue] [data-row]")).to_have_count(2)
        assert page.trouble == []
    with tenant_scope(tenant):
        assert Snooze.objects.count() == 0


def test_many_at_once(live_server: Any, tenant: Tenant, cast: dict[str, Membership]) -> None:
    """UI-2.a: X ticks, the bar says how many, and a colleague has them."""
    with tenant_scope(tenant):
        requests_for(cast["manager"], "Isdom", "Cancity", "Kanfase")
    with chromium() as browser:
        page = signed_in(browser, cast["manager"], live_server.url)
        page.goto(live_server.url + HOME)
        queue_ready(page)
        for key in "jxjx":
            page.keyboard.press(key)
        expect(page.locator("#queue-bulk")).to_contain_text("2 selected")
        assert axe.violations(page) == []
        page.click("#queue-bulk >> text=Hand over")
        page.wait_for_selector("#panel[open] [name=to]")
        page.select_option("#panel-body [name=to]", label="Sam")
        page.click("#panel-body button[type=submit]")
        expect(page.locator("[data-queue] [data-row]")).to_have_count(1)
        expect(page.locator("#panel[open]")).to_have_count(0)
        expect(page.locator("#toasts")).to_contain_text("Sam has these 2 now.")
        assert page.trouble == []
    with tenant_scope(tenant):
        assert Request.objects.filter(manager=cast["colleague"]).count() == 2


def test_the_chart_is_a_picture_with_its_table(
    live_server: Any, tenant: Tenant, cast: dict[str, Membership]
) -> None:
    """UI-1, UI-2.b: bars in both themes without a script, each with its words, and the same as a
    table.
    """
    with tenant_scope(tenant):
        make_program(manager=cast["manager"]).completed(hours_ago=1)
    with chromium() as browser:
        page = signed_in(browser, cast["manager"], live_server.url)
        page.goto(live_server.url + HOME)
        bar = page.get_by_role("link", name=": 1 (")
        assert bar.bounding_box()["height"] > 100
        page.click("text=As a table")
        assert page.locator("#chart-activities_by_month tbody tr").count() == 12
        for theme in ("dark", "light"):
            page.evaluate(
                "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
            )
            assert axe.violations(page) == []
        bar.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/activities/?*")
        assert page.locator("tr[id^=row-]").count() == 1
        assert page.trouble == []
