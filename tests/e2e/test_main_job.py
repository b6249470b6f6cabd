"""The main job, end to end: sales asks, the program matches, the account's owner says go and the
advocate answers, both on a phone, the call happens, the thank-you goes out.
"""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, Page

from activities.activities.models import Activity
from advocacy import clock
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.numbers import Undoing
from advocacy.messaging.sending import send_due_mail
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.models import FamilySettings
from advocates.models import Account, Participation
from advocates.program.tiers.services import evaluate_tiers
from benefits.thanks.models import ThankYou
from requests.models import Request
from tests.conftest import BACKEND
from tests.factories.requests import OpportunityFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import aside, chromium
from tests.support.program import make_program

PHONE = {"width": 390, "height": 844}


def signed_in(browser: Browser, url: str, cookie: str) -> Page:
    """A browser of one colleague."""
    context = browser.new_context()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
    return context.new_page()


def cookie_of(member: Membership) -> str:
    """A session of a member."""
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_from_the_request_to_the_thank_you(live_server: Any) -> None:
    """REQ-1, MAT-1, ASK-1.b, ASK-2.a, ID-3.a, ACT-2.b, THX-1.a, TIER-3.a, UI-2.a: the main job
    in the browser.
    """
    tenant = TenantsFactory(name="Acme", slug="acme", time_zone="UTC")
    with tenant_scope(tenant):
        program = make_program(
            manager=MembershipFactory(role="program_manager"), owners_have_a_say=True
        )
        sales = MembershipFactory(role="sales", meeting_place="https://meet.example/sales")
        Account.objects.filter(pk=program.advocate.account_id).update(
            industry="Energy", health=92, advocacy_allowed=True, lifecycle="customer"
        )
        OpportunityFactory(name="Isdom rollout", prospect_name="Isdom", stage="qualified")
        advocate = program.advocate
        # A slow machine must not be too late for the button.
        FamilySettings(family=Undoing.store, values={"undo_seconds": 60}).save()
    url = live_server.url
    sessions = {who: cookie_of(who) for who in (sales, program.manager, program.csm)}

    def mails() -> list[str]:
        with tenant_scope(tenant):
            # As if the seconds had passed in which it can be taken back.
            OutgoingMail.objects.filter(state=MailState.QUEUED).update(due_at=clock.now())
        send_due_mail(tenant.pk)
        return [str(message.body) for message in mail.outbox]

    with chromium() as browser:
        # Sales: a deal, what is needed, by when.
        page = signed_in(browser, url, sessions[sales])
        page.goto(f"{url}/t/acme/requests/new/")
        page.locator("#deal").press_sequentially("Isdom")
        page.click("#deals >> text=Isdom rollout")
        page.click(".request-deal:has(.deal-chosen) ~ details summary")
        page.select_option("[name=activity_type]", label="Reference call")
        page.fill("[name=needed_by]", (clock.now() + timedelta(days=14)).date().isoformat())
        page.fill("[name=industry]", "Energy")
        page.fill("[name=questions]", "How long until the first site was live?")
        page.click("text=Submit")
        page.wait_for_selector("h1 >> text=Isdom")
        request_url = page.url
        assert "/requests/" in request_url

        # The program: from Today's row to who fits, a draft, sent, all in the side panel.
        manager = signed_in(browser, url, sessions[program.manager])
        manager.goto(f"{url}/t/acme/")

        def ask_her() -> None:
            manager.click("[data-queue] >> text=Match")
            manager.wait_for_selector(f"#panel[open] .match-row >> text={advocate.name}")
            manager.click("#panel-body >> text=Draft ask")
            manager.wait_for_selector("#panel[open] textarea")
            # Her first ask is a call, not something easy first: a warning, and a reason (CAP-4).
            manager.fill("#panel-body [name$=override_reason]", "She offered it herself.")

        ask_her()
        manager.fill("#panel-body [name$=subject]", "Half an hour for Isdom?")
        assert axe.violations(manager) == []
        manager.click("#panel-body >> button:has-text('Send')")
        # It is the first ask ever, so that it takes a yes of whoever looks after the account.
        manager.wait_for_selector("text=Cleo is asked first: it takes their yes")
        manager.wait_for_selector("#queue >> text=Nothing waits for you")
        # Second thoughts, by keyboard: the row is back, and the letter as it was typed; then she is
        # asked after all.
        manager.locator("#toasts [data-undo] button").press("Enter")
        manager.wait_for_selector("text=Nothing was sent.")
        manager.wait_for_selector("#panel[open] textarea")
        typed = {"subject": "Half an hour for Isdom?", "override_reason": "She offered it herself."}
        for name, text in typed.items():
            assert manager.input_value(f"#panel-body [name$={name}]") == text
        assert manager.locator("[data-queue] [data-row]").count() == 1
        manager.click("#panel-body >> button:has-text('Send')")
        manager.wait_for_selector("#queue >> text=Nothing waits for you")

        # The account's owner, on a phone: nothing has gone to the advocate yet; one tap.
        sent = aside(mails)
        assert not re.findall(r"/p/\S+/ask/", " ".join(sent))
        (asked,) = {found for body in sent for found in re.findall(r"http\S+/p/\S+/say/", body)}
        phone = browser.new_context(viewport=PHONE).new_page()
        phone.goto(re.sub(r"^https?://[^/]+", url, asked))
        go = phone.locator("button:has-text('Go, ask')").bounding_box()
        assert go is not None and go["y"] + go["height"] <= PHONE["height"], go
        assert axe.violations(phone) == []
        phone.click("button:has-text('Go, ask')")
        phone.wait_for_selector("text=is being asked now")

        # The advocate, on a phone: the link from the mail, one time, yes.
        (link,) = {
            found for body in aside(mails) for found in re.findall(r"http\S+/p/\S+/ask/", body)
        }
        phone = browser.new_context(viewport=PHONE).new_page()
        phone.goto(re.sub(r"^https?://[^/]+", url, link))
        assert phone.locator("[name=slots]:checked").count() == 0
        # Times and Yes on the first screen, whatever else the letter says.
        yes = phone.locator("button:has-text('Yes')").bounding_box()
        assert yes is not None and yes["y"] + yes["height"] <= PHONE["height"], yes
        assert phone.evaluate("document.scripts.length") == 1
        assert axe.violations(phone) == []
        phone.locator("[name=slots]").first.check()
        phone.click("button:has-text('Yes')")
        phone.wait_for_selector("text=Thank you,")

        # Sales picks the time; the program says that it took place.
        page.goto(request_url)
        page.click("#asks form[action*='/pick/'] button")
        page.wait_for_selector("text=Scheduled")

        def let_it_happen() -> None:
            with tenant_scope(tenant):
                over = clock.now() - timedelta(hours=1)
                Activity.objects.update(starts_at=over - timedelta(minutes=30), ends_at=over)

        aside(let_it_happen)
        manager.goto(f"{url}/t/acme/")
        manager.click("[data-queue] >> text=Yes or no")
        manager.click("#panel-body a[href*='/complete/']")
        manager.wait_for_selector("#panel[open] [name=happened_at]")
        happened = (clock.now() + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M")
        manager.fill("#panel-body [name=happened_at]", happened)
        manager.fill("#panel-body [name=minutes]", "35")
        manager.click("#panel-body button[type=submit]")
        manager.wait_for_selector("text=A thank-you is open.")

        # The CSM thanks from Today.
        csm = signed_in(browser, url, sessions[program.csm])
        csm.goto(f"{url}/t/acme/")
        csm.click("[data-queue] >> text=Review")
        csm.wait_for_selector("#panel[open] [name=personal_line]")
        csm.fill("#panel-body [name=personal_line]", "They decided because of you.")
        csm.click("#panel-body >> text=Send")
        csm.wait_for_selector("text=Nothing waits for you")

    with tenant_scope(tenant):
        assert Request.objects.get().state == "completed"
        assert Participation.objects.exclude(release_reason="unsent").get().state == "completed"
        assert ThankYou.objects.get(kind="personal").state == "done"
        assert advocate.standings.get().tier.code == "silver"
        assert evaluate_tiers(why="earned") == []
    assert any("They decided because of you." in body for body in mails())
