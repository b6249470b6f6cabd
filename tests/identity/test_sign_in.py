"""Signing in and out, throttling, forgotten passwords, the way to a tenant."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

from advocacy.settings import base
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import PASSWORD, MembershipFactory, UserFactory
from tests.support.mail import sweep_account_mail

ClientFor = Callable[[Membership | None], Client]
WRONG = "not the password at all"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> Any:
    """Submit the form."""
    return client.post("/sign-in/", {"username": email, "password": password, **extra})


def signed_in(client: Client) -> bool:
    """Whether the session belongs to somebody."""
    return client.get("/").headers.get("Location", "").startswith("/t/")


def test_to_the_only_tenant(alice: Membership, client: Client) -> None:
    """ID-1.a, TEN-5: the address in any case and the password lead to one's tenant."""
    answer = sign_in(client, " ALICE@Example.com ")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/")["Location"].startswith("/t/acme/")
    assert client.get("/", follow=True).status_code == 200


def test_a_choice_of_tenants(alice: Membership, other_tenant: Tenant, client: Client) -> None:
    """TEN-5: who works in two companies chooses; who works in none is told what to do."""
    with tenant_scope(other_tenant):
        MembershipFactory(user=alice.user, role="sales")
    sign_in(client, alice.email)
    page = client.get("/").content.decode()
    assert "/t/acme/" in page
    assert "/t/umbrella/" in page
    stranger = UserFactory()
    lonely = Client()
    sign_in(lonely, stranger.email)
    assert "not a member of any company" in lonely.get("/").content.decode()


@pytest.mark.parametrize("case", ["unknown", "wrong", "inactive"])
def test_every_failure_sounds_the_same(alice: Membership, client: Client, case: str) -> None:
    """ID-4.a: nobody learns which addresses have an account."""
    alice.user.is_active = case != "inactive"
    alice.user.save()
    email = "nobody@example.com" if case == "unknown" else alice.email
    answer = sign_in(client, email, PASSWORD if case == "inactive" else WRONG)
    assert "E-mail and password do not match." in answer.content.decode()
    assert not signed_in(client)


def test_the_session_gets_a_new_key(alice: Membership, client: Client) -> None:
    """ID-4.a: a session somebody else planted is worth nothing after signing in."""
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client, alice.email)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not signed_in(thief)


def test_another_persons_session_is_left_behind(
    alice: Membership, bob: Membership, client: Client
) -> None:
    """ID-4.a: nothing of one person's session reaches the next on the same machine."""
    sign_in(client, alice.email)
    session = client.session
    session["secret"] = "Alice's"
    session.save()
    client.post("/sign-out/")
    sign_in(client, bob.email)
    assert "secret" not in client.session


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/t/acme/settings/", "/t/acme/settings/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_stays_here(alice: Membership, client: Client, wanted: str, reached: str) -> None:
    """ID-4: signing in goes on to a page of ours only."""
    assert sign_in(client, alice.email, next=wanted)["Location"] == reached


def test_signing_out_takes_a_post(alice: Membership, client_for: ClientFor) -> None:
    """ID-4.a: a picture in a mail cannot sign anybody out."""
    client = client_for(alice)
    assert client.get("/sign-out/").status_code == 405
    assert signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not signed_in(client)


def test_forms_need_a_token(alice: Membership) -> None:
    """ID-4.a: a form from elsewhere is refused, in words."""
    client = Client(enforce_csrf_checks=True)
    answer = sign_in(client, alice.email)
    assert answer.status_code == 403
    assert "Load it again" in answer.content.decode()


def test_five_failures_pause_signing_in(alice: Membership, client: Client, settings: Any) -> None:
    """ID-4.a: after five wrong passwords even the right one waits; other accounts do not."""
    settings.AXES_ENABLED = True
    for spelling in ("alice", "ALICE", "Alice", "aLice"):
        assert sign_in(client, f"{spelling}@example.com", WRONG).status_code == 200
    paused = sign_in(client, alice.email, WRONG)
    assert paused.status_code == 429
    assert "Too many attempts" in paused.content.decode()
    assert sign_in(client, alice.email).status_code == 429
    assert not signed_in(client)
    other = UserFactory()
    assert sign_in(client, other.email).status_code == 302


def test_passwords_are_hashed_with_argon2() -> None:
    """ID-1.a: the product's hasher (the suite uses a quick one) is Argon2 and works."""
    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hasher = hashers.Argon2PasswordHasher()
    stored = hasher.encode(PASSWORD, hasher.salt())
    assert stored.startswith("argon2$argon2id$")
    assert hasher.verify(PASSWORD, stored)
    assert not hasher.verify(WRONG, stored)


def test_a_forgotten_password(alice: Membership, client: Client, settings: Any) -> None:
    """ID-4: the mailed link works once, starts with our own address, and ends other sessions."""
    settings.PUBLIC_URL = "https://advocacy.example"
    settings.ALLOWED_HOSTS = ["*"]
    elsewhere = Client()
    sign_in(elsewhere, alice.email)
    asked = client.post("/password-reset/", {"email": "Alice@example.com"}, headers={"host": "x.y"})
    assert asked["Location"] == "/password-reset/sent/"
    assert mail.outbox == []
    [letter] = sweep_account_mail()
    assert letter.to == [alice.email]
    found = re.search(r"https://advocacy\.example(/password-reset/\S+/\S+/)", letter.body)
    assert found, letter.body
    form = client.get(found[1], follow=True)
    path = form.redirect_chain[-1][0]
    new = "an even longer pass phrase"
    weak = client.post(path, {"new_password1": "password12", "new_password2": "password12"})
    assert "too common" in weak.content.decode()
    done = client.post(path, {"new_password1": new, "new_password2": new})
    assert done["Location"] == "/password-reset/done/"
    assert not signed_in(elsewhere)
    assert sign_in(client, alice.email).status_code == 200
    assert sign_in(client, alice.email, new).status_code == 302
    again = Client().get(found[1], follow=True)
    assert "does not work any more" in again.content.decode()


def test_an_unknown_address_gets_the_same_answer(db: None, client: Client) -> None:
    """ID-4.a: asking for a link says nothing about who has an account."""
    answer = client.post("/password-reset/", {"email": "nobody@example.com"})
    assert answer["Location"] == "/password-reset/sent/"
    assert sweep_account_mail() == []
