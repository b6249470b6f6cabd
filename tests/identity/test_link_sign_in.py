"""Signing in with a link by mail."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection
from django.test import Client

from advocacy.identity import account_mail, proofs
from advocacy.identity.models import AccountMail, AccountMailPurpose
from advocacy.tenancy import throttling
from advocacy.tenancy.keys import secret_digest
from advocacy.tenancy.models import Attempt, Membership
from advocacy.tenancy.sweeps import run_sweep
from tests.identity.test_sign_in import sign_in, signed_in
from tests.support.mail import TellingBackend, mailed_secret, sweep_account_mail
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]
ASK = "/sign-in/link/"


def ask(client: Client, email: str, **extra: Any) -> Any:
    """Submit the form that asks for a link."""
    return client.post(ASK, {"email": email}, **extra)


def page_of(secret: str) -> str:
    """The page behind a link."""
    return f"{ASK}{secret}/"


def test_the_link_signs_in_once(alice: Membership, client: Client, settings: Any) -> None:
    """ID-1.a: the mailed link, which starts with our own address, signs in and is used up."""
    settings.PUBLIC_URL = "https://advocacy.example"
    settings.ALLOWED_HOSTS = ["*"]
    answer = ask(client, " ALICE@Example.com", headers={"host": "evil.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/link/sent/")
    assert mail.outbox == []
    [letter] = sweep_account_mail()
    assert letter.to == [alice.email]
    assert "https://advocacy.example/sign-in/link/" in letter.body
    assert "evil" not in letter.body
    secret = str(letter.body).partition(ASK)[2].partition("/")[0]
    assert client.post(page_of(secret))["Location"] == "/"
    assert signed_in(client)
    again = Client()
    for answer in (again.get(page_of(secret)), again.post(page_of(secret))):
        assert answer.status_code == 410
        assert "does not work any more" in answer.content.decode()
    assert not signed_in(again)


def test_looking_changes_nothing(alice: Membership, client: Client) -> None:
    """ID-3.c: a mail scanner that follows the link neither signs in nor uses it up."""
    secret = mailed_secret(alice.email)
    for method in ("get", "head", "get"):
        assert getattr(client, method)(page_of(secret)).status_code == 200
    assert not signed_in(client)
    page = client.get(page_of(secret))
    assert alice.email in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post(page_of(secret))
    assert signed_in(client)


def test_known_and_unknown_sound_the_same(alice: Membership, client: Client) -> None:
    """ID-4.a: asking for a link says nothing about who has an account, or an active one."""
    alice.user.is_active = False
    alice.user.save()
    answers = [ask(client, email) for email in ("nobody@example.com", alice.email)]
    assert {(a.status_code, a["Location"], a.content) for a in answers} == {
        (302, "/sign-in/link/sent/", b"")
    }
    assert sweep_account_mail() == []


def test_a_quarter_of_an_hour(alice: Membership, client: Client, clock: Clock) -> None:
    """ID-4.a: after 15 minutes the link is worth nothing."""
    secret = mailed_secret(alice.email)
    clock.advance(timedelta(minutes=14, seconds=59))
    assert client.get(page_of(secret)).status_code == 200
    clock.advance(timedelta(seconds=1))
    assert client.get(page_of(secret)).status_code == 410
    assert client.post(page_of(secret)).status_code == 410
    assert not signed_in(client)


def test_nothing_that_opens_is_stored(alice: Membership) -> None:
    """ID-3.b: the table holds the link's hash, and a dump of it opens nothing."""
    secret = mailed_secret(alice.email)
    [row] = AccountMail.objects.values()
    assert row["digest"] == secret_digest(secret)
    assert secret not in str(row)


def test_a_link_is_good_for_its_purpose_only(alice: Membership, client: Client) -> None:
    """ID-3.a: what a mail for a new password carries does not sign in, and the other way round."""
    client.post("/password-reset/", {"email": alice.email})
    [letter] = sweep_account_mail()
    uid, token = str(letter.body).partition("/password-reset/")[2].split("/")[:2]
    assert client.post(page_of(token)).status_code == 410
    secret = mailed_secret(alice.email)
    AccountMail.objects.filter(digest=secret_digest(secret)).delete()
    wrong = client.get(f"/password-reset/{uid}/{secret}/", follow=True)
    assert "does not work any more" in wrong.content.decode()
    assert not signed_in(client)


def test_a_new_password_ends_mailed_links(alice: Membership, client_for: ClientFor) -> None:
    """ID-4.a: who changes the password shuts out whoever reads the mail of before."""
    from tests.factories.tenancy import PASSWORD

    secret = mailed_secret(alice.email)
    answer = client_for(alice).post(
        "/t/acme/settings/profile/password/",
        {"current": PASSWORD, "password": "an even longer pass phrase"},
    )
    assert answer.status_code == 302
    assert Client().post(page_of(secret)).status_code == 410


def test_using_one_ends_the_others(alice: Membership, client: Client) -> None:
    """ID-4.a: of several links asked for, one signs in."""
    first, second = mailed_secret(alice.email), mailed_secret(alice.email)
    client.post(page_of(second))
    assert Client().post(page_of(first)).status_code == 410


