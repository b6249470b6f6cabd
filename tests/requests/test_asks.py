"""Asks: drafting, sending, reminding, expiring (ASK-1, ASK-3, CAP-1, ID-2)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink, UndoWindow
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Capacity, Participation
from advocates.program.ledger.choices import ReleaseReason
from advocates.program.ledger.services import CapacityRefused
from requests.asks.choices import AskState
from requests.asks.drafting import draft_ask
from requests.asks.sweeping import sweep_asks
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.factories.advocates import BlackoutFactory, OutcomeFactory, TagFactory
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.requests.asking import MakeRequest, Send, decline, open_units, slots
from tests.support.policy import change_policy
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


# -- the draft -----------------------------------------------------------------------------------


def test_a_draft_says_everything_a_person_wants_to_know(
    make_request: MakeRequest, alice: Membership
) -> None:
    """ASK-1: need, why them, minutes, the peer's role and questions, use, what is in it for them;
    a no is fine.
    """
    tag = TagFactory(name="Sourcing")
    advocate = ReadyFactory(
        first_name="Ana", account__industry="Healthcare", account__name="Hospitall"
    )
    OutcomeFactory(advocate=advocate, may_be_quoted=True)
    request = make_request(
        industry="Healthcare",
        persona_function="Operations",
        persona_seniority="executive",
        questions="How long until the first clinic was live?\nWould you choose it again?",
        intended_use="Choice of a supplier",
        country="DE",
        employees=1200,
        tags=(tag,),
    )
    draft = draft_ask(request, advocate, sender=alice)
    assert draft.subject == "Ana, would you talk to a peer for 30–45 minutes?"
    for words in (
        "Hello Ana",
        "Isdom (Healthcare, Germany, about 1,200 people)",
        "you would talk to an executive from Operations",
        "Hospitall",
        "you know the industry",
        "Time to hire: 60 days → 35 days",
        "How long until the first clinic was live?",
        "30–45 minutes: a video call, not recorded",
        "Choice of a supplier",
        "What is in it for you: You compare notes with a peer",
        "A no is perfectly fine",
        "Alice",
    ):
        assert words in draft.message


def test_a_confidential_prospect_is_not_named(make_request: MakeRequest, alice: Membership) -> None:
    """VIS-1.c: the prospect's name is withheld from the advocate."""
    request = make_request(is_confidential=True, industry="Healthcare", country="DE")
    draft = draft_ask(request, ReadyFactory(), sender=alice)
    assert "Isdom" not in draft.message + draft.subject
    assert "a company (Healthcare, Germany)" in draft.message


def test_proposed_times_lie_in_the_advocates_working_hours(
    make_request: MakeRequest, alice: Membership
) -> None:
    """ASK-1: three times, on working days, in the zone of the advocate, from tomorrow on."""
    advocate = ReadyFactory(time_zone="Asia/Singapore")
    draft = draft_ask(make_request(), advocate, sender=alice)
    assert len(draft.slots) == 3
    for slot in draft.slots:
        local = slot.starts_at.astimezone(advocate.zone)
        assert local.isoweekday() <= 5
        assert 9 <= local.hour < 17
        assert slot.starts_at > datetime(2026, 3, 3, tzinfo=UTC)
        assert slot.ends_at - slot.starts_at == timedelta(minutes=45)


def test_proposed_times_suit_the_prospect_too_where_both_work(
    make_request: MakeRequest, alice: Membership
) -> None:
    """ASK-1, FUL-1: Lisbon and New York share the afternoon."""
    request = make_request(time_zone="America/New_York")
    draft = draft_ask(request, ReadyFactory(time_zone="Europe/Lisbon"), sender=alice)
    assert draft.slots
    for slot in draft.slots:
        assert 9 <= slot.starts_at.astimezone(ZoneInfo("America/New_York")).hour < 17


# -- sending -------------------------------------------------------------------------------------


