"""A whole plan is sent while everybody else asks by hand (MAT-4, CAP-1)."""

from collections import Counter

import pytest

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.models import Participation
from advocates.program.ledger.choices import UnitState
from requests.allocation import services
from requests.allocation.plan import make_plan
from requests.asks.drafting import AskDraft
from requests.asks.services import send_asks
from requests.models import Ask
from tests.factories.advocates import catalogued, open_wide
from tests.factories.requests import ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.requests.test_ask_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

BY_HAND, PEOPLE = 64, 6


@pytest.mark.parametrize("room", [1, 2])
def test_a_batch_against_sixty_four_asks_by_hand(
    monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """MAT-4.c, CAP-1.d: all of the plan goes out or nothing, no company is asked for more than
    allowed, and whoever is too late hears it in words.

    The world moves at the worst moment: right after the plan was found to be the one agreed to.
    """
    tenant: Tenant = TenantsFactory(name="Acme", slug="acme")
    with tenant_scope(tenant):
        open_wide(account_units_per_year=1000, account_open=room)
        kind = catalogued("product_feedback", units=1, per_year=None, gap_days=None, is_on=True)
        sender = MembershipFactory()
        people = [ReadyFactory(account__industry="Finance") for _ in range(PEOPLE)]
        requests = [
            RequestFactory(
                activity_type=kind, requester=sender, industry="Finance", prospect=f"P{n}"
            )
            for n in range(BY_HAND)
        ]
        plan = make_plan()
    assert plan.gets.filled == PEOPLE
    monkeypatch.setattr(services, "make_plan", lambda: plan)

    def act(n: int) -> object:
        actor = Actor.member(sender)
        if n == 0:
            return services.send_plan(actor=actor, fingerprint=plan.fingerprint)
        draft = AskDraft(people[n % PEOPLE], "A question", "Would you?")
        return send_asks(actor=actor, request=requests[n - 1], drafts=[draft])

    found = at_once(BY_HAND + 1, tenant, act)

    assert all(isinstance(result, list | DomainError) for result in found), found
    batch, *hand = [len(result) if isinstance(result, list) else 0 for result in found]
    assert batch in (0, PEOPLE)
    with tenant_scope(tenant):
        assert Ask.objects.count() == batch + sum(hand)
        open_units = Participation.objects.filter(state=UnitState.OPEN)
        of = Counter(open_units.values_list("account_id", flat=True))
        assert len(of) == PEOPLE
        assert max(of.values()) <= room
    if not batch:
        assert "Somebody was faster, so nothing was sent." in str(found[0])
