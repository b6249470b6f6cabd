"""The tenant's own numbers of requests, matching and asks (SET-1.e, SET-1.f)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from activities.activities.work import waiting_for_outcome
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenant_settings.families import family_of
from advocacy.tenant_settings.services import Moved, change_settings, preview_change
from requests.asks.settings import ASKS
from requests.matching.criteria import weights_for
from requests.matching.ranking import match, tally
from requests.models import MatchingWeights
from requests.requests.levels import service_level
from requests.requests.settings import REQUESTS
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import catalogued
from tests.factories.requests import ReadyFactory
from tests.requests.asking import MakeRequest, Send
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def test_promises(make_request: MakeRequest, clock: Clock) -> None:
    """SET-1.e, SET-1.n: answer, confirmation and rush; what was promised already stays."""
    before = make_request()
    change_settings(
        actor=SYSTEM,
        family=REQUESTS,
        values={"answer_hours": 1, "confirm_reference_call": 1, "rush_business_days": 0},
    )
    after = make_request(needed_by=clock.now.date() + timedelta(days=1))
    assert after.answer_due_at == clock.now + timedelta(hours=1)
    assert after.confirm_due_at is not None
    assert before.confirm_due_at is not None
    assert before.reload().answer_due_at == clock.now + timedelta(hours=4)
    assert after.confirm_due_at < before.confirm_due_at
    change_settings(actor=SYSTEM, family=REQUESTS, values={"rush_business_days": 12})
    with pytest.raises(DomainError) as refused:
        make_request(needed_by=clock.now.date() + timedelta(days=7))
    assert "12 business days" in refused.value.fields["rush_reason"]


def test_amber(make_request: MakeRequest, clock: Clock) -> None:
    """SET-1.e."""
    request = make_request()
    clock.advance(hours=1)

    def tone() -> str:
        return service_level(request, calendar_of(request.tenant), clock.now).tone

    assert tone() == "green"
    change_settings(actor=SYSTEM, family=REQUESTS, values={"amber_percent": 20})
    assert tone() == "amber"


def test_matching(make_request: MakeRequest) -> None:
    """SET-1.e, MAT-1.a: weights, rotation and the line of a good fit."""
    ReadyFactory(account__industry="Retail")
    request = make_request(industry="Retail")
    score = match(request).ranked[0].score
    assert tally(request).totals.poor_fit == 0
    change_settings(actor=SYSTEM, family=REQUESTS, values={"good_fit": score + 1})
    assert tally(request).totals.poor_fit == 1
    values = {"weight_industry": 0, "good_fit": 1}
    change_settings(actor=SYSTEM, family=REQUESTS, values=values)
    assert weights_for(None)["industry"] == 0
    assert match(request).ranked[0].score != score
    nothing = {key: 0 for key in REQUESTS.settings if key.startswith("weight_")}
    with pytest.raises(DomainError) as refused:
        change_settings(actor=SYSTEM, family=REQUESTS, values=nothing)
    assert "weight_industry" in refused.value.fields
    assert MatchingWeights.objects.get(activity_type=None).use_case == 20


def test_a_good_fit_says_whom_it_concerns(
    make_request: MakeRequest, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """SET-1.e, SET-1.m: the line of a good fit and the weights, of all types and of one, say for
    whom the open requests change, and how many.
    """
    ReadyFactory(first_name="Ada", last_name="Near", account__industry="Retail")
    ReadyFactory(first_name="Bo", last_name="Far", account__industry="Mining")
    request = make_request(industry="Retail")
    scores = {m.advocate.first_name: m.score for m in match(request).ranked}
    assert scores["Bo"] < scores["Ada"]
    told = preview_change(actor=SYSTEM, family=REQUESTS, values={"good_fit": scores["Bo"] + 1})
    none = "no good fit for any open request"
    assert told == [Moved("a good fit for 1 open request", none, 1, ("Bo Far",))]
    assert preview_change(actor=SYSTEM, family=REQUESTS, values={"answer_hours": 2}) == []
    change_settings(actor=SYSTEM, family=REQUESTS, values={"good_fit": scores["Bo"] + 1})
    told = preview_change(actor=SYSTEM, family=REQUESTS, values={"weight_industry": 0})
    assert [(each.after, each.names) for each in told] == [
        ("a good fit for 1 open request", ("Bo Far",))
    ]
    api, here = api_for(alice), "/api/v1/settings/requests/weights/"
    moved = api.post(f"{here}reference_call/preview/", {"industry": 0}).json()
    assert [(each["count"], each["names"]) for each in moved] == [(1, ["Bo Far"])]
    assert api.post(f"{here}testimonial/preview/", {"industry": 0}).json() == []
    assert not MatchingWeights.objects.exclude(activity_type=None).exists()

    page, browser = "/t/acme/settings/matching/reference_call/", client_for(alice)
    typed = {**weights_for(None), "industry": 0}
    first = browser.post(page, typed).content.decode()
    assert "Bo Far" in first
    assert not MatchingWeights.objects.exclude(activity_type=None).exists()
    token = first.split('name="confirmed" value="')[1].split('"')[0]
    assert browser.post(page, {**typed, "confirmed": token}).status_code == 302
    assert MatchingWeights.objects.exclude(activity_type=None).count() == 1


def test_weights_of_a_type_over_rest(scope: Tenant, alice: Membership, bob: Membership) -> None:
    """SET-1.e, SET-1.j: what is not given stays as it counts for all; put back by removing them."""
    catalogued("reference_call")
    change_settings(actor=SYSTEM, family=REQUESTS, values={"weight_size": 7})
    api, here = api_for(alice), "/api/v1/settings/requests/weights/"
    one = f"{here}reference_call/"
    assert (api.get(one).json()["own"], api.get(one).json()["size"]) == (False, 7)
    changed = api.patch(one, {"industry": 33}).json()
    assert (changed["own"], changed["industry"], changed["size"]) == (True, 33, 7)
    event = Event.objects.get(verb="matching_weights.changed")
    assert event.payload == {"type": "reference_call", "changed": {"industry": [20, 33]}}
    own = {row["type"] for row in api.get(here).json() if row["own"]}
    assert own == {"reference_call"}
    for wrong in ({"industry": 101}, {"tea": 1}, {"industry": "many"}):
        refused = api.patch(one, wrong)
        assert (refused.status_code, list(refused.json()["errors"])) == (422, list(wrong))
    assert api.patch(one, dict.fromkeys(weights_for(None), 0)).status_code == 422
    assert api.patch(f"{here}tea/", {"industry": 1}).status_code == 404
    assert api_for(bob).patch(one, {"industry": 1}).status_code == 403
    assert api.delete(one).status_code == 204
    assert (api.get(one).json()["own"], api.get(one).json()["industry"]) == (False, 20)


def test_patience(make_request: MakeRequest, send: Send, clock: Clock) -> None:
    """SET-1.f, SET-1.n: reminder, expiry, how many at once; an ask that is out keeps its times."""
    one, two, three = ReadyFactory(), ReadyFactory(), ReadyFactory()
    request = make_request(needed_by=clock.now.date() + timedelta(days=60))
    before = send(request, one)[0]
    change_settings(
        actor=SYSTEM,
        family=ASKS,
        values={"reminder_business_days": 3, "expiry_business_days": 5, "spare_asks": 2},
    )
    after, third = send(request, two, three)
    assert before.remind_at is not None
    assert after.remind_at is not None
    assert after.remind_at > before.remind_at
    assert after.expires_at > before.reload().expires_at
    assert third.expires_at == after.expires_at
    with pytest.raises(DomainError) as refused:
        change_settings(actor=SYSTEM, family=ASKS, values={"expiry_business_days": 3})
    assert "expiry_business_days" in refused.value.fields


def test_after_a_slot(alice: Membership, make_request: MakeRequest, clock: Clock) -> None:
    """SET-1.f: when it is asked whether a call happened."""
    ActivityFactory(
        state="scheduled",
        starts_at=clock.now - timedelta(hours=1),
        ends_at=clock.now - timedelta(minutes=20),
    )
    assert waiting_for_outcome(alice).count() == 1
    change_settings(actor=SYSTEM, family=ASKS, values={"after_slot_minutes": 30})
    assert waiting_for_outcome(alice).count() == 0


def test_telling_what_came_of_it() -> None:
    """SET-1.h: the family of closing the loop is there."""
    family = family_of("content")
    assert family is not None
    told = {"unscheduled_business_days", "tell_days", "tell_deal_business_days"}
    duties = {
        f"{name}_days" for name in ("answer", "time", "prepare", "record", "produce", "publish")
    }
    content = {
        "fresh_months",
        "unused_months",
        "unpublished_days",
        "approval_days",
        "remind_days",
        "own_days",
        "link_days",
        "transcript_kilobytes",
    }
    assert set(family.settings) == told | duties | content


def test_the_work_week(make_request: MakeRequest, clock: Clock) -> None:
    """SET-1.e, REQ-2.f: working days and hours, checked as a whole."""
    with pytest.raises(DomainError) as refused:
        change_settings(
            actor=SYSTEM, family=REQUESTS, values={"work_days": (), "work_ends": time(8)}
        )
    assert set(refused.value.fields) == {"work_days", "work_ends"}
    change_settings(
        actor=SYSTEM,
        family=REQUESTS,
        values={"work_days": ["2", "4"], "work_starts": time(8), "answer_hours": 10},
    )
    request = make_request(needed_by=clock.now.date() + timedelta(days=60))
    assert request.answer_due_at == datetime(2026, 3, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))
