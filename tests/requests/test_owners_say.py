"""The account's owner has a say before somebody there is asked (ASK-2)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.links import secret_of
from advocacy.messaging.models import OutgoingMail, PersonalLink, UndoWindow
from advocacy.messaging.undo import undo_latest
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.lookups import tenants_due
from advocacy.tenancy.models import Membership, Tenant
from advocates.accounts.holds import hold_account
from advocates.joining.enrolment import pause_advocate
from advocates.models import Account, Advocate, Participation
from advocates.program.ledger.services import CapacityRefused, take_unit
from portal.selectors.home import home_of
from reporting.news.selectors import news_of
from reporting.queue import everything
from requests.asks import dispatch
from requests.asks.choices import AskState
from requests.asks.saying import agree_to_ask, ask_somebody_else, put_ask_off
from requests.asks.sweeping import sweep_asks, sweep_requests
from requests.asks.taking_back import withdraw_ask
from requests.mails import SAY_PURPOSE, link_of
from requests.models import Ask, Request
from requests.requests.triage import ask_for_info, decline_request, give_info
from tests.factories.advocates import AccountFactory, catalogued
from tests.factories.enablement import MaterialFactory
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import AbsenceFactory, MembershipFactory
from tests.requests.asking import MakeRequest, Send, accept, open_units
from tests.support.owners_say import owners_say
from tests.support.rest import api_for
from tests.support.time import Clock

Propose = Callable[..., Ask]


@pytest.fixture
def tom(program: Tenant) -> Membership:
    """Owns the account; somebody was asked before, so that silence will do."""
    owners_say(say_yes_first_ask="no")
    made: Membership = MembershipFactory(role="csm", user__name="Tom Weber")
    return made


@pytest.fixture
def account(tom: Membership) -> Account:
    made: Account = AccountFactory(name="Quantum", owner=tom)
    return made


@pytest.fixture
def propose(make_request: MakeRequest, send: Send, account: Account) -> Propose:
    """``propose()``: Alice asks Ana at Tom's account; it is 10 o'clock on a Monday."""

    def go(request: Request | None = None, **changes: Any) -> Ask:
        ana = ReadyFactory(account=account, first_name="Ana", last_name="Lima")
        (ask,) = send(request or make_request(), ana, **changes)
        return ask

    return go


def of(member: Membership) -> Actor:
    return Actor.member(member)


def mails(kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=kind).exclude(state="cancelled"))


def say_url(ask: Ask) -> str:
    link = PersonalLink.objects.get(subject_id=ask.pk, purpose=SAY_PURPOSE)
    return f"/p/{secret_of(link)}/say/"


def waits_on_today(member: Membership) -> list[str]:
    return [item.key for item in everything(member) if item.key.startswith("say-")]


def unsent(advocate: Advocate) -> list[str]:
    rows = Participation.objects.filter(advocate=advocate, state="released")
    return list(rows.values_list("release_reason", flat=True))


def test_silence_means_go(
    propose: Propose, tom: Membership, alice: Membership, clock: Clock, scope: Tenant
) -> None:
    """ASK-2.a: the owner is asked, the unit is taken, the advocate hears nothing; after four
    business hours of silence it goes out by the sweep, once, and its patience counts from there.
    """
    asked_at = product_clock.now()
    ask = propose()
    assert (ask.state, ask.is_sent, ask.say_of, ask.say_until) == (
        AskState.PROPOSED,
        False,
        tom,
        asked_at + timedelta(hours=4),
    )
    (mail,) = mails("request_owners_say")
    assert (mail.to_email, mails("ask")) == (tom.user.email, [])
    assert "Say nothing, and it goes out by itself" in mail.text
    assert open_units(ask.advocate) == 1
    assert home_of(ask.advocate).waiting == home_of(ask.advocate).asked == []
    assert (waits_on_today(tom), waits_on_today(alice)) == ([f"say-{ask.pk}"], [])
    clock.advance(hours=3, minutes=59)
    assert scope.pk not in tenants_due("tenants_with_due_asks")
    sweep_asks(scope.pk)
    assert ask.reload().state == AskState.PROPOSED
    clock.advance(minutes=1)
    assert scope.pk in tenants_due("tenants_with_due_asks")
    sweep_asks(scope.pk)
    sweep_asks(scope.pk)
    ask.reload()
    assert (ask.state, ask.said, ask.sent_at) == (AskState.SENT, "silence", product_clock.now())
    assert len(mails("ask")) == 1
    assert ask.expires_at == product_clock.now() + timedelta(days=2)
    assert (open_units(ask.advocate), unsent(ask.advocate)) == (1, ["unsent"])
    assert ask.participation.taken_at == product_clock.now()
    assert waits_on_today(tom) == []
    assert scope.pk not in tenants_due("tenants_with_due_asks")


@pytest.mark.parametrize("why", ["renewal", "health", "first"])
def test_some_take_a_yes(
    propose: Propose, tom: Membership, account: Account, clock: Clock, scope: Tenant, why: str
) -> None:
    """ASK-2.b: the renewal within 90 days, health below 80, or the first ask ever: silence is no
    go, and whoever runs it hears that nobody was asked.
    """
    if why == "first":
        owners_say()
    changes = {
        "renewal": {"renewal_on": product_clock.now().date() + timedelta(days=90)},
        "health": {"health": 79},
    }.get(why, {"renewal_on": product_clock.now().date() + timedelta(days=91), "health": 80})
    Account.objects.filter(pk=account.pk).update(**changes)
    account.refresh_from_db()
    reason = "She offered it." if why == "health" else ""
    ask = propose(override_reason=reason)
    assert (ask.say_because, ask.say_until) == (why, None)
    assert "takes your yes" in mails("request_owners_say")[0].text
    clock.advance(days=1)
    sweep_asks(scope.pk)
    assert ask.reload().state == AskState.PROPOSED
    clock.set(ask.expires_at)
    sweep_asks(scope.pk)
    assert (ask.reload().state, mails("ask")) == (AskState.NOT_ASKED, [])
    assert "there was none in time" in mails("request_kept_back")[0].text
    assert (open_units(ask.advocate), unsent(ask.advocate)) == (0, ["unsent"])


def test_what_came_to_need_a_yes(
    propose: Propose, account: Account, clock: Clock, scope: Tenant
) -> None:
    """ASK-2.b: health fell while nobody said anything; the silence of before does not count."""
    ask = propose()
    Account.objects.filter(pk=account.pk).update(health=70)
    clock.advance(hours=4)
    sweep_asks(scope.pk)
    ask.reload()
    assert (ask.state, ask.say_until, ask.say_because) == (AskState.PROPOSED, None, "health")
    assert len(mails("request_owners_say")) == 2


def test_one_tap_from_the_mail(propose: Propose, tom: Membership, clock: Clock) -> None:
    """ASK-2.a, ID-3.a, ENB-1.b: the link's page has the buttons and what helps to decide; looking
    changes nothing, one press sends, the second one finds it done.
    """
    MaterialFactory(audience="csm", title="Handling hesitation")
    ask = propose()
    page, phone = say_url(ask), Client()
    for _time in range(2):
        shown = phone.get(page).content.decode()
    assert "Go, ask Ana Lima" in shown
    assert "Handling hesitation" in shown
    assert ask.reload().state == AskState.PROPOSED
    assert phone.post(page, {"kind": "sure"}).status_code == 422
    assert phone.post(page, {"kind": "not_before"}).status_code == 422
    assert phone.post(page, {"kind": "go"}).status_code == 302
    ask.reload()
    assert (ask.state, ask.said, ask.said_by) == (AskState.SENT, "go", tom)
    assert "is being asked now" in phone.get(page).content.decode()
    assert phone.post(page, {"kind": "rather_not"}).status_code == 409
    assert (ask.reload().state, len(mails("ask"))) == (AskState.SENT, 1)
    accept(ask)


def test_rather_somebody_else(
    propose: Propose, tom: Membership, alice: Membership, client: Client
) -> None:
    """ASK-2.a, ENB-1.b: from Today; the next is proposed, the unit is free as if it had never been
    taken, the advocate hears nothing and has declined nothing.
    """
    ask = propose()
    client.force_login(tom.user)
    url = f"/t/{tom.tenant.slug}/requests/asks/{ask.pk}/say/"
    # Offered where somebody nominates, requests, and is asked.
    for page in (
        url,
        f"/t/{tom.tenant.slug}/nominations/new/",
        f"/t/{tom.tenant.slug}/requests/new/",
    ):
        assert "Good to know" in client.get(page).content.decode()
    answer = client.post(url, {"kind": "rather_not", "say_note": "They are moving offices."})
    assert answer.status_code == 302
    ask.reload()
    assert (ask.state, ask.said_by, unsent(ask.advocate)) == (AskState.NOT_ASKED, tom, ["unsent"])
    (mail,) = mails("request_kept_back")
    assert mail.to_email == alice.user.email
    assert "They are moving offices." in mail.text
    assert ask.advocate.reload().last_asked_at is None
    assert [item.key.split("-")[0] for item in everything(alice)] == ["next"]
    assert home_of(ask.advocate).asked == []


def test_not_before_a_day(
    propose: Propose, tom: Membership, clock: Clock, scope: Tenant, make_request: MakeRequest
) -> None:
    """ASK-2.a: it waits for the day and goes out by itself then, with times that are still to come;
    a day after the one it is needed by is a no.
    """
    ask, second = propose(), propose(make_request())
    today = product_clock.now().date()
    put_ask_off(actor=of(tom), ask=ask, not_before=today + timedelta(days=9))
    late_day = second.request.needed_by + timedelta(days=1)
    gone = put_ask_off(actor=of(tom), ask=second, not_before=late_day)
    assert (gone.state, "after the one" in gone.say_note) == (AskState.NOT_ASKED, True)
    clock.advance(days=8)
    sweep_asks(scope.pk)
    assert (ask.reload().state, waits_on_today(tom)) == (AskState.PROPOSED, [])
    clock.advance(days=1, hours=8)
    sweep_asks(scope.pk)
    ask.reload()
    assert (ask.state, ask.said) == (AskState.SENT, "not_before")
    assert min(slot.starts_at for slot in ask.slots.all()) > product_clock.now()


def test_who_is_asked(
    make_request: MakeRequest, send: Send, account: Account, tom: Membership, alice: Membership
) -> None:
    """ASK-2.c: who sends to an account of their own is not asked, nor is anybody where the tenant
    switched it off; a delegate is, in the owner's place; where nobody is there, the program.
    """
    lena = MembershipFactory(role="csm", user__name="Lena")

    def asked(**kwargs: Any) -> Ask:
        (ask,) = send(make_request(), ReadyFactory(account=account), **kwargs)
        withdraw_ask(actor=of(alice), ask=ask)
        return ask

    assert asked(by=tom).is_sent
    absence = AbsenceFactory(member=tom, delegate=lena)
    ask = asked()
    assert (ask.is_sent, ask.say_of) == (False, lena)
    absence.delete()
    Membership.objects.filter(pk=tom.pk).update(is_active=False)
    account.refresh_from_db()
    assert asked().is_sent


def test_only_they_say_it(propose: Propose, tom: Membership, alice: Membership) -> None:
    """ASK-2.a, ASK-2.c: not the one who asks, nor another CSM; once the owner has left, the
    program says it, also over REST.
    """
    ask = propose()
    other = MembershipFactory(role="csm")
    for member in (alice, other):
        with pytest.raises(NotAllowed):
            agree_to_ask(actor=of(member), ask=ask.reload())
    assert api_for(alice).post(f"asks/{ask.pk}/go/").status_code == 403
    Membership.objects.filter(pk=tom.pk).update(is_active=False)
    assert waits_on_today(alice) == [f"say-{ask.pk}"]
    seen = api_for(alice).post(f"asks/{ask.pk}/go/").json()
    assert (seen["state"], seen["said"]) == ("sent", "go")
    assert Client().get(say_url(ask)).status_code == 410


def test_half_the_time_left(propose: Propose, make_request: MakeRequest, clock: Clock) -> None:
    """ASK-2.a: needed tomorrow, the wait is no longer than half the time left."""
    clock.set(datetime(2026, 3, 3, 18, 0, tzinfo=UTC))
    request = make_request(needed_by=date(2026, 3, 4), rush_reason="The board decides tomorrow.")
    ask = propose(request)
    assert ask.say_until is not None
    assert ask.say_until - product_clock.now() <= (request.deadline - product_clock.now()) / 2


def test_it_is_judged_once_more(
    propose: Propose,
    account: Account,
    tom: Membership,
    clock: Clock,
    scope: Tenant,
    send: Send,
    make_request: MakeRequest,
    alice: Membership,
) -> None:
    """ASK-2.a, CAP-7.a, ACC-2: held, paused or taken over meanwhile, nobody is asked, whoever said
    go; a *not before* gives no ask within the days that lie between two.
    """
    held = propose()
    hold_account(actor=of(tom), account=account, reason="Escalation")
    assert (held.reload().state, mails("ask"), mails("ask_cancelled")) == ("cancelled", [], [])
    assert unsent(held.advocate) == ["unsent"]
    other = AccountFactory(owner=tom)
    ben = ReadyFactory(account=other)
    (paused,) = send(make_request(), ben)
    pause_advocate(actor=of(alice), advocate=ben, reason="Parental leave")
    assert paused.reload().state == "cancelled"
    # Put off, and asked for something else in between: the days between two asks hold.
    cleo = ReadyFactory(account=AccountFactory(owner=tom))
    (late,) = send(make_request(needed_by=product_clock.now().date() + timedelta(days=60)), cleo)
    put_ask_off(actor=of(tom), ask=late, not_before=product_clock.now().date() + timedelta(days=23))
    clock.advance(days=22)
    take_unit(advocate=cleo, activity_type=catalogued("product_feedback"))
    with pytest.raises(CapacityRefused):
        agree_to_ask(actor=of(tom), ask=late.reload())
    clock.advance(days=2)
    sweep_asks(scope.pk)
    assert (late.reload().state, len(late.say_note) > 0) == ("not_asked", True)
    assert open_units(cleo) == 1


def test_ends_with_its_request(
    propose: Propose,
    make_request: MakeRequest,
    alice: Membership,
    tom: Membership,
    clock: Clock,
    scope: Tenant,
) -> None:
    """ASK-3.a, ASK-2.a: declined, it ends without a word to the advocate, and comes back when that
    is taken back; while the requester is asked something, silence waits.
    """
    ask = propose()
    decline_request(actor=of(alice), request=ask.request, reason="Another vendor.")
    assert (ask.reload().state, open_units(ask.advocate)) == ("cancelled", 0)
    undo_latest(actor=of(alice), subject_id=ask.request_id)
    assert (ask.reload().state, open_units(ask.advocate)) == ("proposed", 1)
    ask_for_info(actor=of(alice), request=ask.request.reload(), question="Which product?")
    clock.advance(hours=4)
    sweep_asks(scope.pk)
    assert (ask.reload().state, ask.expires_at > product_clock.now()) == ("proposed", True)
    clock.set(ask.request.deadline + timedelta(minutes=1))
    sweep_requests(scope.pk)
    sweep_asks(scope.pk)
    assert (ask.reload().state, mails("ask"), open_units(ask.advocate)) == ("cancelled", [], 0)


def test_a_go_while_the_requester_is_asked(
    propose: Propose, tom: Membership, alice: Membership, clock: Clock, scope: Tenant
) -> None:
    """ASK-2.a: it is kept, and it goes out once they have answered."""
    ask = propose()
    ask_for_info(actor=of(alice), request=ask.request.reload(), question="Which product?")
    agree_to_ask(actor=of(tom), ask=ask)
    assert (ask.reload().state, ask.said, waits_on_today(tom)) == ("proposed", "go", [])
    clock.advance(hours=1)
    sweep_asks(scope.pk)
    assert (ask.reload().state, mails("ask")) == ("proposed", [])
    give_info(actor=of(ask.request.requester), request=ask.request.reload(), answer="All of it.")
    clock.advance(hours=1)
    sweep_asks(scope.pk)
    assert (ask.reload().state, ask.said, len(mails("ask"))) == ("sent", "go", 1)


def test_what_came_to_need_an_approval(
    propose: Propose, tom: Membership, clock: Clock, scope: Tenant
) -> None:
    """REQ-3.b, ASK-2.a: neither silence nor a go sends it before it is approved."""
    ask = propose()
    Request.objects.filter(pk=ask.request_id).update(approval_since=product_clock.now())
    clock.advance(hours=4)
    sweep_asks(scope.pk)
    assert (ask.reload().state, mails("ask")) == ("proposed", [])
    agree_to_ask(actor=of(tom), ask=ask)
    clock.advance(hours=1)
    sweep_asks(scope.pk)
    assert (ask.reload().state, mails("ask")) == ("proposed", [])
    Request.objects.filter(pk=ask.request_id).update(approval_since=None)
    clock.advance(hours=1)
    sweep_asks(scope.pk)
    assert (ask.reload().state, len(mails("ask"))) == ("sent", 1)


def test_what_dies_on_the_way_leaves_nothing_half(
    propose: Propose, clock: Clock, scope: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASK-2.a, CAP-1.b: whatever fails between the unit and the mail, it waits as before, and the
    next sweep sends it once.
    """
    ask = propose()
    clock.advance(hours=4)
    with monkeypatch.context() as broken:
        broken.setattr(dispatch, "mail_ask", lambda *_args: 1 / 0)
        sweep_asks(scope.pk)
    assert (ask.reload().state, ask.is_sent, link_of(ask)) == ("proposed", False, None)
    assert (open_units(ask.advocate), unsent(ask.advocate)) == (1, [])
    clock.advance(hours=1)
    sweep_asks(scope.pk)
    assert (ask.reload().state, len(mails("ask")), open_units(ask.advocate)) == ("sent", 1, 1)