def test_a_deactivated_person_stays_out(alice: Membership, client: Client) -> None:
    """ID-4.a: a link sent before does not outlive the account."""
    secret = mailed_secret(alice.email)
    alice.user.is_active = False
    alice.user.save()
    assert client.post(page_of(secret)).status_code == 410


def test_too_many_for_one_address(alice: Membership, client: Client, clock: Clock) -> None:
    """ID-4.a: one address, known or not, gets four mails a quarter of an hour, however spelled."""
    for email in (alice.email, "nobody@example.com"):
        spellings = [email, email.upper(), f" {email}", email.title()]
        assert {ask(client, one).status_code for one in spellings} == {302}
        refused = ask(client, email)
        assert refused.status_code == 429
        assert "pause it" in refused.content.decode()
    assert len(sweep_account_mail()) == 4
    clock.advance(timedelta(minutes=15))
    assert ask(client, alice.email).status_code == 302


def test_too_many_from_one_machine(db: None, client: Client) -> None:
    """ID-4.a: one machine asks for so many addresses only; another one is not held up by it."""
    for number in range(proofs.LINKS_PER_MACHINE.most):
        assert ask(client, f"a{number}@example.com").status_code == 302
    assert ask(client, "one-more@example.com").status_code == 429
    assert ask(client, "one-more@example.com", REMOTE_ADDR="10.1.1.1").status_code == 302
    assert "example" not in str(list(Attempt.objects.values()))


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/t/acme/settings/", "/t/acme/settings/"), ("//evil.example/", "/")]
)
def test_it_goes_on_to_the_page_that_was_wanted(
    alice: Membership, client: Client, wanted: str, reached: str
) -> None:
    """ID-4: the link leads on to the page that asked for signing in, if it is one of ours."""
    client.post(ASK, {"email": alice.email, "next": wanted})
    [letter] = sweep_account_mail()
    secret = str(letter.body).partition(ASK)[2].partition("/")[0]
    assert client.post(page_of(secret))["Location"] == reached


def test_the_session_gets_a_new_key(alice: Membership, bob: Membership, client: Client) -> None:
    """ID-4.a: neither a planted session nor another person's is carried on."""
    sign_in(client, bob.email)
    session = client.session
    session["secret"] = "Bob's"
    session.save()
    planted = client.session.session_key
    client.post(page_of(mailed_secret(alice.email)))
    assert client.session["_auth_user_id"] == str(alice.user_id)
    assert client.session.session_key != planted
    assert "secret" not in client.session
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    assert not signed_in(thief)


def test_a_mail_server_away(
    alice: Membership, client: Client, clock: Clock, settings: Any, caplog: Any
) -> None:
    """ID-1.a: the request does not wait for the mail server; the mail is tried again until the
    link would be too old, and then stands there as failed.
    """
    settings.EMAIL_BACKEND = "tests.support.mail.TellingBackend"

    def refuse(_mail: object) -> None:
        raise ConnectionRefusedError("nobody there")

    TellingBackend.answer, TellingBackend.sent = staticmethod(refuse), []  # type: ignore[misc]
    assert ask(client, alice.email).status_code == 302
    run_sweep(account_mail.SWEEP)
    row = AccountMail.objects.get()
    assert (row.state, row.attempts) == ("queued", 1)
    assert "nobody there" in row.error
    clock.advance(timedelta(minutes=2))
    TellingBackend.answer = staticmethod(lambda _mail: None)  # type: ignore[misc]
    run_sweep(account_mail.SWEEP)
    assert [letter.to for letter in TellingBackend.sent] == [[alice.email]]
    TellingBackend.answer = staticmethod(refuse)  # type: ignore[misc]
    ask(client, alice.email)
    for _attempt in range(5):
        run_sweep(account_mail.SWEEP)
        clock.advance(timedelta(minutes=5))
    assert set(AccountMail.objects.values_list("state", flat=True)) == {"sent", "failed"}
    assert "was not sent" in caplog.text


def test_what_is_over_is_deleted(alice: Membership, client: Client, clock: Clock) -> None:
    """ID-4: neither old links nor counted attempts pile up."""
    ask(client, alice.email)
    clock.advance(timedelta(days=7))
    ask(client, alice.email)
    assert run_sweep("account-mail-over") == 0
    assert AccountMail.objects.count() == 1
    assert {attempt.at for attempt in Attempt.objects.all()} == {AccountMail.objects.get().due_at}


@pytest.mark.django_db(transaction=True)
def test_two_at_once(alice: Membership) -> None:
    """ID-4.a: of two clicks at the same moment one gets in; many are not too many."""
    secret = mailed_secret(alice.email)
    got: list[object] = []
    allowed: list[bool] = []
    barrier = threading.Barrier(6)

    def go() -> None:
        barrier.wait()
        got.append(account_mail.use_sign_in_link(secret=secret))
        allowed.append(throttling.take_attempt(proofs.LINKS_PER_ADDRESS, "x"))
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in got if one is not None]) == 1
    assert sum(allowed) == proofs.LINKS_PER_ADDRESS.most
    assert AccountMailPurpose.SIGN_IN in AccountMail.objects.values_list("purpose", flat=True)
