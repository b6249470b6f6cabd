"""Sharing a piece with a deal at one press, and reading it, in a real browser (AST-2.b)."""

from typing import Any

from django.conf import settings
from django.test import Client

from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from requests.models import Share, Touchpoint
from tests.conftest import BACKEND
from tests.factories.assets import ShelvedAssetFactory
from tests.factories.requests import OpportunityFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium

PHONE = {"width": 390, "height": 844}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def signed_in(browser: Any, member: Membership, address: str) -> Any:
    """A page in which a member is signed in."""
    client = Client()
    client.force_login(member.user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context.new_page()


def look(page: Any, name: str, trouble: list[str]) -> None:
    """Note what is wrong with a screen, in both themes."""
    for theme in ("light", "dark"):
        page.evaluate(
            "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
        )
        trouble.extend(f"{name}, {theme}: {found}" for found in axe.violations(page))
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        trouble.append(f"{name}: wider than the screen")


def test_shared_read_and_counted(live_server: Any) -> None:
    """AST-2.b, OPP-1.c: from the deal's page to the link; whoever reads it counts once they had it
    in front of them, and that touches the deal. Each screen is accessible.
    """
    tenant, trouble = TenantsFactory(name="Acme", slug="acme"), list[str]()
    with tenant_scope(tenant):
        seller: Membership = MembershipFactory.create(role="sales")
        piece = ShelvedAssetFactory.create(language="en")
        deal = OpportunityFactory.create(owner=seller, name="Isdom, 200 seats", stage="open")
    with chromium() as browser:
        page = signed_in(browser, seller, live_server.url)
        page.goto(f"{live_server.url}/t/acme/opportunities/{deal.pk}/")
        look(page, "deal", trouble)
        page.select_option("#share-asset", str(piece.pk))
        page.get_by_role("button", name="Share", exact=True).click()
        link = page.input_value("#share-link")
        look(page, "share", trouble)
        page.goto(f"{live_server.url}/t/acme/assets/{piece.pk}/")
        look(page, "piece", trouble)
        page.set_viewport_size(PHONE)
        look(page, "piece on a phone", trouble)
        reader = browser.new_context(user_agent=FIREFOX, viewport=PHONE).new_page()
        with reader.expect_response(lambda answer: answer.request.method == "POST") as told:
            reader.goto(f"{live_server.url}/s/{link.split('/s/')[1]}")
            look(reader, "the public page", trouble)
        assert told.value.status == 204
        assert reader.context.cookies() == []
    with tenant_scope(tenant):
        assert Share.objects.get().opens == 1
        assert Touchpoint.objects.get().opportunity_id == deal.pk
    assert not trouble, "\n".join(trouble)