def test_sending_takes_the_unit_and_tells_everybody(
    make_request: MakeRequest, send: Send, clock: Clock
) -> None:
    """ASK-1, CAP-1.a, AUD-1.a: one transaction holds unit, ask, times, link, mail, event and the
    request.
    """
    request, advocate = make_request(), ReadyFactory()
    (ask,) = send(request, advocate)
    assert open_units(advocate) == 1
    assert ask.slots.count() == 3
    mail = OutgoingMail.objects.get(kind="ask")
    assert mail.to_email == advocate.email
    assert {"link": ""} in mail.body
    assert mail.from_name == "Alice"
    assert "A no is fine" in mail.text
    assert PersonalLink.objects.get(subject_id=ask.pk).purpose == "ask"
    assert Event.objects.get(verb="ask.sent").payload["score"] == ask.score
    assert advocate.reload().last_asked_at == clock.now
    request.reload()
    assert (request.state, request.answered_at) == (RequestState.OUTREACH, clock.now)


def test_sales_never_contacts_an_advocate(
    make_request: MakeRequest, send: Send, bob: Membership
) -> None:
    """ID-2.c: not even for the own request."""
    with pytest.raises(NotAllowed):
        send(make_request(), ReadyFactory(), by=bob)
    assert not OutgoingMail.objects.filter(kind="ask").exists()


def test_a_csm_asks_in_own_accounts_only(make_request: MakeRequest, send: Send) -> None:
    """ID-2.c: the owning CSM, nobody else's."""
    csm = MembershipFactory(role="csm")
    mine, other = ReadyFactory(account__owner=csm), ReadyFactory()
    request = make_request()
    with pytest.raises(NotAllowed):
        send(request, mine, other, by=csm)
    assert not Ask.objects.exists()
    assert len(send(request, mine, by=csm)) == 1


def test_one_more_than_needed_may_be_out(make_request: MakeRequest, send: Send) -> None:
    """ASK-3.a: up to needed + 1 at once; a third for one is refused, and so is the whole batch."""
    request = make_request()
    people = [ReadyFactory() for _ in range(4)]
    with pytest.raises(Conflict) as refused:
        send(request, *people[:3])
    assert refused.value.code == "too_many_asks"
    assert not Ask.objects.exists()
    send(request, people[0], people[1])
    with pytest.raises(Conflict):
        send(request, people[2])
    decline(Ask.objects.get(advocate=people[0]))
    assert send(request, people[2])


def test_nobody_who_must_not_be_asked_gets_a_mail(make_request: MakeRequest, send: Send) -> None:
    """MAT-2, ASK-1, MAT-1.f: checked again at the moment of sending; one bad apple stops the
    batch.
    """
    request, fine, away = make_request(), ReadyFactory(), ReadyFactory()
    BlackoutFactory(advocate=away)
    with pytest.raises(DomainError) as refused:
        send(request, fine, away)
    assert refused.value.code == "blackout"
    assert away.name in refused.value.message
    assert not Ask.objects.exists()
    assert not OutgoingMail.objects.filter(kind="ask").exists()
    assert open_units(fine) == 0


def test_the_guards_refusal_is_a_sentence_and_leaves_nothing(
    make_request: MakeRequest, send: Send
) -> None:
    """CAP-1.a: no ask, no link, no mail, no unit for anybody of the batch."""
    request, fine, spent = make_request(), ReadyFactory(), ReadyFactory()
    Capacity.objects.filter(advocate=spent).update(allowance=0)
    with pytest.raises(CapacityRefused) as refused:
        send(request, fine, spent)
    assert refused.value.code == "capacity_yearly"
    assert spent.name in refused.value.message
    assert not Ask.objects.exists()
    assert not PersonalLink.objects.exists()
    assert not OutgoingMail.objects.filter(kind="ask").exists()
    assert request.reload().state == RequestState.SUBMITTED


