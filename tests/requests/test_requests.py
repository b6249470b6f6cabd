"""A request from submission to its end, apart from asks (REQ-1, REQ-2)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import prefetch_related_objects
from django.test import Client

from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.sending import build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.details import RequestDetails
from requests.requests.levels import service_level
from requests.requests.lifecycle import REQUEST
from requests.requests.services import create_request, submit_request, update_request
from requests.requests.triage import (
    ask_for_info,
    cancel_request,
    decline_request,
    give_info,
    start_review,
)
from tests.factories.advocates import AccountFactory, TagFactory, catalogued
from tests.factories.requests import OpportunityFactory, RequestFactory
from tests.factories.tenancy import HolidayFactory, MembershipFactory
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

MakeRequest = Callable[..., Request]


def test_numbers_have_no_gaps_and_read_aloud(make_request: MakeRequest) -> None:
    """REQ-1: the next number of the tenant; a refused request uses none up."""
    first = make_request()
    with pytest.raises(DomainError):
        make_request(segment="galactic")
    second = make_request()
    assert [first.reference, second.reference] == ["REQ-0001", "REQ-0002"]


def test_choosing_an_opportunity_fills_the_rest(make_request: MakeRequest) -> None:
    """REQ-1.d: prospect, industry, size, country and region come from the deal."""
    account = AccountFactory(
        name="Isdom",
        lifecycle="prospect",
        industry="Healthcare",
        employees=1200,
        segment="enterprise",
        country="DE",
        region="emea",
    )
    deal = OpportunityFactory(account=account, prospect_name="")
    request = make_request(opportunity=deal, prospect="", industry="Hospitals").reload()
    assert request.prospect == "Isdom"
    assert request.industry == "Hospitals"  # what is said wins
    assert (request.segment, request.employees) == ("enterprise", 1200)
    assert (request.country, request.region) == ("DE", "emea")


def test_employees_alone_say_the_size(make_request: MakeRequest) -> None:
    """REQ-1, ACC-1: the segment follows from the number of employees."""
    assert make_request(employees=40).segment == "smb"


def test_submission_starts_the_clock_and_finds_a_manager(
    make_request: MakeRequest, alice: Membership, clock: Clock
) -> None:
    """REQ-2.f, REQ-3: answer in 4 business hours, call in 2 days; to the manager with the
    fewest.
    """
    second = MembershipFactory(user__name="Second")
    first = make_request()
    assert first.manager == alice
    assert first.answer_due_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert first.confirm_due_at == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert make_request().manager == second
    mail = OutgoingMail.objects.get(kind="request_submitted", to_email=alice.email)
    assert first.reference in str(mail.body)


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("reference_call", 2),
        ("executive_reference_call", 5),
        ("case_study", 20),
        # Other types by effort.
        ("testimonial", 2),
        ("customer_panel", 5),
        ("speaking", 20),
    ],
)
def test_each_type_has_its_promise(make_request: MakeRequest, code: str, days: int) -> None:
    """REQ-2.f: call confirmed in 2 business days, executive call 5, case study 20."""
    catalogued(code, is_on=True)
    request = make_request(code=code, needed_by=date(2026, 6, 1)).reload()
    assert request.submitted_at is not None
    assert request.confirm_due_at == calendar_of(request.tenant).add_days(
        request.submitted_at, days
    )


def test_service_levels_know_evenings_weekends_and_holidays(
    make_request: MakeRequest, clock: Clock
) -> None:
    """REQ-2.f: business hours of the tenant's calendar (Berlin, 9 to 17)."""
    HolidayFactory(day=date(2026, 3, 9), name="Women's Day")
    clock.set(datetime(2026, 3, 6, 14, 0, tzinfo=UTC))  # Friday 15:00 in Berlin
    request = make_request(needed_by=date(2026, 4, 1))
    assert request.answer_due_at == datetime(2026, 3, 10, 10, 0, tzinfo=UTC)  # Tuesday 11:00


