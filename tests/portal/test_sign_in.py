"""Getting a link into the portal (ID-3)."""

from collections.abc import Callable
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.models import Attempt, Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.stuck import given_up
from advocacy.tenancy.throttling import Limit
from advocates.models import Advocate
from advocates.people.services import update_advocate
from portal.services import sign_in
from portal.services.sign_in import LINKS_PER_ADDRESS, TRIES_PER_MACHINE
from tests.factories.advocates import AdvocateFactory
from tests.factories.tenancy import MembershipFactory
from tests.portal.conftest import path_for
from tests.support.cases import Cases
from tests.support.odd import ODD
from tests.support.program import Program, make_program
from tests.support.threads import at_once
from tests.support.time import Clock

LIMITS = ("TRIES_PER_MACHINE", "LINKS_PER_ADDRESS", "STRANGERS_PER_TENANT")


def ask(browser: Client, email: str) -> tuple[int, str]:
    answer = browser.post("/portal/acme/", {"email": email})
    return answer.status_code, answer.get("Location", "")


def test_known_or_not_the_answer_is_the_same(program: Program, browser: Client) -> None:
    """ID-3: nobody learns from the page who is in the program; each address hears by mail alone."""
    AdvocateFactory.create(email="candidate@quantum.example", status="candidate")
    answers = {
        ask(browser, email)
        for email in (
            "stranger@nowhere.example",
            "candidate@quantum.example",
            " Frank@Quantum.example ",
        )
    }
    assert answers == {(302, "/portal/acme/?sent=1")}
    assert set(OutgoingMail.objects.values_list("to_email", "link__purpose")) == {
        ("stranger@nowhere.example", None),
        ("candidate@quantum.example", "volunteer"),
        ("frank@quantum.example", "portal"),
    }
    mail = OutgoingMail.objects.get(to_email="frank@quantum.example")
    assert mail.link is not None
    assert browser.get(urlsplit(link_url(mail.link)).path).status_code == 200
    assert "Look into your mail" in browser.get("/portal/acme/?sent=1").text


def test_nothing_readable_is_kept(program: Program, browser: Client) -> None:
    """GDPR-1, ID-3: neither the address typed nor the browser's stands in the table."""
    ask(browser, "frank@quantum.example")
    rows = Attempt.objects.values_list("kind", "key")
    assert {kind for kind, _key in rows} == {LINKS_PER_ADDRESS.kind, TRIES_PER_MACHINE.kind}
    assert all(len(key) == 64 for _kind, key in rows)


