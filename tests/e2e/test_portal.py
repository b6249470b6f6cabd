"""From the invitation to a first pause, on a phone, in a real browser (ENR-1, ADV-2, ID-3)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from advocacy.messaging.links import link_url
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate, Preference
from advocates.services import invitations
from tests.factories.advocates import AdvocateFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import axe
from tests.support.browser import chromium
from tests.support.program import make_program

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for the module."""
    with chromium() as running:
        yield running


def test_joining_and_pausing(live_server: Any, browser: Any) -> None:
    """ENR-1, ADV-2: yes, what may be asked, a pause and its undo; forms post behind the links,
    and each screen on the way is accessible in both themes.
    """
    tenant = TenantsFactory(name="Northwind", slug="northwind")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory.create(role="program_manager"))
        ben = AdvocateFactory.create(
            account=program.advocate.account,
            first_name="Ben",
            status="cultivating",
            enrolled_at=None,
        )
        invitations.invite_advocate(actor=program.actor, advocate=ben, sender=program.csm)
        path = urlsplit(link_url(PersonalLink.objects.get(purpose="invitation"))).path
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    trouble: list[str] = []

    def look(name: str) -> None:
        for theme in ("light", "dark"):
            page.evaluate(
                "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
            )
            trouble.extend(f"{name}, {theme}: {found}" for found in axe.violations(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            trouble.append(f"{name}: wider than the phone")

    page.goto(path)
    look("invitation")
    page.check("[name=consent]")
    page.get_by_role("button", name="Yes, I would like to").click()
    page.wait_for_url("**/preferences/**")
    look("welcome")
    page.check("[name=comforts][value=private_call]")
    page.fill("[name=yearly_cap]", "99")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("[aria-invalid=true]")
    look("refused")
    page.fill("[name=yearly_cap]", "3")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/home/")
    page.get_by_text("Saved. From now on we keep to it.").wait_for()
    look("home")
    page.get_by_role("button", name="1 month").click()
    page.get_by_text("We ask you nothing before").wait_for()
    look("paused")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("we may ask you again").wait_for()
    context.close()
    with tenant_scope(tenant):
        wishes = Preference.objects.get(advocate=ben.pk)
        assert Advocate.objects.get(pk=ben.pk).status == "active"
        assert (wishes.yearly_cap, wishes.comforts, wishes.snoozed_until) == (
            3,
            ["private_call"],
            None,
        )
    assert not trouble, "\n".join(trouble)
