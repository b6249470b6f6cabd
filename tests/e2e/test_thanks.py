"""The thanks desk in a real browser, worked from the keyboard (UI-2, THX-3)."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.scope import tenant_scope
from tests.conftest import BACKEND
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium, queue_ready
from tests.support.program import make_program


def test_one_after_the_other_from_the_keyboard(live_server: Any) -> None:
    """UI-2.a, THX-3.b: J, Enter, a line, Send: the mail is out and the next letter is open."""
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory())
        for hours in (30, 20):
            program.completed(hours_ago=hours)
    client = Client()
    client.force_login(program.csm.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = browser.new_context()
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(f"{live_server.url}/t/acme/thanks/")
        queue_ready(page)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector("#panel[open] .letter")
        assert axe.violations(page) == []
        page.click("#panel-body >> text=Send")
        page.wait_for_selector("#panel-body .field-errors")
        page.fill("#panel-body [name=personal_line]", "Your example from Lyon stuck with me.")
        page.click("#panel-body >> text=Preview")
        page.wait_for_selector("#letter-preview >> text=Your example from Lyon stuck with me.")
        page.click("#panel-body >> text=Send")
        page.wait_for_selector("#desk-head >> text=1 thank-you waits")
        expect(page.locator("#panel-body [name=personal_line]")).to_have_value("")
        assert page.is_visible("#panel[open] .letter")
        assert page.locator("[data-queue] [data-row]").count() == 1
        context.close()
    with tenant_scope(tenant):
        mail = OutgoingMail.objects.get(kind="thank-you")
        assert "Your example from Lyon stuck with me." in mail.text
