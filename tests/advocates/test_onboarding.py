"""First steps of who joined, and how soon the first activity comes (ENR-2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.links import page_url
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate, ProgramInvitation
from advocates.onboarding.selectors import first_activity_times, first_steps_of
from advocates.onboarding.services import tick_step, untick_step
from advocates.people.preferences import save_preferences
from portal.services.links import open_portal
from tests.factories.advocates import (
    AdvocateFactory,
    ConsentFactory,
    EnrolledFactory,
    ProgramInvitationFactory,
    did,
)
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import TouchFactory
from tests.support.rest import api_for
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]


@pytest.fixture
def ana(scope: Tenant, clock: Clock) -> Advocate:
    return EnrolledFactory(first_name="Ana")  # type: ignore[no-any-return]


def done(advocate: Advocate) -> set[str]:
    return {line.code for line in first_steps_of(advocate).lines if line.done}


def test_steps_follow_from_facts(ana: Advocate, clock: Clock) -> None:
    """ENR-2.a: preferences, consent, the first low-effort activity and the way into the community
    are done by being done, and nobody can take such a tick back; big things are no first step.
    """
    assert done(ana) == set()
    save_preferences(actor=Actor.advocate(ana.pk), advocate=ana, comforts=["private_call"])
    assert done(ana) == {"preferences"}
    ConsentFactory(advocate=ana)
    clock.advance(timedelta(days=3))
    did(ana, "reference_call")
    assert done(ana) == {"preferences", "consent"}
    did(ana, "testimonial")
    TouchFactory(advocate=ana, kind="community")
    whole = {"preferences", "consent", "first_activity", "community"}
    assert done(ana) == whole
    untick_step(actor=Actor.system("tests"), advocate=ana, step="consent")
    assert done(ana) == whole


def test_others_are_ticked_by_hand(ana: Advocate) -> None:
    """ENR-2.a: by a colleague at own accounts, once, with an event, and back; the person ticks the
    overview alone.
    """
    manager = Actor.member(MembershipFactory.create(role="program_manager"))
    for _twice in range(2):
        tick_step(actor=manager, advocate=ana, step="welcome")
    assert done(ana) == {"welcome"}
    assert Event.objects.filter(verb="onboarding.ticked").count() == 1
    untick_step(actor=manager, advocate=ana, step="welcome")
    assert done(ana) == set()
    # Consent and deeds are there or not, whatever somebody ticks.
    for step in ("party", "consent", "first_activity"):
        with pytest.raises(DomainError) as refused:
            tick_step(actor=manager, advocate=ana, step=step)
        assert "step" in refused.value.fields
    herself = Actor.advocate(ana.pk)
    tick_step(actor=herself, advocate=ana, step="overview")
    for actor, step in (
        (herself, "welcome"),
        (Actor.advocate(AdvocateFactory().pk), "overview"),
        (Actor.member(MembershipFactory.create(role="marketing")), "welcome"),
    ):
        with pytest.raises(NotAllowed):
            tick_step(actor=actor, advocate=ana, step=step)
    with pytest.raises(Conflict):
        tick_step(actor=manager, advocate=AdvocateFactory(status="candidate"), step="welcome")


def test_the_time_to_the_first_activity(ana: Advocate, clock: Clock) -> None:
    """ENR-2.b: from invitation and from enrolment, a person and the middle of the program with its
    count; who was not invited or did nothing is not counted, nor is what was before.
    """
    ben, cy, _nobody = EnrolledFactory(), EnrolledFactory(), EnrolledFactory()
    did(ana, "testimonial", days_ago=30)
    for person, days in ((ana, 4), (ben, 10)):
        ProgramInvitationFactory(
            advocate=person, state="accepted", answered_at=clock.now,
            sent_at=clock.now - timedelta(days=days),
        )  # fmt: skip
    assert first_steps_of(ana).first_at is None
    clock.advance(timedelta(days=2))
    did(ana, "testimonial")
    clock.advance(timedelta(days=4))
    did(ben, "testimonial")
    did(cy, "testimonial")
    steps = first_steps_of(ana)
    assert (steps.from_invitation, steps.from_enrolment) == (6, 2)
    times = first_activity_times()
    assert (times.from_invitation, times.invited) == (pytest.approx(11), 2)
    assert (times.from_enrolment, times.enrolled, times.joined) == (pytest.approx(6), 3, 4)
    assert ProgramInvitation.objects.count() == 2


def test_shown_in_the_portal_on_the_page_and_over_rest(
    tenant: Tenant, ana: Advocate, client_for: ClientFor, alice: Membership
) -> None:
    """ENR-2.a, ENR-2.b: she reads the overview with benefits and expectations and says so; her page
    and the person's show the list, the board the program's times, REST the same.
    """
    browser, link = client_for(None), open_portal(advocate=ana)
    home = page_url(link, "home").split("/p/", 1)[1]
    overview = page_url(link, "overview").split("/p/", 1)[1]
    assert "Your first steps: 0 of 6" in browser.get(f"/p/{home}").text
    text = browser.get(f"/p/{overview}").text
    for words in ("What you get", "What you can expect of us", "I have read it"):
        assert words in text
    assert browser.post(f"/p/{overview}").status_code == 302
    assert "Your first steps: 1 of 6" in browser.get(f"/p/{home}").text
    staff, page = client_for(alice), f"/t/acme/advocates/{ana.pk}/"
    assert "First steps together" in staff.get(page).text
    staff.post(f"{page}steps/welcome/")
    assert "2 of 6" in staff.get(page).text
    staff.post(f"{page}steps/welcome/undo/")
    api = api_for(alice)
    assert api.post(f"advocates/{ana.pk}/tick-step/", {"step": "community"}).status_code == 200
    assert api.post(f"advocates/{ana.pk}/tick-step/", {"step": "party"}).status_code == 422
    found = api.get(f"advocates/{ana.pk}/onboarding/").json()
    assert [row["code"] for row in found["steps"] if row["done"]] == ["overview", "community"]
    assert found["first_activity_at"] is None
    with tenant_scope(tenant):
        did(ana, "testimonial")
    assert "median of 1 person" in staff.get("/t/acme/advocates/pipeline/").text
