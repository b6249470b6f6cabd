"""Tokens and the reference page in a real browser (API-1, API-3)."""

from typing import Any

from django.conf import settings
from django.test import Client

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.conftest import BACKEND
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium
from tests.support.rest import Api


def test_a_token_from_the_page_opens_the_reference(live_server: Any) -> None:
    """API-1.a, API-3.a: made in the form, shown in its place, and of use to who reads the
    reference.
    """
    tenant: Tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        admin = MembershipFactory(role="admin", user__name="Ada")
    client = Client()
    client.force_login(admin.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    errors: list[str] = []
    with chromium() as browser:
        context = browser.new_context()
        context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

        page.goto(f"{live_server.url}/t/acme/settings/tokens/new/")
        page.get_by_label("What uses it").fill("A script")
        page.locator("input[value='accounts:read']").check()
        page.get_by_role("button", name="Make the token").click()
        secret = page.locator("output").inner_text()
        assert secret.startswith("adv_") and len(secret) > 40
        page.get_by_role("link", name="I have copied it").click()
        page.get_by_role("cell", name="A script", exact=True).wait_for()
        assert secret not in page.content()

        page.goto(f"{live_server.url}/api/v1/docs/")
        page.get_by_text("/api/v1/accounts/", exact=True).first.wait_for()
        for theme in ("light", "dark"):
            axe.use_theme(page, theme)
            page.get_by_text("/api/v1/accounts/", exact=True).first.wait_for()
            rules = ["color-contrast"] if theme == "dark" else []
            assert axe.violations(page, rules=rules) == []
        page.get_by_role("button", name="Authorize").first.click()
        page.get_by_label("auth-bearer-value").fill(secret)
        page.get_by_role("button", name="Apply credentials").click()
        page.get_by_role("button", name="Close", exact=True).first.click()
        # The first of the page: it draws what is in sight.
        page.locator("#operations-accounts-accounts_list .opblock-summary-control").click()
        page.get_by_role("button", name="Try it out").click()
        with page.expect_response(lambda answer: "/api/v1/accounts/" in answer.url) as asked:
            page.get_by_role("button", name="Execute").click()
        assert asked.value.status == 200
    # Not before: under the browser's event loop Django would open a second connection.
    assert Api(secret).get("accounts/").status_code == 200
    assert errors == []
