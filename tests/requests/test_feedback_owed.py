"""What a requester owes before the next request (REQ-5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from requests.gates.owed import feedback_owed
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.settings import REQUESTS
from requests.requests.triage import close_request
from tests.requests.asking import MakeRequest
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(make_request: MakeRequest, clock: Clock) -> Callable[..., Request]:
    """A request of Bob's that was completed just now."""

    def make(**changes: Any) -> Request:
        request = make_request(**changes)
        Request.objects.filter(pk=request.pk).update(
            state=RequestState.COMPLETED, completed_at=request.submitted_at
        )
        return request.reload()

    return make


def block(alice: Membership) -> None:
    """The tenant waits for what is owed."""
    actor = Actor.member(alice)
    change_settings(actor=actor, family=REQUESTS, values={"feedback_owed": "block"})


def test_what_is_owed_is_shown_before_the_next_request(
    over: Callable[..., Request], bob: Membership, client_for: Callable[..., Client], clock: Clock
) -> None:
    """REQ-5.a: after five business days, on the form and over REST, with the way there; a call that
    was closed is owed no longer, and a testimonial never was.
    """
    call = over()
    over(code="testimonial")
    clock.advance(days=4)
    assert feedback_owed(bob) == []
    clock.advance(days=6)
    assert feedback_owed(bob) == [call]
    page = client_for(bob).get("/t/acme/requests/new/").content.decode()
    assert "Say how it went first" in page
    assert f"/t/acme/requests/{call.pk}/" in page
    draft = {
        "activity_type": "reference_call",
        "needed_by": str(product_clock.now().date() + timedelta(days=14)),
        "prospect": "Isdom",
    }
    made = api_for(bob).post("requests/", draft)
    assert made.status_code == 201, made.content
    told = [each["code"] for each in made.json()["warnings"]]
    assert "owed" in told
    close_request(actor=Actor.member(bob), request=call)
    assert feedback_owed(bob) == []


def test_a_tenant_may_wait_for_it(
    over: Callable[..., Request],
    make_request: MakeRequest,
    alice: Membership,
    bob: Membership,
    clock: Clock,
) -> None:
    """REQ-5.a: then the next one is refused with what is owed; nothing is handed in, the draft
    stays; nobody else is kept back.
    """
    call = over()
    clock.advance(days=10)
    make_request()
    block(alice)
    draft = make_request(submit=False)
    with pytest.raises(DomainError, match=call.reference):
        make_request()
    answer = api_for(bob).post(f"requests/{draft.pk}/submit/")
    assert answer.status_code == 422
    assert call.reference in answer.content.decode()
    assert draft.reload().state == RequestState.DRAFT
    make_request(by=alice)
    close_request(actor=Actor.member(bob), request=call)
    make_request()
