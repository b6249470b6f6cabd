"""Did it happen (ACT-4): asked of both sides, answered by one tap, settled or the manager's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from activities.activities.choices import ActivityState
from activities.activities.completion import complete_activity
from activities.activities.models import Activity
from activities.activities.services import cancel_activity
from activities.activities.work import to_confirm_happened, waiting_for_outcome
from activities.models import SlotCheck
from activities.slot_checks.asking import sweep_slot_checks
from activities.slot_checks.services import MAIL, MAIL_REQUESTER, answer_check
from advocacy.messaging.links import link_path
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.lookups import tenants_due
from advocacy.tenancy.models import Membership, Tenant
from benefits.thanks.models import ThankYou
from reporting.queue import everything, rows_of
from requests.models import Ask
from requests.requests.selectors import needing
from requests.scheduling.services import pick_slot
from tests.requests.asking import MakeRequest
from tests.requests.calls import confirm
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

Booked = Callable[..., Ask]


@pytest.fixture
def booked(make_request: MakeRequest, alice: Membership) -> Booked:
    """A call of Bob's request that is booked."""

    def make(**changes: Any) -> Ask:
        ask = confirm(make_request, alice, **changes)
        pick_slot(actor=Actor.member(alice), request=ask.request, slot=ask.slots.all()[0])
        return ask.reload()

    return make


def over(ask: Ask, clock: Clock, *, minutes: int = 16) -> SlotCheck:
    """The slot is over for so long, and the sweep came round."""
    clock.set(ask.activity.ends_at + timedelta(minutes=minutes))  # type: ignore[union-attr, operator]
    sweep_slot_checks(ask.tenant_id)  # type: ignore[attr-defined]
    return SlotCheck.objects.get(activity=ask.activity)


def by(side: str, check: SlotCheck) -> Actor:
    if side == "requester":
        return Actor.member(check.requester)  # type: ignore[arg-type]
    return Actor.advocate(check.activity.advocate_id)  # type: ignore[attr-defined]


def codes(member: Membership) -> set[str]:
    return {item.work.code for item in everything(member)}


def test_both_are_asked_by_one_tap(
    booked: Booked,
    alice: Membership,
    bob: Membership,
    clock: Clock,
    scope: Tenant,
    client_for: Callable[..., Client],
) -> None:
    """ACT-4.a: a quarter of an hour after the end, each once, whatever runs twice; the advocate
    on a link without sign-in, the requester on Today, by mail and over REST; the manager waits.
    """
    ask = booked()
    activity: Activity = ask.activity  # type: ignore[assignment]
    clock.set(activity.ends_at + timedelta(minutes=10))  # type: ignore[operator]
    sweep_slot_checks(scope.pk)
    assert not SlotCheck.objects.exists()
    check = over(ask, clock)
    sweep_slot_checks(scope.pk)
    assert scope.pk not in tenants_due("tenants_with_slots_over")
    (mail,) = OutgoingMail.objects.filter(kind=MAIL)
    (own,) = OutgoingMail.objects.filter(kind=MAIL_REQUESTER)
    assert (mail.to_email, own.to_email) == (ask.advocate.email, bob.email)
    assert ask.advocate.last_name not in own.text + own.subject
    assert "took_place" in codes(bob)
    assert needing(bob).filter(pk=ask.request_id).exists()  # type: ignore[attr-defined]
    assert "happened" not in codes(alice)
    assert not needing(alice).filter(pk=ask.request_id).exists()  # type: ignore[attr-defined]
    reader = client_for(None)
    page = reader.get(link_path(mail.link))  # type: ignore[arg-type]
    text = page.content.decode()
    assert "Isdom" not in text
    assert re.findall(r'value="(\w+)"', text)[-4:] == [
        "happened",
        "moved",
        "prospect_absent",
        "advocate_absent",
    ]
    assert check.reload().advocate_says == ""
    assert reader.post(link_path(mail.link), {"says": "perhaps"}).status_code == 422  # type: ignore[arg-type]
    told = reader.post(link_path(mail.link), {"says": "happened"})  # type: ignore[arg-type]
    assert told.status_code == 302
    assert "/feedback/" in told["Location"]
    assert reader.get(told["Location"]).status_code == 200
    assert activity.reload().state == ActivityState.SCHEDULED
    api = api_for(bob)
    listed = api.get("slot-checks/").json()["results"]
    assert [row["advocate_says"] for row in listed] == ["happened"]
    answer = api.post(f"slot-checks/{check.pk}/answer/", {"says": "happened"})
    assert answer.json()["came_out"] == "happened"
    activity.reload()
    assert activity.state == ActivityState.COMPLETED
    assert (activity.happened_at, activity.minutes) == (check.ends_at, 30)
    assert ThankYou.objects.filter(activity=activity).exists()
    assert "took_place" not in codes(bob)
    assert api.post(f"slot-checks/{check.pk}/answer/", {"says": "moved"}).status_code == 409
    again = reader.post(link_path(mail.link), {"says": "moved"})  # type: ignore[arg-type]
    assert again.status_code == 409
    assert "it counts" in again.content.decode()


