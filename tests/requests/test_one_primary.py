"""A request's page has one primary button, whatever its state and whoever reads it (UI-1)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client

from activities.activities.completion import complete_activity
from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from requests.models import Request
from requests.scheduling.services import schedule_call
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest, Send, accept
from tests.support.buttons import primary_buttons
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def test_one_primary_button_in_every_state(
    make_request: MakeRequest,
    send: Send,
    alice: Membership,
    bob: Membership,
    clock: Clock,
    client_for: Callable[..., Client],
) -> None:
    """UI-1: page and panel, for who asked and who runs it, from a draft to the end of two calls."""
    readers = {member.user.name: client_for(member) for member in (alice, bob)}
    panel = {"HX-Request": "true", "HX-Target": "div#panel-body"}
    found: dict[str, list[str]] = {}

    def states() -> Iterator[tuple[str, Request]]:
        yield "draft", make_request(submit=False)
        request = make_request(needed_count=2, by=bob)
        yield "submitted", request
        asks = send(request, ReadyFactory.create(), ReadyFactory.create())
        yield "asked", request
        accept(asks[0])
        yield "one yes", request
        accept(asks[1])
        yield "two yes", request
        begins = product_clock.now() + timedelta(days=1)
        for number, ask in enumerate(asks):
            start = begins + timedelta(hours=2 * number)
            ends = start + timedelta(minutes=30)
            schedule_call(actor=Actor.member(bob), ask=ask, starts_at=start, ends_at=ends)
            yield f"{number + 1} booked", request
        clock.advance(days=2)
        yield "over", request
        for ask in asks:
            activity = ask.reload().activity
            assert activity is not None
            at = product_clock.now()
            complete_activity(actor=Actor.member(alice), activity=activity, happened_at=at)
            yield "told", request

    for state, request in states():
        for name, reader in readers.items():
            for headers in ({}, panel):
                page = reader.get(f"/t/acme/requests/{request.pk}/", headers=headers)
                if page.status_code == 200:
                    key = f"{state}, {name}, {'panel' if headers else 'page'}"
                    found[key] = primary_buttons(page.text)
    assert {key: words for key, words in found.items() if len(words) > 1} == {}
    assert found["two yes, Bob, page"] and found["over, Alice, page"] == ["It happened…"]