def test_a_warning_needs_a_written_reason_that_is_kept(
    make_request: MakeRequest, send: Send
) -> None:
    """CAP-4.a, CAP-5.b: the ladder warns; the reason stays with the ask and in the ledger."""
    request, fresh = make_request(), ReadyFactory(done=[])
    with pytest.raises(DomainError) as refused:
        send(request, fresh)
    assert list(refused.value.fields) == ["override_reason"]
    for nothing in ("  ", "\u200b\u00a0", "\u2800", "\n\t"):
        with pytest.raises(DomainError, match="Say why"):
            send(request, fresh, override_reason=nothing)
    (ask,) = send(request, fresh, override_reason="She offered it herself.")
    assert ask.override_reason == "She offered it herself."
    assert ask.participation.reload().override_reason == "She offered it herself."
    assert Event.objects.get(verb="ask.sent").payload["overridden"] == ["ladder"]


def test_what_blocks_is_passed_by_no_reason_but_by_another_policy(
    make_request: MakeRequest, send: Send, alice: Membership, membership: Callable[..., Membership]
) -> None:
    """CAP-5.b: over REST as by hand; the manager who asks cannot change what blocks, an admin can,
    and then a reason is asked for.
    """
    request, fresh = make_request(), ReadyFactory(done=[])
    change_policy(ladder_mode="block")
    with pytest.raises(DomainError) as refused:
        send(request, fresh, override_reason="They insist.")
    assert refused.value.code == "ladder"
    api, here = api_for(alice), f"/api/v1/requests/{request.pk}/asks/"
    ask: dict[str, object] = {"advocate": str(fresh.pk), "slots": []}
    insisted = api.post(here, {"asks": [{**ask, "override_reason": "They insist."}]})
    assert (insisted.status_code, insisted.json()["code"]) == (422, "ladder")
    settings = "/api/v1/settings/capacity/"
    assert api.patch(settings, {"ladder_mode": "warn"}).status_code == 403
    assert api_for(membership("admin")).patch(settings, {"ladder_mode": "warn"}).status_code == 200
    lacking = api.post(here, {"asks": [ask]})
    assert (lacking.status_code, list(lacking.json()["errors"])) == (422, ["override_reason"])
    sent = api.post(here, {"asks": [{**ask, "override_reason": "They insist."}]})
    assert sent.status_code == 201
    assert sent.json()[0]["override_reason"] == "They insist."
    assert Participation.objects.get(state="open").override_reason == "They insist."


def test_nobody_is_asked_twice_for_one_request(make_request: MakeRequest, send: Send) -> None:
    """ASK-1: neither in one batch nor after a no; a double click sends one ask."""
    request, advocate = make_request(), ReadyFactory()
    with pytest.raises(DomainError):
        send(request, advocate, advocate)
    send(request, advocate)
    with pytest.raises(DomainError) as refused:
        send(request, advocate)
    assert refused.value.code in ("asked", "capacity_pacing")
    assert Ask.objects.count() == 1


def test_times_that_passed_are_not_proposed(
    make_request: MakeRequest, send: Send, clock: Clock
) -> None:
    """ASK-1, BAD-1.a: the error is at the times."""
    request, advocate = make_request(), ReadyFactory()
    clock.set(datetime(2026, 3, 6, 10, 0, tzinfo=UTC))
    with pytest.raises(DomainError) as refused:
        send(request, advocate)
    assert list(refused.value.fields) == ["slots"]


@pytest.mark.parametrize("state", ["needs_info", "confirmed", "completed", "cancelled"])
def test_asks_go_out_only_while_somebody_is_sought(
    make_request: MakeRequest, send: Send, state: str
) -> None:
    """REQ-2: an illegal move, said with the allowed ones."""
    request = make_request()
    Request.objects.filter(pk=request.pk).update(state=state)
    with pytest.raises(Conflict):
        send(request, ReadyFactory())


