"""How many statements asking somebody costs: a refusal is cheap, since it is what many at once
at one advocate get (CAP-1).
"""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.messaging.models import OutgoingMail, PersonalLink
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.choices import TagKind
from advocates.models import Advocate, Participation
from advocates.program.ledger.choices import UnitState
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from tests.factories.advocates import TagFactory, catalogued
from tests.factories.requests import (
    OpportunityFactory,
    ReadyFactory,
    RequestFactory,
    RequestTagFactory,
)
from tests.support.rest import Api, api_for
from tests.support.time import Clock

SENT, REFUSED = 30, 12
_BOOKKEEPING = re.compile(r"^(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK|SET )", re.IGNORECASE)


@pytest.fixture
def advocate(tenant: Tenant, clock: Clock) -> Advocate:
    with tenant_scope(tenant):
        catalogued("reference_call")
        made: Advocate = ReadyFactory()
        return made


@pytest.fixture
def requests(advocate: Advocate, alice: Membership, tenant: Tenant) -> list[Request]:
    """Requests that give everything one can be matched by."""
    with tenant_scope(tenant):
        kind, tag = catalogued("reference_call"), TagFactory(kind=TagKind.USE_CASE)
        made = [
            RequestFactory(
                activity_type=kind,
                requester=alice,
                opportunity=OpportunityFactory(),
                industry="Healthcare",
                segment="enterprise",
                country="DE",
                language="de",
                time_zone="Europe/Berlin",
                competitor="Contoso",
                persona_function="IT",
                persona_seniority="manager",
            )
            for _number in range(2)
        ]
        for request in made:
            RequestTagFactory(request=request, tag=tag)
    return made


def asked(api: Api, request: Request, advocate: Advocate) -> tuple[Any, list[str]]:
    """The answer, and the statements without those that only hold transactions together."""
    draft = {
        "advocate": str(advocate.pk),
        "subject": "Half an hour?",
        "message": "Would you talk to them?",
        "slots": [{"starts_at": "2026-03-05T09:00:00Z", "ends_at": "2026-03-05T09:30:00Z"}],
        "override_reason": "Agreed by phone",
    }
    with CaptureQueriesContext(connection) as captured:
        answer = api.post(f"requests/{request.pk}/asks/", {"asks": [draft]})
    queries = [query["sql"] for query in captured]
    return answer, [sql for sql in queries if not _BOOKKEEPING.match(sql)]


def told(statements: list[str]) -> str:
    return f"{len(statements)} statements:\n" + "\n".join(sql[:120] for sql in statements)


def test_statements_of_an_ask(
    tenant: Tenant, advocate: Advocate, requests: list[Request], alice: Membership
) -> None:
    """CAP-1.d: whoever has nothing left is refused before anybody is matched, and leaves nothing.

    One ask goes out, the next one at the same advocate is refused; both within their limit.
    """
    api = api_for(alice)

    answer, statements = asked(api, requests[0], advocate)
    assert answer.status_code == 201, answer.content
    assert len(statements) <= SENT, told(statements)

    answer, statements = asked(api, requests[1], advocate)
    assert (answer.status_code, answer.json()["code"]) == (422, "capacity_reference_gap")
    assert len(statements) <= REFUSED, told(statements)
    with tenant_scope(tenant):
        requests[1].refresh_from_db()
        assert requests[1].state == RequestState.SUBMITTED
        assert Participation.objects.filter(state=UnitState.OPEN).count() == 1
        for model in (Ask, PersonalLink, OutgoingMail):
            assert model.objects.count() == 1, model  # type: ignore[attr-defined]
