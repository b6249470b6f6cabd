"""The bell: who hears of what, what it reads like to whom, and reading it (UI-1, VIS-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy import clock as now_clock
from advocacy.events.services import record
from advocacy.messaging.undo import undo_latest
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.sweeps import run_sweep
from advocates.models import Advocate, Tier
from reporting.models import News
from reporting.news.hearing import HEARD, TAKEN_BACK
from reporting.news.presentation import WORDS, lines
from reporting.news.selectors import news_of, unread_count
from reporting.news.services import read_all_news, read_news
from requests.asks.answers import AskAnswer, answer_ask
from requests.models import Request
from requests.requests.services import assign_manager
from requests.requests.triage import decline_request
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    NominationFactory,
    ProgramInvitationFactory,
    TierChangeFactory,
    set_up,
)
from tests.factories.reporting import NewsFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Clients = Callable[[Membership | None], Client]
IN_PANEL = {"HX-Request": "true", "HX-Target": "div#panel-body"}
SYSTEM = Actor.system("test")


class Cast:
    """One request, ask, nomination, invitation, person and account, and whose each is."""

    def __init__(self, alice: Membership, bob: Membership) -> None:
        set_up()
        self.manager, self.requester = alice, bob
        self.owner = MembershipFactory(role="csm")
        self.colleague = MembershipFactory(role="csm")
        self.marketing = MembershipFactory(role="marketing")
        self.account = AccountFactory(name="Isdom", owner=self.owner)
        self.advocate = AdvocateFactory(
            first_name="Ana", last_name="Lima", account=self.account, status="active"
        )
        self.request = RequestFactory(requester=bob, manager=alice, state="outreach")
        self.ask = AskFactory(
            request=self.request, advocate=self.advocate, sender=self.colleague, state="declined"
        )
        self.activity = ActivityFactory(
            advocate=self.advocate,
            completed=True,
            participation__origin="volunteered",
            participation__units=0,
        )
        self.nomination = NominationFactory(advocate=self.advocate, nominated_by=self.marketing)
        self.invitation = ProgramInvitationFactory(advocate=self.advocate, sender=self.colleague)
        gold = Tier.objects.get(code="gold")
        self.tier = TierChangeFactory(
            advocate=self.advocate, from_tier=None, to_tier=gold, why="earned"
        )

    def named(self, member: Membership) -> str:
        names = ("manager", "requester", "owner", "colleague", "marketing")
        return next(name for name in names if getattr(self, name).pk == member.pk)

    def heard(self) -> dict[str, bool]:
        """Who has news: unread ones, or read from the start."""
        rows = News.objects.select_related("member")
        return {self.named(row.member): row.read_at is None for row in rows}


@pytest.fixture
def cast(scope: object, alice: Membership, bob: Membership) -> Cast:
    return Cast(alice, bob)


#: Subject, payload, who hears of it; False: Today says it to them.
CASES: dict[str, tuple[str, dict[str, Any], dict[str, bool]]] = {
    "request.review_started": ("request", {}, {"requester": True}),
    "request.outreach_started": ("request", {"from": "submitted"}, {"requester": True}),
    "request.info_asked": ("request", {}, {"requester": False}),
    "request.declined": ("request", {}, {"requester": True}),
    "request.unfilled": ("request", {}, {"requester": True, "manager": True}),
    "request.cancelled": ("request", {}, {"requester": True, "manager": True}),
    "request.confirmed": ("request", {}, {"requester": False}),
    "request.scheduled": ("request", {}, {"requester": True, "manager": True}),
    "request.reopened": ("request", {}, {"requester": True}),
    "request.completed": ("request", {}, {"requester": False}),
    "ask.put_off": ("ask", {}, {"colleague": True}),
    "ask.kept_back": ("ask", {}, {"colleague": True}),
    "ask.lapsed": ("ask", {}, {"colleague": True, "owner": True}),
    "ask.accepted": ("ask", {}, {"colleague": True, "owner": True}),
    "ask.declined": ("ask", {}, {"colleague": True, "owner": True}),
    "ask.postponed": ("ask", {}, {"colleague": True, "owner": True}),
    "ask.passed_on": ("ask", {}, {"colleague": True, "owner": True}),
    "ask.expired": ("ask", {}, {"colleague": True, "owner": True}),
    "activity.scheduled": ("activity", {}, {"owner": True}),
    "activity.completed": ("activity", {}, {"owner": False}),
    "nomination.submitted": ("nomination", {}, {"owner": True}),
    "nomination.volunteered": ("nomination", {}, {"owner": True}),
    "nomination.accepted": ("nomination", {}, {"owner": True, "marketing": False}),
    "nomination.returned": ("nomination", {}, {"owner": True, "marketing": False}),
    "program_invitation.accepted": ("invitation", {}, {"owner": True, "colleague": True}),
    "program_invitation.declined": ("invitation", {}, {"owner": True, "colleague": True}),
    "advocate.enrolled": ("advocate", {}, {"owner": True}),
    "advocate.paused": ("advocate", {}, {"owner": True}),
    "advocate.resumed": ("advocate", {}, {"owner": True}),
    "advocate.retired": ("advocate", {}, {"owner": True}),
    "advocate.moved": ("advocate", {}, {"owner": True}),
    "tier.changed": ("tier", {}, {"owner": True}),
    "account.held": ("account", {}, {"owner": True}),
    "account.hold_lifted": ("account", {}, {"owner": True}),
}


def test_every_kind_is_told_here_and_has_words() -> None:
    assert set(CASES) == set(HEARD) == set(WORDS)
    assert {verb for verbs in TAKEN_BACK.values() for verb in verbs} <= set(HEARD)


@pytest.mark.parametrize("verb", CASES)
def test_who_hears_and_who_does_not(verb: str, cast: Cast) -> None:
    """Whose it is hears of it, nobody else does, and each can read it."""
    subject, payload, hearers = CASES[verb]
    record(verb, getattr(cast, subject), actor=SYSTEM, payload=payload)
    assert cast.heard() == hearers
    for name in hearers:
        member = getattr(cast, name)
        (line,) = lines(member, news_of(member))
        assert line.is_unread is hearers[name]
        assert "%(" not in line.text


@pytest.mark.parametrize("verb", CASES)
def test_who_did_it_gets_no_news_of_it(verb: str, cast: Cast) -> None:
    """In a browser or by token."""
    subject, payload, hearers = CASES[verb]
    for number, name in enumerate(hearers):
        member = getattr(cast, name)
        actor = Actor.member(member) if number else Actor("token", None, member, "CRM")
        News.objects.all().delete()
        record(verb, getattr(cast, subject), actor=actor, payload=payload)
        assert set(cast.heard()) == set(hearers) - {name}


# -- what Today says already ----------------------------------------------------------------------


def test_an_answer_is_no_news_where_today_asks_for_the_next_step(cast: Cast) -> None:
    """To who looks after the request: to ask the next, to pick a time. A second ask that
    is still out makes a no news again, and so does a yes while another is missing.
    """
    ask = AskFactory(
        request=cast.request, advocate=AdvocateFactory(), sender=cast.manager, state="declined"
    )
    record("ask.declined", ask, actor=SYSTEM)
    assert cast.heard() == {"manager": False}
    AskFactory(request=cast.request, advocate=AdvocateFactory(), state="sent")
    record("ask.declined", ask, actor=SYSTEM)
    assert cast.heard() == {"manager": True}
    ask.state = "accepted"
    ask.save()
    record("ask.accepted", ask, actor=SYSTEM)
    assert {row.verb: row.read_at is None for row in news_of(cast.manager)} == {
        "ask.declined": True,
        "ask.accepted": False,
    }
    cast.request.needed_count = 2
    record("ask.accepted", ask, actor=SYSTEM)
    assert News.objects.filter(verb="ask.accepted", read_at=None).exists(), "one of two"


def test_what_is_written_needs_no_time(cast: Cast) -> None:
    """A yes to something in writing is news to the requester; of a meeting Today wants a time."""
    cast.request.meeting_format = "written"
    cast.request.save()
    record("request.confirmed", cast.request, actor=SYSTEM)
    assert cast.heard() == {"requester": True}


def test_who_came_or_went_is_told_once(cast: Cast) -> None:
    """Joining and leaving change the tier as well."""
    for why in ("enrolled", "left"):
        cast.tier.why = why
        record("tier.changed", cast.tier, actor=SYSTEM)
    record("request.outreach_started", cast.request, actor=SYSTEM, payload={"from": "in_review"})
    assert cast.heard() == {}


# -- through the services ----------------------------------------------------------------------


def test_a_decline_reaches_the_requester_and_goes_when_it_is_taken_back(cast: Cast) -> None:
    """The same transaction, the same words once; taken back within its seconds, nobody hears."""
    request = RequestFactory(requester=cast.requester, manager=cast.manager, prospect="Telara")
    actor = Actor.member(cast.manager)
    decline_request(actor=actor, request=request, reason="Nobody fits.")
    (line,) = lines(cast.requester, news_of(cast.requester))
    assert line.text.endswith("for Telara was declined")
    assert line.detail == "Alice"
    assert line.url.endswith(f"/requests/{request.pk}/")
    assert not news_of(cast.manager).exists()
    undo_latest(actor=actor, subject_id=request.pk)
    assert not News.objects.exists()


def test_an_answer_is_written_with_the_answer(cast: Cast) -> None:
    """ASK-1: of the advocate's own no the sender hears; again it is one row, unread anew."""
    ask = AskFactory(request=cast.request, advocate=AdvocateFactory(), sender=cast.colleague)
    answer_ask(actor=Actor.advocate(ask.advocate_id), ask=ask, answer=AskAnswer("decline"))
    (row,) = news_of(cast.colleague)
    read_news(actor=Actor.member(cast.colleague), news=row)
    record("ask.declined", ask, actor=SYSTEM)
    (again,) = news_of(cast.colleague)
    assert (again.pk, again.read_at) == (row.pk, None)
    assert again.event_id != row.event_id


