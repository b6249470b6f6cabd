"""How it was: both sides say it on a link (FUL-3.a), and what counts it."""

from collections.abc import Callable

import pytest
from django.test import Client

from activities.activities.completion import complete_activity, void_activity
from activities.feedback.services import MAIL, give_feedback, link_of
from activities.models import Feedback
from advocacy import clock as product_clock
from advocacy.messaging.links import link_path
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocacy.tenancy.models import Membership
from reporting.queue import everything, rows_of
from requests.gates.owed import feedback_owed
from requests.models import Ask
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest
from tests.requests.calls import confirm
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(make_request: MakeRequest, alice: Membership, clock: Clock) -> Ask:
    """A call of Bob's request that took place, and was recorded by hand with what one side said."""
    sealed = ReadyFactory(first_name="Ana", last_name="Lima", disclosure="never")
    ask = confirm(make_request, alice, advocate=sealed)
    clock.advance(hours=2)
    complete_activity(
        actor=Actor.member(alice),
        activity=ask.activity,  # type: ignore[arg-type]
        happened_at=product_clock.now(),
        advocate_comment="Said on the phone",
    )
    return ask.reload()


def side(ask: Ask, name: str) -> Feedback:
    return Feedback.objects.select_related("activity__advocate", "member").get(
        activity=ask.activity, side=name
    )


def codes(member: Membership) -> set[str]:
    return {item.work.code for item in everything(member)}


def test_both_sides_on_a_link(
    done: Ask,
    alice: Membership,
    bob: Membership,
    clock: Clock,
    client_for: Callable[..., Client],
) -> None:
    """FUL-3.a: asked once each, given without sign-in, changed for a while on the same link; it
    joins what was recorded with the completion, shows on request, person and activity, and a low
    one is the manager's.
    """
    (mail,) = OutgoingMail.objects.filter(kind=MAIL)
    assert mail.to_email == done.advocate.email
    (told,) = OutgoingMail.objects.filter(kind="request_completed")
    own, theirs = side(done, "requester"), side(done, "advocate")
    assert (told.link, mail.link) == (link_of(own), link_of(theirs))
    assert "Two taps" in told.text
    reader, path = client_for(None), link_path(mail.link)  # type: ignore[arg-type]
    page = reader.get(path)
    assert "Said on the phone" in page.content.decode()
    assert "Isdom" not in page.content.decode()
    assert len(page.content) < 30_000
    assert "<script" not in page.content.decode().split("<body")[1]
    refused = reader.post(path, {"comment": "Kept words", "again": "maybe"})
    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()
    for rating in (4, 2):
        sent = {"rating": rating, "comment": "They knew nothing", "again": "maybe"}
        assert reader.post(path, sent).status_code == 302
    assert OutgoingMail.objects.get(pk=mail.pk).state == "cancelled"
    activity = done.activity.reload()  # type: ignore[union-attr]
    assert (activity.advocate_rating, activity.advocate_comment) == (2, "They knew nothing")
    assert theirs.reload().again == "maybe"
    (row,) = rows_of(alice, [item for item in everything(alice) if item.work.code == "low_rating"])
    assert done.advocate.name in row.why
    manager, slug = client_for(alice), alice.tenant.slug
    for address in (
        f"/t/{slug}/requests/{done.request_id}/",  # type: ignore[attr-defined]
        f"/t/{slug}/advocates/{done.advocate_id}/",  # type: ignore[attr-defined]
        f"/t/{slug}/activities/{activity.pk}/",
        row.url,
    ):
        assert "They knew nothing" in manager.get(address).content.decode(), address
    shown = client_for(bob).get(f"/t/{slug}/requests/{done.request_id}/").content.decode()  # type: ignore[attr-defined]
    assert "2 of 5" in shown
    assert "They knew nothing" not in shown
    assert manager.post(f"{row.url}handle/", {"note": "Called her"}).status_code == 302
    assert "low_rating" not in codes(alice)
    clock.advance(days=15)
    assert reader.post(path, {"rating": 5}).status_code == 409
    assert "we have your answer" in reader.get(path).content.decode()


def test_given_feedback_is_owed_no_longer(
    done: Ask, alice: Membership, bob: Membership, clock: Clock
) -> None:
    """REQ-5.a, FUL-3.a: the requester says it on Today or over REST, nobody else for them; then
    nothing stands before the next request, though it is not closed.
    """
    own = side(done, "requester")
    assert "say_how" in codes(bob)
    api, wrong = api_for(bob), api_for(alice)
    path = f"feedback/{own.pk}/give/"
    assert wrong.post(path, {"rating": 3}).status_code == 403
    with pytest.raises(NotAllowed):
        give_feedback(actor=Actor.member(bob), feedback=side(done, "advocate"), rating=5)
    assert api.post(path, {"rating": 6}).status_code == 422
    clock.advance(days=10)
    assert feedback_owed(bob) == [done.request]
    given = api.post(path, {"rating": 5, "comment": "They sign on Monday"})
    assert (given.json()["rating"], given.json()["state"]) == (5, "given")
    assert feedback_owed(bob) == []
    assert "say_how" not in codes(bob)
    listed = api.get("feedback/").json()["results"]
    assert [(row["side"], row["comment"]) for row in listed] == [
        ("requester", "They sign on Monday")
    ]
    assert len(wrong.get("feedback/").json()["results"]) == 2


def test_nothing_is_asked_of_what_never_was(done: Ask, alice: Membership) -> None:
    """FUL-3.a: recorded in error, the questions that were not answered go; what was said stays."""
    own = side(done, "requester")
    void_activity(actor=Actor.member(alice), activity=done.activity, reason="Wrong")  # type: ignore[arg-type]
    assert not Feedback.objects.exists()
    with pytest.raises((Conflict, Feedback.DoesNotExist)):
        give_feedback(actor=Actor.member(own.member), feedback=own, rating=5)  # type: ignore[arg-type]
