"""Asks as they are really sent, replayed under the settings they were sent under (SIM-1)."""

import random
from contextlib import suppress
from datetime import timedelta

from activities.activities.completion import complete_activity
from advocacy import clock as product_clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocates.program.ledger.services import CapacityRefused
from reporting.metrics.frame import Frame
from reporting.simulator.history import read_history
from reporting.simulator.replay import replay
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.saying import agree_to_ask, put_ask_off
from requests.asks.services import send_asks
from requests.asks.sweeping import sweep_asks
from requests.asks.taking_back import withdraw_ask
from requests.models import Ask
from requests.scheduling.slots import Slot
from tests.factories.advocates import AccountFactory
from tests.factories.requests import ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.requests.asking import MakeRequest, accept, decline
from tests.support.owners_say import owners_say
from tests.support.policy import change_policy
from tests.support.time import Clock


class _Program:
    """A year in which people are asked, whatever the guard says to it."""

    def __init__(self, make_request: MakeRequest, alice: Membership, seed: int) -> None:
        self.make_request, self.alice, self.dice = make_request, alice, random.Random(seed)
        self.tom = MembershipFactory(role="csm", user__name="Tom Weber")
        accounts = [AccountFactory(owner=self.tom), AccountFactory()]
        self.people = [ReadyFactory(account=accounts[n % 2]) for n in range(5)]
        self.refused = 0

    def ask(self) -> None:
        first = product_clock.now() + timedelta(days=3)
        times = [Slot(first, first + timedelta(minutes=30))]
        draft = AskDraft(
            self.dice.choice(self.people),
            "Half an hour?",
            "Would you talk to Isdom?",
            times,
            override_reason="They know each other.",
        )
        request = self.make_request()
        try:
            send_asks(actor=Actor.member(self.alice), request=request, drafts=[draft])
        except CapacityRefused:
            self.refused += 1
        except DomainError:
            pass

    def go_on(self) -> None:
        """Something happens to one ask that runs."""
        running = list(
            Ask.objects.filter(state__in=["sent", "proposed", "accepted"]).order_by("sent_at")
        )
        if not running:
            return
        ask = self.dice.choice(running)
        with suppress(Conflict, DomainError):
            self._happen(ask)

    def _happen(self, ask: Ask) -> None:
        if ask.state == AskState.PROPOSED:
            later = product_clock.now().date() + timedelta(days=self.dice.randint(1, 9))
            if self.dice.random() < 0.5:
                agree_to_ask(actor=Actor.member(self.tom), ask=ask)
            else:
                put_ask_off(actor=Actor.member(self.tom), ask=ask, not_before=later)
        elif ask.state == AskState.ACCEPTED:
            if ask.activity is not None and ask.activity.state in ("accepted", "scheduled"):
                happened = product_clock.now() - timedelta(days=self.dice.randint(0, 5))
                taken = ask.participation.taken_at
                complete_activity(
                    actor=Actor.member(self.alice),
                    activity=ask.activity,
                    happened_at=max(taken, happened),
                )
        elif (chance := self.dice.random()) < 0.5:
            accept(ask)
        elif chance < 0.7:
            decline(ask)
        elif chance < 0.85:
            withdraw_ask(actor=Actor.member(self.alice), ask=ask)
        else:
            actor = Actor.advocate(ask.advocate_id)
            answer_ask(actor=actor, ask=ask, answer=AskAnswer("later", later_on=None))


def test_what_was_sent_is_reproduced(
    program: Tenant,
    make_request: MakeRequest,
    alice: Membership,
    clock: Clock,
) -> None:
    """SIM-1.a: asks sent by the services, with an owner's say, puttings off, withdrawals, silence
    and completions written down days later: every one goes out again, and no other.
    """
    owners_say(say_yes_first_ask="no")
    year = _Program(make_request, alice, seed=1)
    change_policy(days_between_asks=10, asks_per_90_days=4, recovery_days=3)
    for _step in range(20):
        year.ask()
        for _more in range(year.dice.randint(0, 2)):
            clock.advance(hours=year.dice.randint(1, 9), minutes=11)
            year.go_on()
        clock.advance(days=year.dice.choice([1, 2, 5, 9]), minutes=3)
        sweep_asks(program.pk)
    history = read_history(Frame.of_last(program, 365), clock.now)
    found = replay(history, history.rules)
    assert [(each.refused_by, each.unit.taken_at) for each in found.refused] == []
    sent = Ask.objects.filter(is_sent=True)
    assert {each.unit.id for each in found.verdicts} == set(
        sent.exclude(participation__release_reason="unsent").values_list(
            "participation_id", flat=True
        )
    )
    assert sent.count() > 5
    assert year.refused > 2