def test_second_thoughts(propose: Propose, tom: Membership, alice: Membership) -> None:
    """ASK-2.a: each takes back what was theirs, before it left: the go, the no, and the ask itself
    as long as its owner has said nothing.
    """
    ask = propose()
    agree_to_ask(actor=of(tom), ask=ask)
    undo_latest(actor=of(tom), subject_id=ask.pk)
    assert (ask.reload().state, ask.said, link_of(ask)) == ("proposed", "", None)
    assert mails("ask") == []
    ask_somebody_else(actor=of(tom), ask=ask)
    undo_latest(actor=of(tom), subject_id=ask.pk)
    assert (ask.reload().state, open_units(ask.advocate)) == ("proposed", 1)
    agree_to_ask(actor=of(tom), ask=ask)
    assert (len(mails("ask")), open_units(ask.advocate)) == (1, 1)
    with pytest.raises(Conflict, match="it stands"):
        undo_latest(actor=of(alice), subject_id=ask.request_id)
    again = propose(make_another(ask))
    undo_latest(actor=of(alice), subject_id=again.request_id)
    assert not Ask.objects.filter(pk=again.pk).exists()
    assert mails("request_owners_say") == [
        m for m in mails("request_owners_say") if m.subject_id == ask.pk
    ]


def make_another(ask: Ask) -> Request:
    """The same request once more."""
    from requests.requests.details import RequestDetails
    from requests.requests.services import create_request, submit_request

    actor = of(ask.request.requester)
    details = RequestDetails(
        activity_type=ask.request.activity_type,
        needed_by=ask.request.needed_by,
        prospect="Other",
    )
    return submit_request(actor=actor, request=create_request(actor=actor, details=details))