SAID = {
    # advocate, requester; at once: the activity's state, whether it is the manager's
    ("happened", "happened"): ("completed", False),
    ("happened", "prospect_absent"): ("scheduled", True),
    ("prospect_absent", "prospect_absent"): ("no_show", False),
    ("advocate_absent", "advocate_absent"): ("no_show", False),
    ("prospect_absent", "advocate_absent"): ("scheduled", True),
    ("prospect_absent", ""): ("scheduled", False),
    ("happened", ""): ("scheduled", False),
    ("moved", ""): ("accepted", False),
    ("", "moved"): ("accepted", False),
    ("happened", "moved"): ("scheduled", True),
}


def test_what_follows_from_what_they_say(
    booked: Booked, alice: Membership, clock: Clock, each: Any
) -> None:
    """ACT-4.a, ACT-4.b: both agree, so it is; they contradict each other, the manager decides and
    reads who said what; moved needs nobody's agreement.
    """
    ask = booked()
    check = over(ask, clock)
    for said, (state, managers) in SAID.items():
        with each(said):
            for side, says in zip(("advocate", "requester"), said, strict=True):
                if says:
                    answer_check(actor=by(side, check), check=check.reload(), says=says)
            activity = Activity.objects.get(pk=ask.activity_id)  # type: ignore[attr-defined]
            assert activity.state == state
            waiting = waiting_for_outcome(alice)
            assert waiting.exists() == managers
            if managers:
                (row,) = to_confirm_happened(alice, [activity.pk])
                assert row.why.count("just now") == 2
                assert ask.advocate.name in row.why
            if state == "accepted":
                assert ask.request.reload().state == "confirmed"
                assert not ask.slots.filter(picked=True).exists()
                assert ask.slots.filter(starts_at__gt=clock.now).exists()
            if state == "no_show":
                apologies = ThankYou.objects.filter(activity=activity, kind="apology").count()
                assert apologies == (said[0] == "prospect_absent")


def test_silence(booked: Booked, alice: Membership, clock: Clock, scope: Tenant, each: Any) -> None:
    """ACT-4.b: nobody answered for a business day: the manager's, and a late word still counts. One
    side's "it took place" is enough after four hours, one side's no-show is not.
    """
    ask = booked()
    check = over(ask, clock)
    asked_at = check.asked_at
    for says, hours, state, managers in (
        ("", 7, "scheduled", False),
        ("", 8.1, "scheduled", True),
        ("happened", 3.9, "scheduled", False),
        ("happened", 4.1, "completed", False),
        ("prospect_absent", 3.9, "scheduled", False),
        ("prospect_absent", 4.1, "scheduled", True),
    ):
        with each((says, hours)):
            clock.set(asked_at)
            if says:
                answer_check(actor=by("advocate", check), check=check.reload(), says=says)
            # A business day is eight hours here, and the call was in the morning.
            clock.set(asked_at + timedelta(hours=hours + (64 if hours > 8 else 0)))
            for _twice in range(2):
                sweep_slot_checks(scope.pk)
            assert Activity.objects.get(pk=ask.activity_id).state == state  # type: ignore[attr-defined]
            assert ("happened" in codes(alice)) == managers
            if hours > 8:
                answer_check(actor=by("advocate", check), check=check.reload(), says="happened")
                assert Activity.objects.get(pk=ask.activity_id).state == "completed"  # type: ignore[attr-defined]


