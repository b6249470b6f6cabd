"""What the main job costs its three people, from sales's sign-in to the sent ask: clicks, page
loads, fields (UI-1). docs/the-main-job.md tells the figures and how they are counted.
"""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page

from advocacy import clock
from advocacy.messaging.links import link_path
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from requests.mails import SAY_PURPOSE
from tests.factories.advocates import AccountFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.factories.tenancy import PASSWORD, MembershipFactory, TenantsFactory
from tests.support.browser import chromium
from tests.support.program import make_program


class Walker:
    """Somebody at a browser, of whom is counted what they press, wait for and fill in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.loads = self.fields = 0
        page.on("load", self._loaded)

    def _loaded(self, _page: Page) -> None:
        self.loads += 1

    def press(self, what: str) -> None:
        self.clicks += 1
        self.page.click(what)

    def fill(self, name: str, text: str) -> None:
        self.fields += 1
        self.page.fill(f"[name={name}]", text)

    def choose(self, name: str, label: str) -> None:
        """Out of a list: it has to be opened, and one picked."""
        self.fields += 1
        self.clicks += 2
        self.page.select_option(f"[name={name}]", label=label)

    def sign_in(self, url: str, member: Membership) -> None:
        self.page.goto(f"{url}/sign-in/")
        self.loads = 0
        self.page.fill("[name=username]", member.user.email)
        self.page.fill("[name=password]", PASSWORD)
        self.press("main button")
        self.page.wait_for_url("**/t/acme/**")


def test_what_the_main_job_costs(live_server: Any) -> None:
    """UI-1.a, UI-2.a, REQ-1.d: no more clicks, loads and fields than the page says; four fields
    are asked once a deal is chosen.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        program = make_program(
            manager=MembershipFactory(role="program_manager"), owners_have_a_say=True
        )
        sales = MembershipFactory(role="sales")
        ReadyFactory(
            first_name="Ana",
            last_name="Lima",
            account__industry="Healthcare",
            account__owner=program.csm,
        )
        prospect = AccountFactory(name="Isdom", industry="Healthcare", lifecycle="prospect")
        OpportunityFactory(
            name="Isdom rollout", prospect_name="Isdom", account=prospect, owner=sales
        )
    with chromium() as browser:
        asking = Walker(browser.new_context().new_page())
        asking.sign_in(live_server.url, sales)
        asking.press("main >> text=New request")
        asking.press("#deals >> text=Isdom rollout")
        asking.page.wait_for_selector(".deal-chosen")
        shown = "#request-form :is(input, select, textarea):not([type=hidden]):visible"
        asked = asking.page.locator(shown).evaluate_all("found => found.map((each) => each.name)")
        assert asked == ["activity_type", "needed_count", "needed_by", "questions"]
        asking.choose("activity_type", "Reference call")
        asking.fill("needed_by", (clock.now() + timedelta(days=14)).date().isoformat())
        asking.fill("questions", "How long until the first site was live?")
        asking.press("#request-form button.btn-primary")
        asking.page.wait_for_selector("h1 >> text=Isdom")
        asking.page.wait_for_load_state()

        running = Walker(browser.new_context().new_page())
        running.sign_in(live_server.url, program.manager)
        running.press("[data-queue] >> text=Match")
        running.press("#panel-body >> text=Draft ask")
        running.press("#panel-body >> button:has-text('Send')")
        running.page.wait_for_selector("text=Cleo is asked first: it takes their yes")

        with tenant_scope(tenant):
            link = link_path(PersonalLink.objects.get(purpose=SAY_PURPOSE))
        saying = Walker(browser.new_context().new_page())
        saying.page.goto(f"{live_server.url}{link}")
        saying.press("button:has-text('Go, ask')")
        saying.page.wait_for_selector("text=Ana Lima is being asked now.")
        saying.page.wait_for_load_state()
        people = (asking, running, saying)
        counted = [(each.clicks, each.loads, each.fields) for each in people]
    assert counted == [(6, 3, 3), (4, 1, 0), (1, 2, 0)]