def test_the_owner_hears(propose: Propose, tom: Membership, alice: Membership) -> None:
    """ASK-2.d: of the answer at the account, in the bell and by one mail of a yes; not of what they
    did themselves.
    """
    ask = propose()
    agree_to_ask(actor=of(tom), ask=ask)
    accept(ask.reload())
    assert "ask.accepted" in {row.verb for row in news_of(tom)}
    assert [mail.to_email for mail in mails("request_at_own_account")] == [tom.user.email]
    assert not Event.objects.filter(verb="ask.proposed", payload__has_key="name").exists()
    assert UndoWindow.objects.count() > 0


@pytest.mark.parametrize("renewal", [200, 20])
def test_a_company_that_was_handed_over(
    propose: Propose, tom: Membership, account: Account, clock: Clock, client: Client, renewal: int
) -> None:
    """ASK-2.a, ID-3: the silence of who owns it no more is no go; the new owner is asked, and what
    Tom was sent speaks for nobody any more.
    """
    ask = propose()
    toms = say_url(ask)
    lena = MembershipFactory(role="csm", user__name="Lena New")
    on = product_clock.now().date() + timedelta(days=renewal)
    Account.objects.filter(pk=account.pk).update(owner=lena, renewal_on=on)
    clock.advance(hours=4)
    sweep_asks(ask.tenant_id)  # type: ignore[attr-defined]
    ask.reload()
    assert (ask.state, ask.say_of, ask.say_until is None) == ("proposed", lena, renewal == 20)
    assert [mail.to_email for mail in mails("request_owners_say")] == [tom.email, lena.email]
    assert client.post(toms, {"kind": "go"}).status_code == 410
    link = PersonalLink.objects.get(subject_id=ask.pk, purpose=SAY_PURPOSE, revoked_at=None)
    assert client.post(f"/p/{secret_of(link)}/say/", {"kind": "go"}).status_code == 302
    assert (ask.reload().state, ask.said_by) == ("sent", lena)
