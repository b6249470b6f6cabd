"""The advocate's page for one ask (ASK-1, ID-3, VIS-1, UI-1)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from activities.activities.completion import complete_activity
from activities.activities.services import cancel_activity
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.links import link_url, revoke_links
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.sending import build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.models import Advocate, Consent
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft, draft_ask
from requests.asks.services import send_asks
from requests.asks.taking_back import withdraw_ask
from requests.mails import link_of
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.scheduling.services import pick_slot
from requests.scheduling.slots import Slot
from tests.factories.advocates import ActivityTypeFactory
from tests.factories.requests import ReadyFactory
from tests.requests.asking import Send, decline
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]
FIRST = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def sent(make_request: MakeRequest, alice: Membership) -> Callable[..., tuple[Ask, str]]:
    """An ask that went out, and the address in its mail."""

    def make(request: Request | None = None, **advocate: Any) -> tuple[Ask, str]:
        who = ReadyFactory(first_name="Ana", time_zone="Europe/Lisbon", **advocate)
        wanted = request or make_request()
        times = tuple(
            Slot(FIRST + timedelta(days=n), FIRST + timedelta(days=n, minutes=30)) for n in range(3)
        )
        draft = AskDraft(who, "Ana, would you talk to a peer?", "Hello Ana,\n\nwould you?", times)
        (ask,) = send_asks(actor=Actor.member(alice), request=wanted, drafts=[draft])
        link = link_of(ask)
        assert link is not None
        address = link_url(link).split("/p/", 1)[1]
        return ask, f"/p/{address}"

    return make


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_the_page_asks_in_the_persons_words_and_zone(
    sent: Callable[..., tuple[Ask, str]], client: Client
) -> None:
    """ASK-1.e, ASK-1, FUL-1.a: who asks, what for, times in the advocate's zone, none ticked for
    them.
    """
    _ask, page = sent()
    response = client.get(page)
    shown = text(response)
    for words in (
        "Ana, would you talk to a peer?",
        "Hello Ana,",
        "Alice",
        "Lisbon time",
        "Thu 5 Mar, 09:00–09:30",
        "A no is fine",
    ):
        assert words in shown, words
    assert "checked" not in shown
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"


def test_looking_changes_nothing(sent: Callable[..., tuple[Ask, str]], client: Client) -> None:
    """ID-3.c: mail scanners follow links, the small forms included."""
    ask, page = sent()
    before = Event.objects.count(), OutgoingMail.objects.count(), Ask.objects.values().get()
    for address in (page, f"{page}?say=no", f"{page}?say=later", f"{page}?say=colleague"):
        assert client.get(address).status_code == 200
    client.head(page)
    after = Event.objects.count(), OutgoingMail.objects.count(), Ask.objects.values().get()
    assert after == before
    assert ask.reload().state == AskState.SENT


def test_answering_needs_the_pages_own_form(sent: Callable[..., tuple[Ask, str]]) -> None:
    """ID-3, ID-4.a: without the form's token nothing is recorded."""
    ask, page = sent()
    assert Client(enforce_csrf_checks=True).post(page, {"say": "no"}).status_code == 403
    assert ask.reload().state == AskState.SENT


def test_yes_with_ticked_times(sent: Callable[..., tuple[Ask, str]], client: Client) -> None:
    """ASK-1.b, FUL-1.a, ID-3.a: one tap; afterwards the same address says thank you and which
    times.
    """
    ask, page = sent()
    first, _second, third = ask.slots.order_by("starts_at")
    answer = client.post(page, {"say": "yes", "slots": [str(first.pk), str(third.pk)]})
    assert answer.status_code == 302
    assert ask.reload().state == AskState.ACCEPTED
    assert Event.objects.get(verb="ask.accepted").actor_kind == "advocate"
    shown = text(client.get(page))
    assert "Thank you, Ana!" in shown
    assert "Thu 5 Mar, 09:00–09:30" in shown
    assert "Fri 6 Mar" not in shown


