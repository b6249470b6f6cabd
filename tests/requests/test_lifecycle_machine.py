"""The request and its asks as a state machine: whatever people do, in whatever order.

After every step: each unit that is open belongs to exactly one ask that waits or was accepted,
no unit is lost, and request and asks are where the tables of moves allow them to be (REQ-2,
ASK-1, ASK-3, CAP-1).
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from activities.activities.choices import OPEN as OPEN_ACTIVITIES
from activities.activities.choices import ActivityState
from activities.activities.completion import complete_activity
from activities.activities.services import cancel_activity
from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Participation
from advocates.program.ledger.choices import UnitState
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.asks.sweeping import sweep_asks, sweep_requests
from requests.asks.taking_back import withdraw_ask
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.details import RequestDetails
from requests.requests.lifecycle import REQUEST
from requests.requests.services import create_request, submit_request
from requests.requests.triage import (
    accept_fewer,
    ask_for_info,
    cancel_request,
    close_request,
    decline_request,
    give_info,
    start_review,
)
from requests.scheduling.services import schedule_call
from tests.factories.advocates import catalogued, open_wide
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support.breadth import examples
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

PEOPLE = 4


def reached_from(state: str) -> set[str]:
    return {str(move.to) for move in REQUEST if state in move.source}


def reachable(start: str) -> set[str]:
    """States that the moves of a request lead to in any number of steps."""
    found, waiting = {start}, [start]
    while waiting:
        for state in reached_from(waiting.pop()):
            if state not in found:
                found.add(state)
                waiting.append(state)
    return found


class Lifecycle(RuleBasedStateMachine):
    """One request, four advocates, a manager, a requester, and time."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.clock = Clock()
        self.before = ""

    @initialize(needed=st.integers(1, 2))
    def begin(self, needed: int) -> None:
        from tests.support.time import START

        self.clock.set(START)
        self.tenant = TenantsFactory()
        self.stack.enter_context(tenant_scope(self.tenant))
        open_wide(account_open=50, account_units_per_year=50)
        manager, requester = MembershipFactory(), MembershipFactory(role="sales")
        self.manager, self.requester = Actor.member(manager), Actor.member(requester)
        self.people = [ReadyFactory() for _ in range(PEOPLE)]
        details = RequestDetails(
            activity_type=catalogued("reference_call"),
            needed_by=self.clock.now.date() + timedelta(days=14),
            needed_count=needed,
            prospect="Isdom",
        )
        self.request = create_request(actor=self.requester, details=details)
        submit_request(actor=self.requester, request=self.request)
        self.before = RequestState.SUBMITTED

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()
        self.clock.restore()

    def attempt(self, step: Any, **kwargs: Any) -> bool:
        """A step, or its refusal: a sentence, and nothing changed."""
        try:
            with transaction.atomic():
                step(**kwargs)
        except DomainError as refusal:
            assert refusal.message.strip()
            return False
        return True

    # -- what people do ----------------------------------------------------------------------

    @rule(who=st.lists(st.integers(0, PEOPLE - 1), min_size=1, max_size=3))
    def send(self, who: list[int]) -> None:
        drafts = [
            AskDraft(self.people[n], "A question", "Would you?", override_reason="Agreed.")
            for n in who
        ]
        self.attempt(send_asks, actor=self.manager, request=self.request, drafts=drafts)

    @rule(
        who=st.integers(0, PEOPLE - 1),
        kind=st.sampled_from(["accept", "accept", "decline", "later", "someone_else"]),
    )
    def answer(self, who: int, kind: Any) -> None:
        ask = Ask.objects.filter(advocate=self.people[who]).first()
        if ask is None:
            return
        later = product_clock.now().date() + timedelta(days=30)
        answer = AskAnswer(kind, time_note="Any time", later_on=later, name="Jo")
        actor = Actor.advocate(self.people[who].pk)
        self.attempt(answer_ask, actor=actor, ask=ask, answer=answer)

    @rule(who=st.integers(0, PEOPLE - 1))
    def withdraw(self, who: int) -> None:
        ask = Ask.objects.filter(advocate=self.people[who]).first()
        if ask is not None:
            self.attempt(withdraw_ask, actor=self.manager, ask=ask)

    @rule(
        what=st.sampled_from(
            [
                (start_review, "manager", {}),
                (ask_for_info, "manager", {"question": "Which?"}),
                (give_info, "requester", {"answer": "That."}),
                (accept_fewer, "requester", {}),
                (close_request, "requester", {}),
            ]
        )
    )
    def talk(self, what: tuple[Any, str, dict[str, Any]]) -> None:
        step, who, kwargs = what
        self.attempt(step, actor=getattr(self, who), request=self.request, **kwargs)

    @rule(what=st.sampled_from([cancel_request, decline_request]), dice=st.integers(0, 5))
    def give_up(self, what: Any, dice: int) -> None:
        if dice == 0:  # seldom, or no run gets anywhere
            self.attempt(what, actor=self.manager, request=self.request, reason="Over.")

    @precondition(lambda self: self.before in ("outreach", "confirmed", "scheduled"))
    @rule(
        who=st.integers(0, PEOPLE - 1),
        what=st.sampled_from(["schedule", "complete", "complete", "cancel"]),
    )
    def act(self, who: int, what: str) -> None:
        ask = Ask.objects.filter(advocate=self.people[who], activity__isnull=False).first()
        if ask is None or ask.activity is None:
            return
        if what == "schedule":
            start = product_clock.now() + timedelta(days=1, hours=who)
            end = start + timedelta(minutes=30)
            self.attempt(schedule_call, actor=self.requester, ask=ask, starts_at=start, ends_at=end)
        elif what == "complete":
            self.attempt(
                complete_activity,
                actor=self.manager,
                activity=ask.activity,
                happened_at=product_clock.now(),
            )
        else:
            self.attempt(cancel_activity, actor=self.manager, activity=ask.activity, reason="Ill.")

    @rule(hours=st.sampled_from([1, 8, 26, 60]))
    def wait(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        sweep_asks(self.tenant.pk)
        sweep_requests(self.tenant.pk)

    # -- what always holds -------------------------------------------------------------------

    @invariant()
    def no_unit_is_lost_or_taken_twice(self) -> None:
        if not self.before:
            return
        holding = set()
        for ask in Ask.objects.select_related("activity", "participation"):
            waiting = ask.state == AskState.SENT
            planned = (
                ask.state == AskState.ACCEPTED
                and ask.activity is not None
                and ask.activity.state in OPEN_ACTIVITIES
            )
            done = ask.activity is not None and ask.activity.state == ActivityState.COMPLETED
            wanted = (
                UnitState.OPEN
                if waiting or planned
                else UnitState.COMPLETED
                if done
                else UnitState.RELEASED
            )
            assert ask.participation.state == wanted, (ask.state, ask.activity)
            if wanted == UnitState.OPEN:
                holding.add(ask.participation_id)
        open_units = Participation.objects.filter(state=UnitState.OPEN)
        assert set(open_units.values_list("pk", flat=True)) == holding

    @invariant()
    def the_request_is_where_it_may_be(self) -> None:
        if not self.before:
            return
        request = Request.objects.get(pk=self.request.pk)
        assert request.state in reachable(self.before)
        self.before = request.state
        self.request = request
        asks = list(request.asks.values_list("state", flat=True))
        said_yes = asks.count(AskState.ACCEPTED)
        wanted = request.accepted_count or request.needed_count
        if request.state in (RequestState.CONFIRMED, RequestState.SCHEDULED):
            assert said_yes >= wanted
        if request.state not in (RequestState.OUTREACH, RequestState.NEEDS_INFO):
            assert AskState.SENT not in asks
        assert asks.count(AskState.SENT) <= max(wanted - said_yes, 0) + 1


@pytest.fixture
def machine_time() -> Iterator[None]:
    """The machine moves the clock itself."""
    yield
    product_clock.use(None)


def test_whatever_people_do_no_unit_is_lost(db: None, machine_time: None) -> None:
    """REQ-2.a, ASK-1, ASK-3.a, CAP-1.a, CAP-1.b: see the top of this file."""
    run_state_machine_as_test(
        Lifecycle,
        settings=settings(
            max_examples=examples(8),
            stateful_step_count=20,
            deadline=None,
            # Shrinking replays whole stories against the database; the first failure says enough.
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
