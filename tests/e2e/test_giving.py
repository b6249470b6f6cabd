"""Giving back in a real browser: what there is to say is said while it is typed (BEN-3)."""

from typing import Any

from django.conf import settings
from django.test import Client

from advocacy.tenancy.scope import tenant_scope
from benefits.grants.models import Grant
from tests.conftest import BACKEND
from tests.factories.giving import BenefitFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium
from tests.support.program import make_program


def test_from_a_case_study_to_a_delivered_gift(live_server: Any) -> None:
    """BEN-2.b, BEN-3.b, BEN-5.a: from the person's page: too little is said at once, a better
    amount too; then planned, approved, ordered, delivered.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory())
        program.advocate.account.gifts_allowed = True
        program.advocate.account.save()
        program.completed("case_study")
        BenefitFactory(name="Espresso machine", category="gift", cost=90, value=120)
    client = Client()
    client.force_login(program.manager.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    with chromium() as browser:
        context = browser.new_context()
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(f"{live_server.url}/t/acme/advocates/{program.advocate.pk}/")
        page.click("text=Give back")
        page.wait_for_selector("#panel[open] #grant-said >> text=Case study")
        page.select_option("#panel-body [name=benefit]", label="Espresso machine")
        page.check("#panel-body [name=activities]")
        page.wait_for_selector("#grant-said >> text=feels insulting")
        page.fill("#panel-body [name=value]", "250")
        page.fill("#panel-body [name=due_on]", "2031-01-01")
        page.wait_for_selector("#grant-said >> text=In proportion")
        assert page.is_checked("#panel-body [name=activities]")
        assert axe.violations(page) == []
        page.click("#panel-body >> text=Save")
        page.wait_for_selector("h1 >> text=Espresso machine")
        for press in ("Ordered", "Delivered"):
            page.click(f".page-header button:has-text('{press}'), main button:has-text('{press}')")
            page.wait_for_load_state()
        context.close()
    with tenant_scope(tenant):
        assert Grant.objects.get().state == "delivered"
