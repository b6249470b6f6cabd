"""A form that is sent after the session ended comes back with its text, to the same person only
(BAD-1, ID-4).
"""

from typing import Any

from playwright.sync_api import Page, expect

from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import tenant_scope
from benefits.thanks.models import ThankYou
from tests.factories.tenancy import PASSWORD, MembershipFactory, TenantsFactory
from tests.support.browser import chromium
from tests.support.program import make_program


def sign_in(page: Page, member: Membership) -> None:
    page.wait_for_selector("[name=password]")
    page.fill("[name=username]", member.user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/t/acme/**")


def test_the_form_is_back_after_signing_in_again(live_server: Any) -> None:
    """BAD-1.b: a page's form, the side panel's over Today's queue, and one that scripts do not
    send; what another answer depends on, too. Somebody else at the same browser finds nothing.
    """
    tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory())
        thank_you = ThankYou.objects.get(activity=program.completed(hours_ago=20))
        program.completed(hours_ago=30)
        other = MembershipFactory(role="csm")
        csm = program.csm
    base = f"{live_server.url}/t/acme/"
    new = f"{base}requests/new/"
    with chromium() as browser:
        context = browser.new_context()
        page = context.new_page()

        def leave_and_send(button: str) -> None:
            context.clear_cookies(name="sessionid")
            page.click(button)

        page.goto(new)
        sign_in(page, csm)
        page.fill("[name=questions]", "How long did it take?")
        page.fill("[name=prospect]", "Isdom")
        page.click("text=Describe the prospect better")
        page.check("[name=is_confidential]")
        tomorrow = "new Date(Date.now() + 864e5).toISOString().slice(0, 10)"
        page.fill("[name=needed_by]", page.evaluate(tomorrow))
        page.dispatch_event("[name=needed_by]", "change")
        page.fill("[name=rush_reason]", "The board meets on Friday.")
        leave_and_send("#request-form button.btn-primary")
        sign_in(page, csm)
        page.wait_for_selector("text=Here is what you had typed.")
        assert page.url == new
        expect(page.locator("[name=questions]")).to_have_value("How long did it take?")
        expect(page.locator("[name=prospect]")).to_have_value("Isdom")
        expect(page.locator("[name=is_confidential]")).to_be_checked()
        expect(page.locator("[name=rush_reason]")).to_have_value("The board meets on Friday.")

        # Somebody else signs in where this person was.
        leave_and_send("#request-form button.btn-primary")
        sign_in(page, other)
        assert page.url == new
        expect(page.locator("[name=questions]")).to_have_value("")
        assert page.evaluate("sessionStorage.getItem('draft')") is None

        # In the side panel.
        context.clear_cookies(name="sessionid")
        page.goto(base)
        sign_in(page, csm)
        page.click("[data-queue] >> text=Review >> nth=0")
        page.fill("#panel-body [name=personal_line]", "Your example from Lyon stuck with me.")
        leave_and_send("#panel-body >> text=Send")
        sign_in(page, csm)
        line = page.locator("#panel[open] [name=personal_line]")
        expect(line).to_have_value("Your example from Lyon stuck with me.")

        # A form that the browser sends itself.
        page.goto(f"{base}thanks/{thank_you.pk}/")
        page.fill("[name=personal_line]", "Thank you for the example.")
        leave_and_send("main button.btn-primary")
        sign_in(page, csm)
        expect(page.locator("[name=personal_line]")).to_have_value("Thank you for the example.")

        # What was accepted is not brought back.
        with page.expect_navigation():
            page.click("main button.btn-primary")
        page.wait_for_function("sessionStorage.getItem('draft') === null")