def test_yes_without_a_time_says_what_is_missing_and_keeps_the_rest(
    sent: Callable[..., tuple[Ask, str]], client: Client
) -> None:
    """BAD-1.a: a sentence, nothing recorded."""
    ask, page = sent()
    answer = client.post(page, {"say": "yes", "slots": ["not-a-time"]})
    assert answer.status_code == 422
    assert "Tick a time that suits you" in text(answer)
    assert ask.reload().state == AskState.SENT


@pytest.mark.parametrize(
    ("form", "state", "words"),
    [
        ({"say": "no"}, AskState.DECLINED, "All right, Ana."),
        ({"say": "no", "reason": "On leave"}, AskState.DECLINED, "It changes nothing between us"),
        (
            {"say": "later", "later_on": "2026-06-01"},
            AskState.LATER,
            "We do not ask you for this before 1 June 2026.",
        ),
        (
            {"say": "colleague", "name": "Jo Park"},
            AskState.SOMEONE_ELSE,
            "I write to Jo Park",
        ),
        ({"say": "yes", "time_note": "Any Friday"}, AskState.ACCEPTED, "“Any Friday”"),
    ],
)
def test_every_answer_has_its_kind_screen(
    sent: Callable[..., tuple[Ask, str]],
    client: Client,
    form: dict[str, str],
    state: AskState,
    words: str,
) -> None:
    """ASK-1.b: recorded at once, and said back in words."""
    ask, page = sent()
    assert client.post(page, form).status_code == 302
    assert ask.reload().state == state
    assert words in text(client.get(page))


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"say": "later"}, "Choose a day from tomorrow on."),
        ({"say": "later", "later_on": "2026-03-02"}, "Choose a day from tomorrow on."),
        ({"say": "later", "later_on": "yesterday"}, "Choose a day from tomorrow on."),
        ({"say": "later", "later_on": "2026-02-31"}, "Choose a day from tomorrow on."),
        ({"say": "colleague", "email": "jo at home"}, "This is no e-mail address"),
        ({"say": "maybe"}, "Choose one of the answers."),
        ({}, "Choose one of the answers."),
    ],
)
def test_what_cannot_be_is_said_and_typed_words_stay(
    sent: Callable[..., tuple[Ask, str]], client: Client, form: dict[str, str], problem: str
) -> None:
    """BAD-1.b, BAD-1.c: never a 500, the small form stays open."""
    ask, page = sent()
    answer = client.post(page, form)
    assert answer.status_code == 422
    assert problem in text(answer)
    if "email" in form:
        assert form["email"] in text(answer)
    assert ask.reload().state == AskState.SENT


def test_a_second_answer_is_told_kindly(
    sent: Callable[..., tuple[Ask, str]], client: Client
) -> None:
    """ASK-1: double click and second thoughts; the first answer stays."""
    ask, page = sent()
    client.post(page, {"say": "yes", "time_note": "Any Friday"})
    again = client.post(page, {"say": "no"})
    assert again.status_code == 409
    assert "Thank you, Ana!" in text(again)
    assert ask.reload().state == AskState.ACCEPTED


def test_too_late_says_that_nothing_is_lost(
    sent: Callable[..., tuple[Ask, str]], client: Client, clock: Clock
) -> None:
    """ASK-1: looking and accepting after the expiry, before and after the sweep."""
    ask, page = sent()
    clock.set(ask.expires_at + timedelta(minutes=1))
    assert "The time to answer this has passed." in text(client.get(page))
    late = client.post(page, {"say": "yes", "time_note": "Any Friday"})
    assert late.status_code == 409
    assert "Nothing is lost, Ana" in text(late)
    assert ask.reload().state == AskState.SENT