def test_whose_word_it_is(
    booked: Booked, alice: Membership, bob: Membership, clock: Clock, each: Any, membership: Any
) -> None:
    """ACT-4.a: nobody says it for somebody else; whatever the program records settles it, and the
    mails that wait go nowhere; who wants no mail is asked by nobody, and one side's word is enough,
    but not for holding against the other that they did not come.
    """
    ask = booked()
    check = over(ask, clock)
    activity: Activity = ask.activity  # type: ignore[assignment]
    with pytest.raises(NotAllowed):
        answer_check(actor=Actor.member(membership("sales")), check=check, says="happened")
    with pytest.raises(NotAllowed):
        answer_check(actor=Actor.member(alice), check=check, says="happened")
    with pytest.raises(DomainError):
        answer_check(actor=Actor.member(bob), check=check, says="perhaps")
    assert api_for(membership("sales")).get("slot-checks/").json()["results"] == []
    with each("recorded by hand"):
        done = {"happened_at": clock.now, "minutes": 20}
        complete_activity(actor=Actor.member(alice), activity=activity.reload(), **done)
        assert check.reload().came_out == "happened"
        with pytest.raises(Conflict):
            answer_check(actor=Actor.member(bob), check=check, says="moved")
        waiting = OutgoingMail.objects.filter(subject_id=check.pk, state="queued")
        assert not waiting.exists()
    with each("called off"):
        cancel_activity(actor=Actor.member(alice), activity=activity.reload(), reason="No need")
        assert (check.reload().state, check.came_out) == ("settled", "")
    with each("without an address"):
        SlotCheck.objects.filter(pk=check.pk).update(asks_advocate=False)
        answer_check(actor=Actor.member(bob), check=check.reload(), says="happened")
        assert activity.reload().state == "completed"
    with each("a no-show on one side's word"):
        SlotCheck.objects.filter(pk=check.pk).update(asks_advocate=False)
        answer_check(actor=Actor.member(bob), check=check.reload(), says="advocate_absent")
        assert (activity.reload().state, check.reload().state) == ("scheduled", "manager")


def test_moved_leads_to_another_time(
    booked: Booked, bob: Membership, clock: Clock, client_for: Callable[..., Client]
) -> None:
    """ACT-4.a: the requester is led to the request and finds the way there on Today, the advocate
    to times to tick; booked anew, it is asked about anew.
    """
    ask = booked()
    check = over(ask, clock)
    seller, slug = client_for(bob), bob.tenant.slug
    (row,) = rows_of(bob, [i for i in everything(bob) if i.work.code == "took_place"])
    panel = seller.get(row.url, headers={"HX-Request": "true", "HX-Target": "panel-body"})
    assert f"/t/{slug}/slot-checks/{check.pk}/answer/" in panel.content.decode()
    assert ask.advocate.last_name not in panel.content.decode()
    told = seller.post(f"/t/{slug}/slot-checks/{check.pk}/answer/", {"says": "moved"})
    assert told["Location"] == f"/t/{slug}/requests/{ask.request_id}/"  # type: ignore[attr-defined]
    assert "time" in codes(bob)
    link = OutgoingMail.objects.get(kind=MAIL).link
    page = client_for(None).get(link_path(link)).content.decode()  # type: ignore[arg-type]
    (way,) = re.findall(r'href="(/p/[^"]+say=times)"', page)
    assert "Offer these times" in client_for(None).get(way).content.decode()
    slot = ask.slots.filter(starts_at__gt=clock.now).first()
    ask.slots.filter(pk=slot.pk).update(offered=True)  # type: ignore[union-attr]
    slot.offered, slot.ask = True, ask.reload()  # type: ignore[union-attr]
    pick_slot(actor=Actor.member(bob), request=ask.request, slot=slot)  # type: ignore[arg-type]
    clock.set(slot.ends_at + timedelta(hours=1))  # type: ignore[union-attr]
    sweep_slot_checks(ask.tenant_id)  # type: ignore[attr-defined]
    assert SlotCheck.objects.filter(activity=ask.activity).count() == 2
    assert OutgoingMail.objects.filter(kind=MAIL).count() == 2
