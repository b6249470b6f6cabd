"""Two people at one record in a real browser: merged, asked for, decided (BAD-1)."""

from typing import Any

from advocacy.embedded import paths
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Account
from tests.e2e.test_today import signed_in
from tests.factories.advocates import AccountFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium
from tests.support.walk import SIZES


def test_two_people_in_two_browsers(live_server: Any, request: Any) -> None:
    """BAD-1, UI-1: what one left alone is not written back, in whatever form a browser sends it;
    what both changed stands beside each other, and either can be kept.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        members = [MembershipFactory(role="program_manager") for _ in range(2)]
        account = AccountFactory(
            name="Isdom",
            notes="\nOne line\r\nand another\n",
            policy_notes=" ",
            annual_value="1200.50",
            currency="EUR",
            customer_since="2020-02-29",
        )
    path = f"{live_server.url}/t/acme/accounts/{account.pk}/edit/"
    with chromium() as browser:
        one, two, idle = (signed_in(browser, m, live_server.url) for m in (*members, members[0]))
        for page in (one, two, idle):
            page.goto(path)
        one.fill("[name=notes]", "Theirs:\nthey move to Linz")
        one.fill("[name=industry]", "Retail")
        one.select_option("[name=lifecycle]", "former")
        one.click("form.form-parts .btn-primary")
        one.wait_for_url(f"**/accounts/{account.pk}/")
        idle.fill("[name=city]", "Graz")
        idle.click("form.form-parts .btn-primary")
        idle.wait_for_url(f"**/accounts/{account.pk}/")
        with tenant_scope(tenant):
            now = Account.objects.get(pk=account.pk)
        assert (now.city, now.industry, now.lifecycle) == ("Graz", "Retail", "former")
        assert now.notes.replace("\r\n", "\n") == "Theirs:\nthey move to Linz"

        two.fill("[name=notes]", "Mine: they stay in Graz")
        two.fill("[name=industry]", "Wholesale")
        two.click("form.form-parts .btn-primary")
        two.wait_for_selector(".collision")
        assert two.locator(".collision").count() == 2
        for size, (width, height) in SIZES.items():
            two.set_viewport_size({"width": width, "height": height})
            for theme in ("light", "dark"):
                two.evaluate(
                    "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
                )
                assert axe.violations(two) == []
                if request.config.getoption("--screenshots"):
                    picture = paths.ROOT / "screenshots" / f"edited-twice-{size}-{theme}.png"
                    two.screenshot(path=picture, full_page=True)
        two.check(".collision input[value=industry]")
        two.click("form.form-parts .btn-primary")
        two.wait_for_url(f"**/accounts/{account.pk}/")
    with tenant_scope(tenant):
        now = Account.objects.get(pk=account.pk)
    assert (now.notes, now.industry, now.city) == ("Mine: they stay in Graz", "Retail", "Graz")