def test_throttled(program: Program, browser: Client, clock: Clock) -> None:
    """ID-4.a: three links an hour to one address, silently; many tries from one place get 429."""
    for _round in range(5):
        assert ask(browser, "frank@quantum.example")[0] == 302
    franks = OutgoingMail.objects.filter(to_email="frank@quantum.example")
    assert franks.count() == 3
    for number in range(TRIES_PER_MACHINE.most - 5):
        assert ask(browser, f"guess{number}@quantum.example")[0] == 302
    refused = browser.post("/portal/acme/", {"email": "one.more@quantum.example"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Try again in 60 minutes" in refused.text
    assert ask(browser, "frank@quantum.example")[0] == 429
    clock.advance(hours=1, minutes=1)
    assert ask(browser, "frank@quantum.example")[0] == 302
    assert franks.count() == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "limit", ["TRIES_PER_MACHINE", "LINKS_PER_ADDRESS", "STRANGERS_PER_TENANT"]
)
def test_many_at_once_are_not_more_than_one_after_the_other(
    tenant: Tenant, alice: Membership, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ID-4: twelve tries at the same moment pass no limit, be it machine, address or company."""
    most = {name: 3 if name == limit else 100 for name in LIMITS}
    for name in LIMITS:
        monkeypatch.setattr(sign_in, name, Limit(name.lower()[:20], most[name]))
    with tenant_scope(tenant):
        make_program(manager=alice, email="frank@quantum.example")

    def post(number: int) -> int:
        email = "n@x.example" if limit == "LINKS_PER_ADDRESS" else f"n{number}@x.example"
        client = Client()
        return client.post("/portal/acme/", {"email": email}, REMOTE_ADDR="10.0.0.1").status_code

    answers = at_once(12, post)
    with tenant_scope(tenant):
        assert OutgoingMail.objects.count() == 3
    refused = 9 if limit == "TRIES_PER_MACHINE" else 0
    assert answers == [302] * (12 - refused) + [429] * refused


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_machine_is_counted_not_the_proxy(
    program: Program, browser: Client, settings: Any, proxies: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ID-4: behind a proxy of ours each machine has its own count, and cannot make up another."""
    settings.TRUSTED_PROXIES = proxies
    monkeypatch.setattr(sign_in, "TRIES_PER_MACHINE", Limit("portal-machine", 2))

    def post(number: int, chain: str) -> int:
        form, headers = {"email": f"a{number}@x.example"}, {"X-Forwarded-For": chain}
        return browser.post("/portal/acme/", form, headers=headers).status_code

    spoofed = [post(number, f"6.6.6.{number}, 203.0.113.7") for number in range(3)]
    assert spoofed == [302, 302, 429]
    assert post(9, "203.0.113.8") == (302 if proxies else 429)


def test_bad_addresses(program: Program, browser: Client) -> None:
    """BAD-1.a: what is no address is named; an unknown company is not there."""
    answer = browser.post("/portal/acme/", {"email": "frank"})
    assert answer.status_code == 422
    assert "frank" in answer.text
    assert browser.get("/portal/nobody/").status_code == 404


def test_a_link_ends(program: Program, browser: Client, home: str, clock: Clock) -> None:
    """ID-3.a: after 90 days it opens nothing and says where a fresh one is had."""
    assert browser.get(home).status_code == 200
    clock.advance(days=91)
    gone = browser.get(home)
    assert gone.status_code == 410
    assert "/portal/acme/" in gone.text


def test_a_link_of_another_kind_opens_nothing(program: Program, browser: Client) -> None:
    """ID-3.a: single-purpose; and who has left the program has no page."""
    home = path_for(program)
    invitation = home.replace("/home/", "/invitation/")
    assert browser.get(invitation).status_code == 404
    Advocate.objects.filter(pk=program.advocate.pk).update(status="alumni")
    assert browser.get(home).status_code == 410


@pytest.mark.parametrize(("role", "status"), [("program_manager", 302), ("sales", 403)])
def test_a_colleague_sends_the_link(
    program: Program,
    tenant: Tenant,
    client_for: Callable[[Membership | None], Client],
    role: str,
    status: int,
) -> None:
    """ID-3.a, ID-2.a: a button on the person's page, for those who may change them."""
    member = MembershipFactory.create(role=role)
    client = client_for(member)
    pressed = client.post(f"/t/acme/advocates/{program.advocate.pk}/portal-link/")
    assert pressed.status_code == status
    assert PersonalLink.objects.filter(purpose="portal").exists() == (status == 302)
    if status == 302:
        assert OutgoingMail.objects.get().sender == member
        shown = client.get(f"/t/acme/advocates/{program.advocate.pk}/")
        assert "Send a link to their page" in shown.text


def test_links_are_ended(
    program: Program, browser: Client, client_for: Callable[[Membership | None], Client]
) -> None:
    """ID-3.b: by the advocate who passed one on, and by a colleague who was told; all at once."""
    first, second = path_for(program), path_for(program)
    assert browser.get(first.replace("/home/", "/end/")).status_code == 405
    went = browser.post(first.replace("/home/", "/end/"))
    assert went["Location"] == "/portal/acme/"
    assert [browser.get(path).status_code for path in (first, second)] == [410, 410]
    fresh = path_for(program)
    staff = client_for(program.manager)
    person = f"/t/acme/advocates/{program.advocate.pk}/"
    assert "End all links" in staff.get(person).text
    assert staff.post(f"{person}portal-link/end/").status_code == 302
    assert browser.get(fresh).status_code == 410
    assert "End all links" not in staff.get(person).text
    assert Event.objects.filter(verb="portal.links_ended").count() == 2


def test_a_new_address_ends_the_links_in_the_old_mailbox(
    program: Program, browser: Client, home: str
) -> None:
    """ID-3.b: somebody moved on; whoever reads the mailbox now opens nothing."""
    update_advocate(actor=program.actor, advocate=program.advocate, job_title="CIO")
    assert browser.get(home).status_code == 200
    ask(browser, "frank@quantum.example")
    update_advocate(actor=program.actor, advocate=program.advocate, email="frank@new.example")
    assert browser.get(home).status_code == 410
    assert OutgoingMail.objects.get().state == "cancelled"


def test_odd_names_get_their_link(program: Program, browser: Client, each: Cases) -> None:
    """ID-3, BAD-1: whatever an older row is called, the answer is the same and the mail goes."""
    for (which, text), status in product(ODD.items(), ("active", "candidate")):
        with each((which, status)), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE advocates_advocate SET first_name = %s, status = %s WHERE id = %s",
                [text[:100], status, program.advocate.pk],
            )
            cursor.execute("UPDATE tenancy_tenant SET name = %s WHERE slug = 'acme'", [text[:100]])
            assert ask(browser, "frank@quantum.example") == (302, "/portal/acme/?sent=1")
            mail = OutgoingMail.objects.get(to_email="frank@quantum.example")
            places = [part for part in mail.body if "text" not in part]
            # The link itself, and below the rule where a fresh one is had.
            assert places == [{"link": ""}, {"rule": ""}, {"page": ""}]
            assert ask(browser, "nobody@nowhere.example") == (302, "/portal/acme/?sent=1")


@pytest.mark.parametrize("email", ["frank@quantum.example", "nobody@nowhere.example"])
def test_a_mail_nobody_can_write_is_no_broken_page(
    program: Program, browser: Client, email: str
) -> None:
    """BAD-1, BAD-2: the same answer, and whoever runs the program sees it at once."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tenancy_tenant SET name = %s WHERE slug = 'acme'", ["\u200b"])
    assert ask(browser, email) == (302, "/portal/acme/?sent=1")
    assert not OutgoingMail.objects.exists()
    assert "company" in given_up().get().error


@pytest.mark.parametrize("local", ["a" * 300, "a\x00b", "a\r\nBcc: x", "{link}", "ä", "'; --"])
def test_odd_addresses_are_answered(program: Program, browser: Client, local: str) -> None:
    """BAD-1: never a 500 for what somebody types."""
    assert ask(browser, f"{local}@nowhere.example")[0] in (302, 422)