def test_handed_over_it_is_the_new_managers(cast: Cast) -> None:
    """Whose it is when it happens."""
    other = MembershipFactory(role="program_manager")
    assign_manager(actor=Actor.member(cast.manager), request=cast.request, manager=other)
    cast.request.refresh_from_db()
    record("request.scheduled", cast.request, actor=SYSTEM)
    assert {row.member_id for row in News.objects.all()} == {other.pk, cast.requester.pk}


def test_both_owners_hear_of_who_changed_companies(cast: Cast) -> None:
    left = AccountFactory(owner=cast.colleague)
    changes = {"account": [str(left.pk), str(cast.account.pk)]}
    record("advocate.moved", cast.advocate, actor=SYSTEM, payload={"changes": changes})
    assert cast.heard() == {"owner": True, "colleague": True}


# -- what it reads like, to whom -------------------------------------------------------------------


def test_words_are_made_by_the_readers_rights(cast: Cast) -> None:
    """VIS-1.a: in sales an ask's advocate has no name, and what is about people is not there,
    in the number neither; as a CSM again, it is.
    """
    record("ask.declined", cast.ask, actor=SYSTEM)
    record("program_invitation.declined", cast.invitation, actor=SYSTEM)
    member = cast.colleague
    assert {line.text for line in lines(member, news_of(member))} == {
        "Ana Lima said no",
        "Ana Lima declined the invitation",
    }
    Request.objects.filter(pk=cast.request.pk).update(requester=member)
    member.role = "sales"
    assert [line.text for line in lines(member, news_of(member))] == ["An advocate said no"]
    assert unread_count(member).number == 1
    member.role = "approver"
    assert not news_of(member).exists()
    member.role = "csm"
    assert unread_count(member).number == 2