def test_amber_in_the_last_quarter_and_red_when_late(
    make_request: MakeRequest, clock: Clock
) -> None:
    """REQ-2.f: amber and red."""
    request = make_request().reload()

    def tone() -> str:
        return service_level(request, calendar_of(request.tenant), clock.now).tone

    assert tone() == "green"
    clock.advance(hours=3)
    assert tone() == "amber"
    clock.advance(hours=1)
    assert tone() == "red"


def test_a_type_that_is_off_cannot_be_requested(make_request: MakeRequest) -> None:
    """ACT-3.c: names the field."""
    catalogued("site_visit", is_on=False)
    with pytest.raises(DomainError) as refused:
        make_request(code="site_visit")
    assert list(refused.value.fields) == ["activity_type"]


@pytest.mark.parametrize(
    ("now", "needed_by", "rush"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), date(2026, 3, 4), True),
        (datetime(2026, 3, 2, 10, tzinfo=UTC), date(2026, 3, 5), False),
        (datetime(2026, 3, 6, 20, tzinfo=UTC), date(2026, 3, 10), True),
        (datetime(2026, 3, 6, 20, tzinfo=UTC), date(2026, 3, 11), False),
    ],
)
def test_less_than_three_business_days_notice_needs_a_reason(
    make_request: MakeRequest, clock: Clock, now: datetime, needed_by: date, rush: bool
) -> None:
    """REQ-2.g: rush, counted in business days from the next working hour on."""
    clock.set(now)
    if rush:
        with pytest.raises(DomainError) as refused:
            make_request(needed_by=needed_by)
        assert list(refused.value.fields) == ["rush_reason"]
        assert make_request(needed_by=needed_by, rush_reason="Board meets on Friday.")
    else:
        assert make_request(needed_by=needed_by).state == RequestState.SUBMITTED


def test_a_past_day_and_a_missing_prospect_are_named(make_request: MakeRequest) -> None:
    """BAD-1.a, REQ-1: every problem at once, each at its field; nothing is saved."""
    with pytest.raises(DomainError) as refused:
        make_request(needed_by=date(2026, 3, 1), prospect=" ")
    assert set(refused.value.fields) == {"needed_by", "prospect"}
    assert not Request.objects.filter(state=RequestState.SUBMITTED).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("needed_count", 0),
        ("needed_count", 21),
        ("segment", "huge"),
        ("country", "Germany"),
        ("prospect", "x" * 201),
        ("meeting_format", "telepathy"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    make_request: MakeRequest, field: str, value: Any
) -> None:
    """BAD-1.a: the message names the field."""
    with pytest.raises(DomainError) as refused:
        make_request(**{field: value})
    assert list(refused.value.fields) == [field]


def test_a_question_is_answered_from_its_mail(
    make_request: MakeRequest, alice: Membership, bob: Membership, client: Client, clock: Clock
) -> None:
    """REQ-2.b: on the mail's link, without signing in, once; looking changes nothing; a link to an
    older question, or of who left, opens nothing.
    """
    request, program = make_request(), Actor.member(alice)
    ask_for_info(actor=program, request=request, question="Which modules?")

    def mailed() -> str:
        mail = OutgoingMail.objects.filter(kind="request_needs_info").latest("created_at")
        found = re.search(r"http://[^/]+(/p/\S+/answer/)", str(build_message(mail).body))
        assert found is not None
        return found[1]

    first = mailed()
    shown = client.get(first).content.decode()
    assert "Which modules?" in shown
    assert request.reload().state == RequestState.NEEDS_INFO
    empty = client.post(first, {"answer": " "})
    assert (empty.status_code, request.reload().state) == (422, RequestState.NEEDS_INFO)
    long = client.post(first, {"answer": "x" * 2001})
    assert long.status_code == 422 and "x" * 2001 in long.content.decode()
    assert client.post(first, {"answer": "Sourcing only."}).status_code == 302
    assert "Sourcing only." in request.reload().notes
    assert request.state == RequestState.IN_REVIEW
    event = Event.objects.get(verb="request.info_given")
    assert event.actor == bob
    assert "is answered" in client.get(first).content.decode()
    assert client.post(first, {"answer": "Again"}).status_code == 409
    assert "Again" not in request.reload().notes
    clock.advance(minutes=5)
    ask_for_info(actor=program, request=request, question="And when?")
    assert client.get(first).status_code == 410
    assert "And when?" in client.get(mailed()).content.decode()
    Membership.objects.filter(pk=bob.pk).update(is_active=False)
    assert client.post(mailed(), {"answer": "Still me"}).status_code == 410
    assert request.reload().state == RequestState.NEEDS_INFO