def test_filled_and_withdrawn_have_their_own_words(
    sent: Callable[..., tuple[Ask, str]],
    make_request: MakeRequest,
    client: Client,
    alice: Membership,
) -> None:
    """ASK-3.a: already filled; and no longer needed."""
    request = make_request()
    first, page = sent(request)
    second, other_page = sent(request)
    client.post(page, {"say": "yes", "time_note": "Any time"})
    assert second.reload().state == AskState.FILLED
    assert "Somebody else has already said yes." in text(client.get(other_page))
    third, third_page = sent()
    withdraw_ask(actor=Actor.member(alice), ask=third)
    assert "This is not needed any more." in text(client.get(third_page))
    assert first.request.reload().state == RequestState.CONFIRMED


def test_a_revoked_or_unknown_link_opens_nothing(
    sent: Callable[..., tuple[Ask, str]], client: Client
) -> None:
    """ID-3.b: 410 for one that worked, 404 for one that never did."""
    ask, page = sent()
    revoke_links(subject_id=ask.pk)
    gone = client.get(page)
    assert gone.status_code == 410
    assert "no longer in use" in text(gone)
    assert client.get("/p/" + "x" * 43 + "/ask/").status_code == 404


def test_a_confidential_prospect_stays_unnamed_everywhere(
    make_request: MakeRequest,
    sent: Callable[..., tuple[Ask, str]],
    client: Client,
    alice: Membership,
) -> None:
    """VIS-1.c: neither on the page nor in any mail to the advocate, before and after a yes."""
    request = make_request(is_confidential=True, industry="Healthcare")
    who = ReadyFactory()
    draft = draft_ask(request, who, sender=alice)
    (ask,) = send_asks(actor=Actor.member(alice), request=request, drafts=[draft])
    link = link_of(ask)
    assert link is not None
    page = "/p/" + link_url(link).split("/p/", 1)[1]
    assert "Isdom" not in text(client.get(page))
    client.post(page, {"say": "yes", "time_note": "Any time"})
    assert "Isdom" not in text(client.get(page))
    for mail in OutgoingMail.objects.filter(to_email=who.email):
        assert "Isdom" not in mail.subject + mail.text + mail.calendar


@pytest.mark.parametrize("answer", ["yes", "no", "later", "colleague", "expired", "withdrawn"])
def test_every_end_leads_to_the_preferences(
    sent: Callable[..., tuple[Ask, str]],
    client: Client,
    alice: Membership,
    clock: Clock,
    answer: str,
) -> None:
    """ADV-2, ASK-1: the moment somebody was asked is the moment to say what may be asked; not for
    who has left meanwhile, since there is nothing left to set.
    """
    ask, page = sent()
    preferences = page.replace("/ask/", "/preferences/")
    assert preferences in text(client.get(page))
    if answer == "expired":
        clock.set(ask.expires_at + timedelta(minutes=1))
    elif answer == "withdrawn":
        withdraw_ask(actor=Actor.member(alice), ask=ask)
    else:
        said = {"time_note": "Any Friday", "later_on": "2026-06-01", "name": "Jo Park"}
        assert client.post(page, {"say": answer, **said}).status_code == 302
    shown = text(client.get(page))
    assert preferences in shown
    assert "/own-page/" in shown
    assert client.get(preferences).status_code == 200
    Advocate.objects.filter(pk=ask.advocate_id).update(status="alumni")
    assert preferences not in text(client.get(page))


def test_what_became_of_a_yes(
    sent: Callable[..., tuple[Ask, str]], client: Client, alice: Membership, clock: Clock
) -> None:
    """ASK-1, ACT-1: the same address tells afterwards that it is done, or does not take place."""
    pages = []
    for end in (complete_activity, cancel_activity):
        ask, page = sent()
        client.post(page, {"say": "yes", "time_note": "Any Friday"})
        activity = ask.reload().activity
        assert activity is not None
        clock.advance(hours=1)
        facts = (
            {"happened_at": product_clock.now()} if end is complete_activity else {"reason": "x"}
        )
        end(actor=Actor.member(alice), activity=activity, **facts)
        pages.append(text(client.get(page)))
    assert "Thank you for helping, Ana." in pages[0]
    assert "It does not take place." in pages[1]