def test_a_sponsor_hears_of_their_people(cast: Cast) -> None:
    """ADV-1: whoever sponsors somebody hears what the account's owner does."""
    cast.advocate.executive_sponsor = cast.marketing
    record("advocate.paused", cast.advocate, actor=SYSTEM)
    assert cast.heard() == {"owner": True, "marketing": True}


def test_a_tier_reads_up_or_down(cast: Cast) -> None:
    record("tier.changed", cast.tier, actor=SYSTEM)
    (line,) = lines(cast.owner, news_of(cast.owner))
    assert (line.text, line.detail) == ("Ana Lima reached Gold", "Isdom")
    cast.tier.from_tier = Tier.objects.get(code="platinum")
    cast.tier.save()
    (line,) = lines(cast.owner, news_of(cast.owner))
    assert line.text == "Ana Lima fell back to Gold"


def test_an_erased_person_has_no_name_here(cast: Cast) -> None:
    """GDPR-1.c: no word is stored, so none has to be erased."""
    record("advocate.retired", cast.advocate, actor=SYSTEM)
    Advocate.objects.filter(pk=cast.advocate.pk).update(first_name="", last_name="Erased")
    (line,) = lines(cast.owner, news_of(cast.owner))
    assert "Ana" not in f"{line.text} {line.detail}"


