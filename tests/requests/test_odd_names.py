"""Requests and asks whose names break what is careless, and rows that cannot be swept (BAD-2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models
from icalendar import Calendar

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.lookups import tenants_due
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.stuck import MAX_ATTEMPTS, given_up
from advocacy.tenancy.text import one_line
from requests.asks import sweeping
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.asks.sweeping import sweep_asks, sweep_requests
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.triage import decline_request
from requests.scheduling.services import pick_slot
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.requests.asking import Send, accept, open_units, slots
from tests.support.cases import Cases
from tests.support.odd import ODD
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]


def as_it_was(row: models.Model, **values: str) -> None:
    """Write what older rows may hold, past everything that tidies text today."""
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s", [*values.values(), row.pk]
        )


def test_a_request_is_refused_whatever_the_prospect_is_called(
    make_request: MakeRequest, alice: Membership, each: Cases
) -> None:
    """REQ-2, BAD-2: the requester reads why, and gets to the request."""
    made = make_request()
    for which, text in ODD.items():
        with each(which):
            request = made.reload()
            as_it_was(request, prospect=text[:200])
            decline_request(actor=Actor.member(alice), request=request, reason="No time.")
            mail = OutgoingMail.objects.get(kind="request_declined")
            assert mail.path == f"/t/acme/requests/{request.pk}/"
            assert one_line(text[:200]) in mail.text


def test_an_ask_says_what_was_written(
    make_request: MakeRequest, alice: Membership, tenant: Tenant, clock: Clock, each: Cases
) -> None:
    """ASK-1, BAD-2: in the ask and in its reminder, beside a link that works."""
    person, request, start = ReadyFactory(), make_request(), clock.now
    for which, text in ODD.items():
        clock.set(start)
        with each(which):
            as_it_was(person, first_name=text[:100])
            subject = " ".join(text.split())[:200]
            draft = AskDraft(person.reload(), subject, f"Would you?\n\n{text}", slots())
            send_asks(actor=Actor.member(alice), request=request.reload(), drafts=[draft])
            clock.set(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
            sweep_asks(tenant.pk)
            mails = OutgoingMail.objects.filter(kind__in=["ask", "ask_reminder"])
            assert mails.count() == 2
            for mail in mails:
                assert [part for part in mail.body if "link" in part] == [
                    {"link": ""},
                    {"link": "preferences"},
                ]


def unreachable(person: models.Model) -> None:
    """Nothing can be sent to this address, so no mail to it can be queued."""
    as_it_was(person, email="no address")


def test_one_ask_that_cannot_be_reminded_of_starves_no_other(
    make_request: MakeRequest,
    send: Send,
    tenant: Tenant,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """BAD-2: even where a sweep takes one row at a time and the poisoned one is the first."""
    monkeypatch.setattr(sweeping, "BATCH", 1)
    asks = [send(make_request(), ReadyFactory())[0] for _ in range(3)]
    Ask.objects.filter(pk=asks[0].pk).update(expires_at=asks[0].expires_at - timedelta(minutes=1))
    unreachable(asks[0].advocate)
    clock.set(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
    for _ in range(3):
        sweep_asks(tenant.pk)
    assert [ask.reload().reminded_at is not None for ask in asks] == [False, True, True]


def test_a_request_that_cannot_end_starves_no_other(
    make_request: MakeRequest, tenant: Tenant, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2: the same for requests whose day has passed."""
    monkeypatch.setattr(sweeping, "BATCH", 1)
    poisoned = make_request(by=MembershipFactory(role="sales"))
    healthy = make_request()
    unreachable(poisoned.requester.user)
    clock.advance(days=20)
    for _ in range(2):
        sweep_requests(tenant.pk)
    assert healthy.reload().state == RequestState.UNFILLED
    assert poisoned.reload().state == RequestState.SUBMITTED
    poisoned.requester.user.email = "well.again@example.com"
    poisoned.requester.user.save()
    clock.advance(hours=1)
    sweep_requests(tenant.pk)
    assert poisoned.reload().state == RequestState.UNFILLED


def test_what_cannot_be_done_ends_in_plain_view(
    make_request: MakeRequest, send: Send, tenant: Tenant, clock: Clock
) -> None:
    """BAD-2: given up after five attempts, forgotten when it does not matter any more."""
    advocate = ReadyFactory()
    (ask,) = send(make_request(), advocate)
    unreachable(advocate)
    clock.set(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
    attempts: list[Any] = []
    while tenant.pk in tenants_due("tenants_with_due_asks") and len(attempts) < 99:
        sweep_asks(tenant.pk)
        assert tenant.pk not in tenants_due("tenants_with_due_asks"), "tried before its time"
        attempts.append(clock.now)
        clock.advance(hours=1)
    assert len(attempts) == MAX_ATTEMPTS
    stuck = given_up().get()
    assert (stuck.work, stuck.subject_id) == ("ask-reminder", ask.request_id)
    assert "email" in stuck.error
    clock.set(datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    sweep_asks(tenant.pk)
    assert ask.reload().state == AskState.EXPIRED, "a reminder is in the way of the expiry"
    assert open_units(advocate) == 0
    assert not given_up().exists()


def test_a_call_is_booked_whatever_anybody_is_called(
    make_request: MakeRequest, send: Send, alice: Membership, bob: Membership, each: Cases
) -> None:
    """FUL-1, BAD-2: both sides get an invitation that calendars can read."""
    request = make_request()
    (ask,) = send(request, ReadyFactory())
    for which, text in ODD.items():
        with each(which):
            as_it_was(ask.advocate, last_name=text[:100])
            as_it_was(request, prospect=text[:200])
            as_it_was(bob.user, name=text[:100])
            as_it_was(alice.user, name=text[:100])
            slot = accept(Ask.objects.get(pk=ask.pk)).slots.filter(offered=True).get()
            booked = Request.objects.get(pk=request.pk)
            pick_slot(actor=Actor.member(bob), request=booked, slot=slot, location=text)
            mails = OutgoingMail.objects.filter(kind="invitation")
            assert mails.count() == 2
            for mail in mails:
                (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
                assert event["organizer"] == "MAILTO:alice@example.com"
                assert "\n" not in event["summary"]
                assert one_line(text[:200]) in event["summary"]