# -- when an answer is due -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seniority", "days", "remind", "expire"),
    [
        ("manager", 14, datetime(2026, 3, 3, 10), datetime(2026, 3, 4, 10)),
        ("executive", 14, datetime(2026, 3, 4, 10), datetime(2026, 3, 6, 10)),
        # Half of the 3 days and 13 hours left in Berlin comes first.
        ("executive", 3, None, datetime(2026, 3, 4, 4, 30)),
    ],
)
def test_patience_depends_on_seniority_and_the_time_left(
    make_request: MakeRequest,
    send: Send,
    seniority: str,
    days: int,
    remind: datetime | None,
    expire: datetime,
) -> None:
    """ASK-1.c: remind after 1 business day, expire after 2 (executives 2, 4), or at half time."""
    request = make_request(needed_by=datetime(2026, 3, 2 + days).date())
    (ask,) = send(request, ReadyFactory(seniority=seniority))
    assert ask.expires_at == expire.replace(tzinfo=UTC)
    assert ask.remind_at == (remind.replace(tzinfo=UTC) if remind else None)


def test_one_reminder_then_expiry_then_the_unit_is_back(
    make_request: MakeRequest, send: Send, tenant: Tenant, clock: Clock
) -> None:
    """ASK-1.c, CAP-1.b, BAD-2.a: each exactly once, however often the sweep runs."""
    request, advocate = make_request(), ReadyFactory()
    (ask,) = send(request, advocate)
    clock.set(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
    sweep_asks(tenant.pk)
    sweep_asks(tenant.pk)
    assert OutgoingMail.objects.filter(kind="ask_reminder").count() == 1
    assert Event.objects.filter(verb="ask.reminded").count() == 1
    clock.set(datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    sweep_asks(tenant.pk)
    sweep_asks(tenant.pk)
    assert ask.reload().state == AskState.EXPIRED
    assert open_units(advocate) == 0
    assert ask.participation.reload().release_reason == ReleaseReason.EXPIRED
    assert Event.objects.filter(verb="ask.expired").count() == 1
    assert OutgoingMail.objects.filter(kind="ask_reminder", state=MailState.QUEUED).count() == 0


def test_no_reason_gets_past_the_yearly_cap(make_request: MakeRequest, send: Send) -> None:
    """CAP-1.e: a written reason passes warnings, never the cap; a changed policy does."""
    request, spent = make_request(), ReadyFactory()
    for policy, goes in ((0, False), (6, True)):
        change_policy(yearly_cap=policy)
        if goes:
            assert send(request, spent, override_reason="They insist.")
            continue
        with pytest.raises(CapacityRefused):
            send(request, spent, override_reason="They insist.")
        assert not Ask.objects.exists()


def test_a_letter_taken_back_is_there_again_as_it_was_typed(
    make_request: MakeRequest, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """UI-1, ASK-1.b: the panel goes back to the form, with every word and time; only for whose
    letter it was.
    """
    request, ana = make_request(), ReadyFactory.create()
    browser, address = client_for(alice), f"/t/acme/requests/{request.pk}/draft/"
    prefix, (first, *_more) = str(ana.pk), slots()
    typed = {
        "advocate": prefix,
        f"{prefix}-subject": "A word about Isdom?",
        f"{prefix}-message": "Dear Ana, in my own words.",
        f"{prefix}-language": "en",
        f"{prefix}-slots": first.starts_at.isoformat(),
        f"{prefix}-override_reason": "She offered it.",
    }
    htmx = {"HX-Request": "true", "X-Queue": "1"}
    assert browser.post(address, typed, headers=htmx)["HX-Trigger"] == "queue:next"
    press = UndoWindow.objects.get(key="ask.send").pk
    answer = browser.post("/t/acme/undo/", {"ids": str(press)}, headers=htmx)
    back = f"{address}?press={press}"
    assert json.loads(answer["HX-Trigger"]) == {"queue:again": {"url": back}}
    shown = browser.get(back, headers={"HX-Request": "true", "HX-Target": "div#panel-body"}).text
    assert "A word about Isdom?" in shown and "in my own words." in shown
    assert f'value="{first.starts_at.isoformat()}"' in shown
    other = client_for(MembershipFactory(role="program_manager")).get(back)
    assert other.status_code == 404
