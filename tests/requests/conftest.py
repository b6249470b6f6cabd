"""What the tests of the requests app start from."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from activities.activities.completion import complete_activity
from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocates.models import Advocate
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.models import Ask, Request
from requests.requests.details import RequestDetails
from requests.requests.services import create_request, submit_request
from tests.factories.advocates import catalogued
from tests.factories.requests import ReadyFactory
from tests.requests.asking import Done, Send, accept, slots
from tests.support.owners_say import owners_have_none
from tests.support.time import Clock


@pytest.fixture
def program(clock: Clock, scope: Tenant) -> Tenant:
    """A tenant whose program is set up, at the clock's start, in scope. Owners have no say but in
    ``test_owners_say``, so that asks go out at once.
    """
    catalogued("reference_call")
    owners_have_none()
    return scope


@pytest.fixture
def make_request(program: Tenant, bob: Membership, alice: Membership) -> Callable[..., Request]:
    """``make_request(industry=…)``: Bob's submitted request for a reference call in two weeks.

    Alice is the only program manager, so it goes to her.
    """

    def make(**changes: Any) -> Request:
        submit = changes.pop("submit", True)
        actor = Actor.member(changes.pop("by", bob))
        kind = catalogued(changes.pop("code", "reference_call"))
        details: dict[str, Any] = {
            "activity_type": kind,
            "detail": "Security" if kind.carries_detail else "",
            "needed_by": product_clock.now().date() + timedelta(days=14),
            "prospect": "Isdom",
            **changes,
        }
        request = create_request(actor=actor, details=RequestDetails(**details))
        return submit_request(actor=actor, request=request) if submit else request

    return make


@pytest.fixture
def send(alice: Membership) -> Send:
    """``send(request, advocate, …)``: Alice asks them, with three times each."""

    def go(
        request: Request, *advocates: Advocate, by: Membership = alice, **changes: Any
    ) -> list[Ask]:
        drafts = [
            AskDraft(advocate, "Half an hour?", "Would you talk to Isdom?", slots(), **changes)
            for advocate in advocates
        ]
        return send_asks(actor=Actor.member(by), request=request, drafts=drafts)

    return go


@pytest.fixture
def done(send: Send, alice: Membership, clock: Clock) -> Done:
    """``done(request, 2)``: so many people said yes, and it is recorded that it happened."""

    def go(request: Request, count: int = 1) -> list[Ask]:
        asks = send(request, *(ReadyFactory.create() for _number in range(count)))
        for ask in asks:
            accept(ask)
        clock.advance(hours=2)
        for ask in asks:
            activity = ask.reload().activity
            assert activity is not None
            complete_activity(
                actor=Actor.member(alice), activity=activity, happened_at=product_clock.now()
            )
        return asks

    return go
