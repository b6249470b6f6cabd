"""Duties: what has to be done about an activity, by whom and by when (RSP-1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from activities.activities import booking, completion
from activities.activities.services import cancel_activity
from activities.duties.models import Duty
from activities.duties.selectors import lines_of
from activities.duties.services import finish_duty, hand_over_duty, reopen_duty
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.responsibilities.services import set_roles
from reporting.queue import everything, rows_of
from tests.factories.activities import DutyFactory
from tests.support.program import Program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def whose(activity: Any) -> dict[str, Any]:
    return {duty.step: duty.owner for duty in Duty.objects.filter(activity=activity)}


def test_a_yes_gives_everybody_theirs(program: Program, membership: Any) -> None:
    """RSP-1.b: with person and date; another role in the matrix, another person."""
    activity = program.accepted()
    assert whose(activity) == {
        "prepare": program.csm,
        # Offered, so nobody asked for it: what is sales' is the manager's.
        "brief": program.manager,
        "schedule": program.manager,
        "run": program.manager,
        "outcome": program.manager,
    }
    assert Duty.objects.get(activity=activity, step="schedule").due_at
    marketing = membership("marketing")
    roles = {"prepare": "marketing"}
    set_roles(actor=program.actor, activity_type=program.type("reference_call"), roles=roles)
    assert whose(program.accepted())["prepare"] == marketing
    assert whose(activity)["prepare"] == program.csm


def test_dates_follow_the_booking_and_facts_tick(program: Program) -> None:
    """RSP-1.b: booked, moved, taken back, happened; what was ticked by hand stays ticked."""
    activity = program.scheduled(hours=24 * 7)
    duty = {each.step: each for each in Duty.objects.filter(activity=activity)}
    assert duty["schedule"].state == "done"
    assert duty["prepare"].due_at < activity.starts_at <= duty["run"].due_at  # type: ignore[operator]
    finish_duty(actor=program.actor, duty=duty["prepare"])
    later = activity.starts_at + timedelta(days=1)  # type: ignore[operator]
    booking.schedule_activity(
        actor=program.actor,
        activity=activity,
        starts_at=later,
        ends_at=later + timedelta(minutes=30),
    )
    assert duty["run"].reload().due_at == later
    assert duty["prepare"].reload().state == "done"
    booking.take_time_back(actor=program.actor, activity=activity, before=None)
    assert duty["schedule"].reload().state == "open"
    assert duty["run"].reload().due_at is None


def test_what_is_over_is_nobodys(program: Program, membership: Any) -> None:
    """RSP-1.b: after completion what is left is to produce and to publish; cancelled, nothing."""
    marketing = membership("marketing")
    activity = program.accepted("review")
    completion.complete_activity(actor=program.actor, activity=activity, happened_at=clock.now())
    rows = {each.step: each for each in Duty.objects.filter(activity=activity)}
    assert rows.pop("prepare").state == "dropped"
    assert {step: each.state for step, each in rows.items()} == {
        "run": "done",
        "outcome": "done",
        "produce": "open",
        "publish": "open",
    }
    assert rows["produce"].owner == marketing
    called_off = program.accepted()
    cancel_activity(actor=program.actor, activity=called_off, reason="Not needed")
    states = Duty.objects.filter(activity=called_off).values_list("state", flat=True)
    assert set(states) == {"dropped"}
    assert not lines_of([called_off])
    assert not Duty.objects.filter(activity=program.completed())


def test_one_says_that_it_is_done(program: Program, membership: Any) -> None:
    """RSP-1.b: whose it is, the account's owner and the program; once, and nobody else."""
    stranger = Actor.member(membership("csm"))
    duty = Duty.objects.get(activity=program.accepted(), step="prepare")
    with pytest.raises(NotAllowed):
        finish_duty(actor=stranger, duty=duty)
    finish_duty(actor=Actor.member(program.csm), duty=duty)
    with pytest.raises(Conflict):
        finish_duty(actor=program.actor, duty=duty)
    reopen_duty(actor=program.actor, duty=duty)
    with pytest.raises(DomainError):
        hand_over_duty(actor=program.actor, duty=duty, owner=membership("csm", is_active=False))
    hand_over_duty(actor=program.actor, duty=duty, owner=stranger.membership)
    finish_duty(actor=stranger, duty=duty)
    assert duty.reload().done_by == stranger.membership