def test_a_question_stops_the_clock_until_the_answer(
    make_request: MakeRequest, alice: Membership, bob: Membership, clock: Clock
) -> None:
    """REQ-2: needs_info pauses; the business time left is the same afterwards."""
    request = make_request()
    clock.advance(hours=1)
    ask_for_info(actor=Actor.member(alice), request=request, question="Which modules?")
    assert request.reload().state == RequestState.NEEDS_INFO
    mail = OutgoingMail.objects.get(kind="request_needs_info")
    assert mail.to_email == bob.email
    assert "Which modules?" in mail.text
    clock.advance(days=7)
    give_info(actor=Actor.member(bob), request=request, answer="Sourcing only.")
    request.reload()
    assert request.state == RequestState.IN_REVIEW
    assert "Sourcing only." in request.notes
    # 15 of 16 hours were left on Monday at 12:00 in Berlin.
    assert request.confirm_due_at == datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
    assert request.paused_at is None


def test_the_first_human_answer_is_kept(
    make_request: MakeRequest, alice: Membership, clock: Clock
) -> None:
    """REQ-2.f: taking it up answers; later steps do not answer again."""
    request = make_request()
    clock.advance(hours=2)
    start_review(actor=Actor.member(alice), request=request)
    answered = request.reload().answered_at
    assert answered == clock.now
    clock.advance(hours=2)
    decline_request(actor=Actor.member(alice), request=request, reason="No such customer.")
    assert request.reload().answered_at == answered
    assert request.state_reason == "No such customer."
    assert OutgoingMail.objects.filter(kind="request_declined").count() == 1


