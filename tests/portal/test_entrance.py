"""Getting a link into the portal (ID-3)."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.links import link_url
from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.portal.models import LinkRequest
from advocacy.portal.services.entrance import TRIES_AN_HOUR
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate
from advocates.services.advocates import update_advocate
from tests.factories.advocates import AdvocateFactory
from tests.factories.tenancy import MembershipFactory
from tests.portal.conftest import path_for
from tests.support.program import Program
from tests.support.time import Clock


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
    row = LinkRequest.objects.values_list("email_digest", "browser_digest").get()
    assert all(len(digest) == 64 for digest in row)


def test_throttled(program: Program, browser: Client, clock: Clock) -> None:
    """ID-4.a: three links an hour to one address, silently; many tries from one place get 429."""
    for _round in range(5):
        assert ask(browser, "frank@quantum.example")[0] == 302
    franks = OutgoingMail.objects.filter(to_email="frank@quantum.example")
    assert franks.count() == 3
    for number in range(TRIES_AN_HOUR - 5):
        assert ask(browser, f"guess{number}@quantum.example")[0] == 302
    assert ask(browser, "one.more@quantum.example")[0] == 429
    assert ask(browser, "frank@quantum.example")[0] == 429
    clock.advance(hours=1, minutes=1)
    assert ask(browser, "frank@quantum.example")[0] == 302
    assert franks.count() == 4
    clock.advance(days=2)
    ask(browser, "frank@quantum.example")
    assert LinkRequest.objects.count() == 1


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