def test_statements_do_not_grow_with_lines(cast: Cast) -> None:
    """A statement or two for each kind of thing, however much happened."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            lines(cast.requester, news_of(cast.requester).select_related("event__actor__user"))
        return len(captured)

    NewsFactory(member=cast.requester)
    asked()  # the tenant is read once
    few = asked()
    for _number in range(5):
        NewsFactory(member=cast.requester)
    assert asked() == few == 2


# -- reading ---------------------------------------------------------------------------------------


def test_the_bell_from_page_to_read(
    client_for: Clients, tenant: Tenant, bob: Membership, alice: Membership
) -> None:
    """UI-1: the number comes with the navigation's; the panel lists, opening reads, and marking
    all read leaves what came since the list was drawn.
    """
    with tenant_scope(tenant):
        first, second = NewsFactory(member=bob), NewsFactory(member=bob)
        NewsFactory(member=alice)
    browser = client_for(bob)
    counts = "/t/acme/navigation/counts/"
    shown = browser.get("/t/acme/")
    counts = shown.context["shell"]["counts_url"]
    assert 'id="bar-count-news"' in shown.content.decode()
    assert ">2</span>" in browser.get(counts).content.decode().split("bar-count-news", 1)[1]
    opened = browser.post(f"/t/acme/news/{first.pk}/open/")
    assert (opened.status_code, opened["Location"]) == (
        302,
        f"/t/acme/requests/{first.subject_id}/",
    )
    assert browser.post(f"/t/acme/news/{first.pk}/open/").status_code == 302
    panel = browser.get("/t/acme/news/", headers=IN_PANEL)
    assert "1 not read" in panel.content.decode()
    with tenant_scope(tenant):
        late = NewsFactory(member=bob, at=now_clock.now() + timedelta(minutes=1))
    until = panel.context["until"]
    anew = browser.post("/t/acme/news/read/", {"until": until}, headers=IN_PANEL).content.decode()
    assert "bar-count-news" in anew
    with tenant_scope(tenant):
        unread = set(News.objects.filter(read_at=None, member=bob).values_list("pk", flat=True))
        assert unread == {late.pk}
        assert News.objects.filter(pk=second.pk, read_at=None).count() == 0
        assert unread_count(alice).number == 1, "a colleague's stay"


def test_a_time_that_is_none_is_refused(client_for: Clients, bob: Membership) -> None:
    """BAD-1: with what is accepted; nothing is read."""
    for given in ("yesterday", "2026-13-01T00:00:00Z", "2026-03-02T09:00:00"):
        answer = client_for(bob).post("/t/acme/news/read/", {"until": given})
        assert answer.status_code == 422
        assert "with its zone" in answer.content.decode()


def test_older_ones_stand_on_a_page(client_for: Clients, tenant: Tenant, bob: Membership) -> None:
    """UI-1.e: by keyset, forward and back."""
    with tenant_scope(tenant):
        now = now_clock.now()
        for number in range(45):
            NewsFactory(member=bob, at=now - timedelta(minutes=number))
    browser = client_for(bob)
    first = browser.get("/t/acme/news/")
    assert len(first.context["lines"]) == 40
    assert "45 things you have not read" in first.content.decode()
    assert "Older news" in browser.get("/t/acme/news/", headers=IN_PANEL).content.decode()
    second = browser.get(f"/t/acme/news/?after={first.context['keys'].after}")
    assert len(second.context["lines"]) == 5
    back = browser.get(f"/t/acme/news/?before={second.context['keys'].before}")
    assert [x.id for x in back.context["lines"]] == [x.id for x in first.context["lines"]]
    assert browser.get("/t/acme/news/?after=nonsense").status_code == 200


def test_a_colleagues_news_are_theirs(
    client_for: Clients, tenant: Tenant, alice: Membership, bob: Membership, charlie: Membership
) -> None:
    """TEN-1: neither a colleague nor somebody elsewhere sees or reads them."""
    with tenant_scope(tenant):
        news = NewsFactory(member=bob)
        with pytest.raises(NotAllowed):
            read_news(actor=Actor.member(alice), news=news)
        with pytest.raises(NotAllowed):
            read_all_news(actor=SYSTEM)
    for member, slug in ((alice, "acme"), (charlie, "umbrella"), (charlie, "acme")):
        assert client_for(member).post(f"/t/{slug}/news/{news.pk}/open/").status_code == 404
        assert api_for(member).get(f"news/{news.pk}/").status_code == 404
    with tenant_scope(tenant):
        assert news.reload().read_at is None


def test_news_over_rest(tenant: Tenant, bob: Membership) -> None:
    """API-2: listed, narrowed to the unread, marked read one by one and all at once."""
    with tenant_scope(tenant):
        now = now_clock.now()
        old, new = (NewsFactory(member=bob, at=now - timedelta(hours=n)) for n in (2, 1))
    api = api_for(bob)
    assert [row["id"] for row in api.get("news/").json()["results"]] == [str(new.pk), str(old.pk)]
    for _time in range(2):
        answer = api.post(f"news/{new.pk}/read/")
        assert (answer.status_code, bool(answer.json()["read_at"])) == (200, True)
    unread = api.get("news/?unread=true").json()["results"]
    assert [(row["id"], row["subject_id"]) for row in unread] == [
        (str(old.pk), str(old.subject_id))
    ]
    assert api.post("news/read-all/", {"until": (now - timedelta(hours=3)).isoformat()}).json() == {
        "read": 0
    }
    assert api.post("news/read-all/").json() == {"read": 1}
    assert api.post("news/read-all/", {"until": "soon"}).status_code == 422


def test_what_is_old_goes_at_night(tenant: Tenant, bob: Membership, clock: Clock) -> None:
    """BAD-2: after 90 days, by the schedule; the log keeps what happened."""
    with tenant_scope(tenant):
        ages = {
            days: NewsFactory(member=bob, at=now_clock.now() - timedelta(days=days))
            for days in (91, 88)
        }
    clock.advance(days=1)
    run_sweep("drop-news")
    with tenant_scope(tenant):
        assert [row.pk for row in News.objects.all()] == [ages[88].pk]
