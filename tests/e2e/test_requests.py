"""From a request to a booked call in a real browser, three people on three screens
(REQ-1, ASK-1, FUL-1, UI-1).
"""

from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from advocacy.messaging.links import link_url
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from requests.mails import link_of
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.scheduling.choosing import booking_link
from tests.conftest import BACKEND
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium


def signed_in(browser: Any, member: Membership, address: str) -> Any:
    """A page in which a member is signed in."""
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context.new_page()


def test_from_the_request_to_the_booked_call(live_server: Any) -> None:
    """REQ-1, ASK-1.b, FUL-1.a, FUL-1.b, FUL-1.c, UI-1: sales asks, the manager drafts and sends,
    Ana says yes on her phone, sales books and takes it back, the prospect picks the time on
    theirs. Each screen is accessible.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        manager, sales = MembershipFactory(), MembershipFactory(role="sales")
        ana = ReadyFactory(first_name="Ana", last_name="Lima", account__industry="Healthcare")
        ReadyFactory(first_name="Jo", last_name="Park", account__industry="Healthcare")
    base = f"{live_server.url}/t/acme/requests/"
    with chromium() as browser:
        requester = signed_in(browser, sales, live_server.url)
        requester.goto(f"{base}new/")
        requester.select_option("[name=activity_type]", label="Reference call")
        requester.wait_for_selector("#request-said .form-hint")
        requester.fill("[name=prospect]", "Isdom")
        requester.click("text=Describe the prospect better")
        requester.fill("[name=industry]", "Healthcare")
        requester.evaluate(
            "() => { const day = new Date(Date.now() + 14 * 864e5).toISOString().slice(0, 10);"
            " document.querySelector('[name=needed_by]').value = day; }"
        )
        requester.click("#request-form button.btn-primary")
        requester.wait_for_selector("h1:has-text('Reference call for Isdom')")
        assert axe.violations(requester) == []

        with tenant_scope(tenant):
            request = Request.objects.get()
        program = signed_in(browser, manager, live_server.url)
        program.goto(f"{base}{request.pk}/")
        program.fill("#who", "park")
        program.wait_for_selector("#why-not >> text=Jo Park")
        program.click("li.match-row:has-text('Ana Lima') >> text=Draft ask")
        program.wait_for_selector("#panel[open] textarea")
        assert axe.violations(program) == []
        program.fill(f"[name='{ana.pk}-subject']", "")
        program.click("#panel-body >> text=Send")
        program.wait_for_selector("#panel-body .field-errors")
        program.fill(f"[name='{ana.pk}-subject']", "Ana, would you talk to a peer?")
        program.click("#panel-body >> text=Send")
        program.wait_for_selector("#asks >> text=Ana Lima")

        with tenant_scope(tenant):
            link = link_of(Ask.objects.get())
            assert link is not None
            path = urlsplit(link_url(link)).path
        phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        phone.goto(live_server.url + path)
        assert phone.locator("input[name=slots]:checked").count() == 0
        assert axe.violations(phone) == []
        phone.click("text=Not this time")
        phone.click("text=Back to yes")
        phone.check("input[name=slots] >> nth=1")
        phone.click("text=Yes, at these times")
        phone.wait_for_selector("text=Thank you, Ana!")
        assert axe.violations(phone) == []

        # Nobody has said where calls take place, so a time asks for it; then it is taken back.
        requester.goto(f"{base}{request.pk}/")
        requester.click("#asks a[href*='/schedule/?slot=']")
        requester.wait_for_selector("#panel[open] [name=location]")
        assert axe.violations(requester) == []
        requester.fill("#panel-body [name=location]", "https://meet.example/isdom")
        requester.fill("#panel-body [name=contacts]", "Jane Roe, jane@isdom.example")
        requester.click("#panel-body button[type=submit]")
        requester.wait_for_selector("text=Brief the prospect before the call.")
        assert requester.is_visible("text=Ana Lima")
        requester.click(".toast-undo button")
        requester.wait_for_selector("text=Pick one of the times offered.")

        # The prospect picks it, on the clock of their own phone.
        requester.click("#asks >> text=Let them choose")
        requester.wait_for_selector("#panel[open] [name=contacts]")
        requester.click("#panel-body button[type=submit]")
        requester.wait_for_selector("text=Sent. You get the invitation")
        with tenant_scope(tenant):
            ask = Ask.objects.get()
            offered = ask.slots.filter(offered=True).get()
            link = booking_link(ask)
            assert link is not None
            path = urlsplit(link_url(link)).path
        phone = browser.new_context(
            viewport={"width": 390, "height": 844}, timezone_id="Asia/Tokyo"
        ).new_page()
        phone.goto(live_server.url + path)
        there = offered.starts_at.astimezone(ZoneInfo("Asia/Tokyo"))
        phone.wait_for_selector(f"text={there:%H:%M}–")
        assert phone.is_visible("text=Tokyo time")
        assert axe.violations(phone) == []
        phone.check("input[name=slot]")
        phone.click("text=Book this time")
        phone.wait_for_selector("text=It is booked.")
        assert axe.violations(phone) == []
    with tenant_scope(tenant):
        request = Request.objects.get()
        assert (request.state, request.time_zone) == (RequestState.SCHEDULED, "Asia/Tokyo")