def test_sales_acts_on_own_requests_only(make_request: MakeRequest, bob: Membership) -> None:
    """REQ-2, ID-2.a: not on a colleague's, and never as the program."""
    colleague = Actor.member(MembershipFactory(role="sales"))
    request = make_request()
    for attempt in (
        lambda: cancel_request(actor=colleague, request=request, reason="Mine now."),
        lambda: give_info(actor=colleague, request=request, answer="Yes."),
        lambda: start_review(actor=Actor.member(bob), request=request),
        lambda: decline_request(actor=Actor.member(bob), request=request, reason="No."),
        lambda: ask_for_info(actor=Actor.member(bob), request=request, question="Why?"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    cancel_request(actor=Actor.member(bob), request=request, reason="Deal is dead.")
    assert request.reload().state == RequestState.CANCELLED


def test_approvers_submit_nothing(program: Tenant) -> None:
    """ID-2.a: the matrix decides, also below the pages."""
    approver = Actor.member(MembershipFactory(role="approver"))
    details = RequestDetails(
        activity_type=catalogued("reference_call"), needed_by=date(2026, 4, 1), prospect="Isdom"
    )
    with pytest.raises(NotAllowed):
        create_request(actor=approver, details=details)


@pytest.mark.parametrize("state", RequestState.values)
def test_illegal_moves_are_refused_with_the_legal_ones_named(
    program: Tenant, alice: Membership, state: str
) -> None:
    """REQ-2.a: only along the table of moves."""
    actor = Actor.member(alice)
    moves: dict[str, Callable[[Request], object]] = {
        "in_review": lambda r: start_review(actor=actor, request=r),
        "needs_info": lambda r: ask_for_info(actor=actor, request=r, question="?"),
        "declined": lambda r: decline_request(actor=actor, request=r, reason="No."),
        "cancelled": lambda r: cancel_request(actor=actor, request=r, reason="Over."),
    }
    for target, move in moves.items():
        request = RequestFactory(state=state, activity_type=catalogued("reference_call"))
        if target in {move.to for move in REQUEST if state in move.source}:
            move(request)
            assert request.reload().state == target
        else:
            with pytest.raises(Conflict) as refused:
                move(request)
            for allowed in REQUEST.manual:
                if state in allowed.source:
                    assert str(allowed.label) in refused.value.message
            assert request.reload().state == state


def test_a_double_click_submits_once(make_request: MakeRequest, bob: Membership) -> None:
    """REQ-2: compare-and-set; the second one is a conflict, not a second request."""
    request = make_request(submit=False)
    twin = Request.objects.get(pk=request.pk)
    submit_request(actor=Actor.member(bob), request=request)
    with pytest.raises(Conflict):
        submit_request(actor=Actor.member(bob), request=twin)
    assert Event.objects.filter(verb="request.submitted").count() == 1


def test_details_may_change_until_somebody_was_asked(
    make_request: MakeRequest, bob: Membership
) -> None:
    """REQ-1, REQ-2.g: a new day obeys the rush rule; after asks nothing changes any more."""
    request = make_request()
    details = RequestDetails(
        activity_type=request.activity_type,
        needed_by=date(2026, 3, 3),
        prospect="Isdom",
        competitor="Rivalsoft",
    )
    with pytest.raises(DomainError) as refused:
        update_request(actor=Actor.member(bob), request=request, details=details)
    assert list(refused.value.fields) == ["rush_reason"]
    Request.objects.filter(pk=request.pk).update(state=RequestState.OUTREACH)
    with pytest.raises(Conflict):
        update_request(actor=Actor.member(bob), request=request, details=details)


def test_a_declined_request_is_taken_up_again_with_a_day_to_come(
    make_request: MakeRequest, alice: Membership, clock: Clock
) -> None:
    """REQ-2: declined → in review; a day that is past is not kept."""
    request, actor = make_request(), Actor.member(alice)
    decline_request(actor=actor, request=request, reason="Not now.")
    clock.advance(days=30)
    with pytest.raises(DomainError) as refused:
        start_review(actor=actor, request=request)
    assert list(refused.value.fields) == ["needed_by"]
    later = clock.now.date() + timedelta(days=10)
    start_review(actor=actor, request=request, needed_by=later)
    assert (request.reload().state, request.needed_by) == (RequestState.IN_REVIEW, later)


def test_two_changes_of_different_things_are_both_kept(
    make_request: MakeRequest, bob: Membership
) -> None:
    """BAD-1, API-1: each writes what it says otherwise than the row it has read, tags too."""
    sent = make_request(tags=(planner := TagFactory(kind="product"),))
    read = [Request.objects.get(pk=sent.pk) for _reader in range(3)]
    prefetch_related_objects(read, "request_tags__tag")
    seen = {name: getattr(sent, name) for name in RequestDetails.__slots__ if name != "tags"}
    added = TagFactory(kind="use_case")
    said: list[dict[str, Any]] = [{"notes": "Soon"}, {"language": "de"}, {}]
    tags = [(planner,), (planner, added), ()]
    for row, values, named in zip(read, said, tags, strict=True):
        details = RequestDetails(**{**seen, **values}, tags=named)
        update_request(actor=Actor.member(bob), request=row, details=details)
    kept = Request.objects.get(pk=sent.pk)
    assert (kept.notes, kept.language) == ("Soon", "de")
    assert [link.tag for link in kept.request_tags.all()] == [added]