def test_it_waits_on_todays_of_whose_it_is(program: Program) -> None:
    """RSP-1.b: with its date, from a week before; nothing that another row tells already."""
    program.scheduled(hours=48)
    (row,) = rows_of(
        program.csm, [item for item in everything(program.csm) if item.work.code == "duty"]
    )
    assert row.title == "Prepare the advocate: Frank Murphy"
    told = [item for item in everything(program.manager) if item.work.code == "duty"]
    assert {row.title for row in rows_of(program.manager, told)} == {
        "Brief the prospect: Frank Murphy",
        "Technical set-up: Frank Murphy",  # without a link
    }


def test_the_record_shows_who_does_what(
    program: Program, client_for: Callable[..., Client], membership: Any
) -> None:
    """RSP-1.b: an activity's page names each person, with the thank-you's; done in the browser and
    over REST. Who may not open activities sees own duties only, without a name (VIS-1).
    """
    slug, activity = program.manager.tenant.slug, program.accepted()
    duty = Duty.objects.get(activity=activity, step="prepare")
    seller = membership("sales")
    own = DutyFactory(activity=activity, step="referral", owner=seller)
    manager, sales = client_for(program.manager), client_for(seller)
    page = manager.get(reverse("activities:detail", args=(slug, activity.pk))).content.decode()
    assert "Who does what" in page
    assert "Prepare the advocate" in page
    assert "Cleo" in page
    assert sales.get(reverse("duties:detail", args=(slug, duty.pk))).status_code == 404
    shown = sales.get(reverse("duties:detail", args=(slug, own.pk))).content.decode()
    assert "Frank" not in shown
    assert manager.post(reverse("duties:finish", args=(slug, duty.pk))).status_code == 302
    api = api_for(program.manager)
    assert api.post(f"duties/{duty.pk}/finish/").status_code == 409
    assert api.post(f"duties/{duty.pk}/reopen/").json()["state"] == "open"
    given = api.post(f"duties/{duty.pk}/hand-over/", {"owner": str(seller.pk)})
    assert given.json()["owner"] == str(seller.pk)
    listed = api.get(f"duties/?activity={activity.pk}&step=prepare").json()["results"]
    assert [each["id"] for each in listed] == [str(duty.pk)]


def test_a_duty_of_another_tenant_is_not_there(
    program: Program, other_tenant: Tenant, client_for: Callable[..., Client]
) -> None:
    """TEN-1: neither in the list nor at its address."""
    with tenant_scope(other_tenant):
        foreign = DutyFactory()
    slug, client = program.manager.tenant.slug, client_for(program.manager)
    assert client.get(reverse("duties:detail", args=(slug, foreign.pk))).status_code == 404
    assert str(foreign.pk) not in client.get(reverse("duties:list", args=(slug,))).content.decode()


def test_a_request_names_who_asks_and_who_briefs(
    program: Program, client_for: Callable[..., Client], bob: Membership
) -> None:
    """RSP-1.b: on the request too; who asked for it briefs the prospect and records the outcome."""
    from requests.asks.answers import AskAnswer, answer_ask
    from tests.factories.requests import AskFactory, RequestFactory

    request = RequestFactory(
        requester=bob,
        manager=program.manager,
        state="outreach",
        activity_type=program.type("reference_call"),
    )
    ask = AskFactory(request=request, advocate=program.advocate, sender=program.manager)
    answer_ask(actor=Actor.advocate(program.advocate.pk), ask=ask, answer=AskAnswer("accept"))
    assert whose(ask.reload().activity)["brief"] == bob
    url = reverse("requests:detail", args=(program.manager.tenant.slug, request.pk))
    page = client_for(bob).get(url).content.decode()
    assert "Match and ask" in page
    assert "Brief the prospect" in page