def test_the_mails_lead_to_the_preferences(
    sent: Callable[..., tuple[Ask, str]], alice: Membership
) -> None:
    """ADV-2, ID-3: by the same secret, filled in at sending; no table holds it."""
    ask, page = sent()
    mail = OutgoingMail.objects.get(subject_id=ask.pk, kind="ask")
    assert page.split("/")[2] not in mail.text
    body = str(build_message(mail).body)
    assert page in body
    assert page.replace("/ask/", "/preferences/") in body
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent")
    withdraw_ask(actor=Actor.member(alice), ask=ask)
    told = OutgoingMail.objects.get(subject_id=ask.pk, kind="ask_cancelled")
    assert page.replace("/ask/", "/preferences/") in str(build_message(told).body)


def test_a_dead_link_says_where_the_own_page_is(
    sent: Callable[..., tuple[Ask, str]], client: Client
) -> None:
    """ID-3: revoked or unknown, the next sensible step is one tap away."""
    ask, page = sent()
    revoke_links(subject_id=ask.pk)
    assert "/portal/acme/" in text(client.get(page))


def test_a_call_that_should_be_over(
    sent: Callable[..., tuple[Ask, str]], client: Client, alice: Membership, clock: Clock
) -> None:
    """ACT-4: once the booked time has passed, the page does not speak of it as still to come."""
    ask, page = sent()
    slot = ask.slots.order_by("starts_at")[0]
    client.post(page, {"say": "yes", "slots": [str(slot.pk)]})
    request = ask.reload().request
    pick_slot(actor=Actor.member(alice), request=request, slot=ask.slots.get(offered=True))
    assert "It is on Thu 5 Mar" in text(client.get(page))
    clock.set(FIRST + timedelta(hours=1))
    assert "It was on Thu 5 Mar" in text(client.get(page))


def test_a_yes_gives_the_leave_it_needs(
    sent: Callable[..., tuple[Ask, str]],
    make_request: MakeRequest,
    client: Client,
    alice: Membership,
) -> None:
    """ADV-4.e: the page of an ask for a testimonial says which leave a yes gives; the yes keeps it
    with its evidence, and the testimonial can then be recorded. A call gives none.
    """
    said = "With a yes you let us use what comes of it (quotes)"
    _call, page = sent()
    assert said not in text(client.get(page))
    kind = ActivityTypeFactory(produces="quote", needs_comfort=["private_call"])
    ask, page = sent(make_request(activity_type=kind))
    assert said in text(client.get(page))
    slot = ask.slots.first()
    answer = client.post(page, {"say": "yes", "slots": [str(slot.pk)] if slot else []})
    assert answer.status_code == 302
    kept = Consent.objects.get(advocate=ask.advocate)
    assert (kept.use, kept.given_by) == ("quote", ask.advocate.name)
    assert ask.subject in kept.evidence
    activity = ask.reload().activity
    assert activity is not None
    complete_activity(actor=Actor.member(alice), activity=activity, happened_at=product_clock.now())


def test_ones_own_page_is_one_press_away(
    make_request: MakeRequest, send: Send, client: Client
) -> None:
    """PRT-1, ID-3.b: from the page of an answered ask, without typing an address; the link goes to
    the address we know, since the mail of a question may have been passed on.
    """
    (ask,) = send(make_request(), ReadyFactory.create(email="ana@lima.example"))
    decline(ask)
    link = link_of(ask)
    assert link is not None
    page = "/p/" + link_url(link).split("/p/", 1)[1]
    own = re.findall(r'href="(/p/[^"]+/own-page/)"', client.get(page).text)
    assert len(own) == 1
    shown = client.get(own[0]).text
    assert 'type="email"' not in shown and "Send me the link" in shown
    assert not OutgoingMail.objects.filter(kind="portal_link").exists()
    done = client.post(own[0], follow=True)
    assert "Look into your mail" in done.text
    (mail,) = OutgoingMail.objects.filter(kind__startswith="portal")
    assert mail.to_email == "ana@lima.example"
