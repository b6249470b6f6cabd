"""The ways into the program and a first pause, in a real browser (ENR-1, IDN-2, ADV-2, ID-3)."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from advocacy.messaging.links import link_url
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.scope import tenant_scope
from advocates.joining import invitations
from advocates.models import Advocate, Nomination, Preference
from tests.conftest import BACKEND
from tests.factories.advocates import AdvocateFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.factories.touches import TouchFactory
from tests.support import axe
from tests.support.browser import chromium
from tests.support.program import make_program

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for the module."""
    with chromium() as running:
        yield running


def _look(page: Any, trouble: list[str], name: str) -> None:
    """Note what is wrong with a screen, in both themes."""
    for theme in ("light", "dark"):
        page.evaluate(
            "theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme
        )
        trouble.extend(f"{name}, {theme}: {found}" for found in axe.violations(page))
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        trouble.append(f"{name}: wider than the phone")


def test_joining_and_pausing(live_server: Any, browser: Any) -> None:
    """ENR-1.e, ADV-2.a, ADV-2.d: yes, what may be asked, a pause and its undo; forms post behind
    the links, and each screen on the way is accessible in both themes.
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
        TouchFactory.create(advocate=ben)
        invitations.invite_advocate(
            actor=program.actor, advocate=ben, sender=program.csm, personal_line="You"
        )
        path = urlsplit(link_url(PersonalLink.objects.get(purpose="invitation"))).path
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    trouble: list[str] = []
    look = partial(_look, page, trouble)
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


def test_offering_help(live_server: Any, browser: Any) -> None:
    """IDN-2.d, ID-3.a: a stranger at a customer, from the address typed in to thanks and back
    again; each screen is accessible in both themes.
    """
    tenant = TenantsFactory(name="Northwind", slug="northwind")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory.create(role="program_manager"))
        account = program.advocate.account
        type(account).objects.filter(pk=account.pk).update(domain="quantum.example")
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    trouble: list[str] = []
    look = partial(_look, page, trouble)
    page.goto("/portal/northwind/")
    look("sign-in")
    page.fill("[type=email]", "zoe@quantum.example")
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    look("sent")
    with tenant_scope(tenant):
        path = urlsplit(link_url(PersonalLink.objects.get(purpose="newcomer"))).path
    page.goto(path)
    look("questions")
    page.fill("[name=first_name]", "Zoë")
    page.get_by_text("Something else…").click()
    page.get_by_label("Guest article").check()
    page.get_by_role("button", name="I would like to help").click()
    page.get_by_text("2 things need another look").wait_for()
    look("refused")
    assert page.get_by_label("Guest article").is_checked()
    page.fill("[name=last_name]", "Obi")
    page.fill("[name=reasons]", "The rollout went so well.")
    page.get_by_role("button", name="I would like to help").click()
    page.get_by_role("heading", name="Thank you, Zoë").wait_for()
    look("thanks")
    page.get_by_text("Changed your mind?").click()
    page.get_by_role("button", name="Take my offer back").click()
    page.get_by_text("Your offer is taken back").wait_for()
    context.close()
    with tenant_scope(tenant):
        assert Nomination.objects.get().state == "withdrawn"
        assert Advocate.objects.get(email="zoe@quantum.example").status == "candidate"
    assert not trouble, "\n".join(trouble)


def test_nominating_by_keyboard(live_server: Any, browser: Any) -> None:
    """IDN-2.a, UI-1: from a candidate's row without a mouse: one key, the words, two keys."""
    tenant = TenantsFactory(name="Northwind", slug="northwind")
    with tenant_scope(tenant):
        program = make_program(manager=MembershipFactory.create(role="program_manager"))
        AdvocateFactory.create(
            account=program.advocate.account,
            first_name="Mei",
            last_name="Tan",
            status="candidate",
            enrolled_at=None,
        )
        client = Client()
        client.force_login(program.csm.user, backend=BACKEND)
    context = browser.new_context(base_url=live_server.url)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto("/t/northwind/advocates/candidates/")
    page.get_by_role("link", name="Nominate Mei Tan").press("Enter")
    page.wait_for_selector("#panel[open] [name=reasons]:focus")
    page.keyboard.type("Tells everybody at the user group.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Mei Tan is nominated.").wait_for()
    assert page.url.endswith("/t/northwind/advocates/candidates/")
    context.close()
    with tenant_scope(tenant):
        assert Nomination.objects.get().nominated_by == program.csm
