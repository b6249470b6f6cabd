"""Whatever is said at the same moment, one thing comes of it, and nobody is over-asked (ASK-2)."""

import pytest

from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Advocate, Participation
from advocates.program.ledger.choices import UnitState
from advocates.program.ledger.services import CapacityRefused
from requests.asks.drafting import AskDraft
from requests.asks.saying import agree_to_ask, ask_somebody_else, decide_by_silence
from requests.asks.services import send_asks
from requests.asks.taking_back import withdraw_ask
from requests.models import Ask, Request
from tests.factories.advocates import AccountFactory, catalogued, open_wide
from tests.factories.requests import ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.requests.test_ask_concurrency import at_once
from tests.support.owners_say import owners_say

pytestmark = pytest.mark.django_db(transaction=True)

CAP = 6


class World:
    """An advocate at a colleague's account, and requests for what has no limits of its own."""

    def __init__(self, count: int) -> None:
        open_wide(account_units_per_year=1000, account_open=1000)
        owners_say(say_yes_first_ask="no")
        kind = catalogued("product_feedback", units=1, per_year=None, gap_days=None, is_on=True)
        self.manager: Membership = MembershipFactory()
        self.owner: Membership = MembershipFactory(role="csm")
        self.advocate: Advocate = ReadyFactory(account=AccountFactory(owner=self.owner))
        self.requests: list[Request] = [
            RequestFactory(activity_type=kind, requester=self.manager, prospect=f"Prospect {n}")
            for n in range(count)
        ]

    def propose(self, n: int) -> list[Ask]:
        draft = AskDraft(self.advocate, "A question", "Would you?", override_reason="Agreed.")
        actor = Actor.member(self.manager)
        return send_asks(actor=actor, request=self.requests[n], drafts=[draft])


@pytest.fixture
def tenant() -> Tenant:
    return TenantsFactory(name="Acme", slug="acme")  # type: ignore[no-any-return]


def open_units(advocate: Advocate) -> int:
    return Participation.objects.filter(advocate=advocate, state=UnitState.OPEN).count()


def test_what_is_reserved_is_never_given_twice(tenant: Tenant) -> None:
    """CAP-1.d, ASK-2.a: five units are reserved; five go out while nine more are proposed, and
    exactly one of these finds room.
    """
    with tenant_scope(tenant):
        world = World(14)
        waiting = [world.propose(n)[0] for n in range(CAP - 1)]

    def act(n: int) -> object:
        if n < len(waiting):
            return agree_to_ask(actor=Actor.member(world.owner), ask=waiting[n])
        return world.propose(n)

    found = at_once(14, tenant, act)
    refused = [each for each in found if isinstance(each, CapacityRefused)]
    assert len(refused) == 8, found
    with tenant_scope(tenant):
        assert open_units(world.advocate) == CAP
        assert Ask.objects.filter(is_sent=True).count() == CAP - 1
        assert OutgoingMail.objects.filter(kind="ask").count() == CAP - 1


def test_two_taps_and_a_sweep(tenant: Tenant) -> None:
    """ASK-2.a: go, rather somebody else, silence and a withdrawal at the same moment, three times:
    one of them counts, and the unit is open exactly when the ask went out, by one mail.
    """
    with tenant_scope(tenant):
        world = World(3)
        asks = [world.propose(n)[0] for n in range(3)]
    owner, manager = Actor.member(world.owner), Actor.member(world.manager)
    for ask in asks:
        with tenant_scope(tenant):
            Ask.objects.filter(pk=ask.pk).update(say_until=ask.proposed_at, expires_at=ask.sent_at)
        moves = (
            lambda ask: agree_to_ask(actor=owner, ask=ask),
            lambda ask: agree_to_ask(actor=owner, ask=ask),
            lambda ask: ask_somebody_else(actor=owner, ask=ask),
            lambda ask: decide_by_silence(ask.pk, actor=Actor.system("requests")),
            lambda ask: withdraw_ask(actor=manager, ask=ask),
        )

        def act(n: int, ask: Ask = ask, moves: tuple = moves) -> object:  # type: ignore[type-arg]
            return moves[n](Ask.objects.get(pk=ask.pk))

        found = at_once(len(moves), tenant, act)
        assert all(isinstance(each, Conflict | Ask | None) for each in found), found
        with tenant_scope(tenant):
            ask.refresh_from_db()
            sent = OutgoingMail.objects.filter(kind="ask", subject_id=ask.pk)
            assert ask.state in ("sent", "not_asked", "cancelled")
            assert ask.is_sent == (ask.participation.release_reason != "unsent")
            assert sent.exists() == ask.is_sent
            assert (ask.participation.state == "open") == (ask.state == "sent")
