"""The way into the program as a board (ENR-1)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy import clock as product_clock
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining import pipeline
from advocates.models import Advocate, Nomination, ProgramInvitation, Touch
from tests.factories.advocates import (
    AccountFactory,
    AdvocateFactory,
    NominationFactory,
    ProgramInvitationFactory,
    set_up,
)
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import AdvocateScoreFactory
from tests.support.rest import api_for
from tests.support.time import Clock

ClientFor = Callable[[Membership | None], Client]
BOARD = "/t/acme/advocates/pipeline/"


@pytest.fixture
def people(scope: Tenant, clock: Clock, alice: Membership) -> dict[str, Advocate]:
    """One person in each column, at one account of a CSM."""
    set_up()
    account = AccountFactory.create(owner=MembershipFactory.create(role="csm"))
    found = {}
    for status in pipeline.STAGES:
        enrolled_at = clock.now if status == "active" else None
        found[status] = AdvocateFactory.create(
            account=account, first_name=status.title(), status=status, enrolled_at=enrolled_at
        )
    NominationFactory.create(advocate=found["nominated"])
    ProgramInvitationFactory.create(advocate=found["invited"])
    return found


def items(page: str) -> set[str]:
    """Addresses in the menus, without the way back."""
    return {
        unquote(part.split("?", 1)[0].split('"', 1)[0])
        for part in page.split('class="menu-item" href="')[1:]
    } | {part.split("?", 1)[0] for part in page.split('<form method="post" action="')[1:]}


def test_columns_are_states_and_every_move_is_in_a_menu(
    tenant: Tenant, people: dict[str, Advocate], client_for: ClientFor, alice: Membership
) -> None:
    """ENR-1.a: each person stands in their column with what comes next, and the card's menu has
    every legal step, with the form the service needs, and leads back to the board.
    """
    page = client_for(alice).get(BOARD)
    assert page.status_code == 200
    assert "4 people are on the way into the program" in page.text
    for status, person in people.items():
        column = page.text.split(f'data-stage="{status}"')[1].split("</section>")[0]
        assert person.name in column
    for words in (
        "Nominate or qualify",
        "Be in touch first",
        "The link works until",
        "asked again",
    ):
        assert words in page.text
    nomination = Nomination.objects.get()
    offered = items(page.text)
    for address in (
        f"nominations/qualify/{people['candidate'].pk}/",
        f"nominations/{nomination.pk}/accept/",
        f"nominations/{nomination.pk}/return/",
        f"nominations/cultivate/{people['qualified'].pk}/",
        f"nominations/invite/{people['qualified'].pk}/",
        f"nominations/not-yet/{people['cultivating'].pk}/",
        f"nominations/invite/{people['invited'].pk}/withdraw/",
        f"nominations/said-no/{people['invited'].pk}/",
        f"nominations/again/{people['declined'].pk}/",
        f"advocates/{people['invited'].pk}/enrol/",
    ):
        assert f"/t/acme/{address}" in offered, address
    assert f"/t/acme/nominations/cultivate/{people['cultivating'].pk}/" not in offered
    done = client_for(alice).post(
        f"/t/acme/nominations/cultivate/{people['qualified'].pk}/",
        {"touch": "preview", "happened_on": f"{product_clock.now():%Y-%m-%d}", "next": BOARD},
    )
    assert (done.status_code, done["Location"]) == (302, BOARD)
    with tenant_scope(tenant):
        assert people["qualified"].reload().status == "cultivating"
        assert Touch.objects.get().kind == "preview"


def test_who_may_not_move_somebody_sees_no_menu(
    people: dict[str, Advocate], client_for: ClientFor, tenant: Tenant
) -> None:
    """ENR-1.a, ID-2: marketing nominates, an executive only looks, sales sees no board; a CSM moves
    people at own accounts.
    """
    with tenant_scope(tenant):
        roles = {
            role: MembershipFactory.create(role=role) for role in ("executive", "sales", "csm")
        }
        owner = people["candidate"].account.owner
    assert client_for(roles["sales"]).get(BOARD).status_code == 403
    for member, moves in ((roles["executive"], False), (roles["csm"], False), (owner, True)):
        page = client_for(member).get(BOARD).text
        assert people["cultivating"].name in page
        assert ("nominations/invite/" in page) is moves
    assert (
        people["cultivating"].name not in client_for(roles["csm"]).get(f"{BOARD}?whose=mine").text
    )
    assert people["cultivating"].name in client_for(owner).get(f"{BOARD}?whose=mine").text


def test_a_board_of_many(scope: Tenant, clock: Clock, alice: Membership) -> None:
    """ENR-1.a: the first of a column by score, the number of all, and no statement more."""
    set_up()
    account = AccountFactory.create()

    def add(number: int) -> None:
        for _each in range(number):
            person = AdvocateFactory.create(account=account, status="candidate")
            AdvocateScoreFactory.create(advocate=person, score=_each)

    def asked() -> tuple[int, Any]:
        with CaptureQueriesContext(connection) as queries:
            found = pipeline.board(alice, mine=False)
        return len(queries), found[0]

    add(2)
    asked()
    few, _stage = asked()
    add(pipeline.SHOWN + 3)
    many, stage = asked()
    assert few == many
    assert (stage.count.number, len(stage.people)) == (pipeline.SHOWN + 5, pipeline.SHOWN)
    scores = [each.person.score for each in stage.people]
    assert scores == sorted(scores, reverse=True)


def test_moves_over_rest(tenant: Tenant, people: dict[str, Advocate], alice: Membership) -> None:
    """ENR-1.a, ENR-1.b, ENR-1.c: the same steps as actions, with the same refusals."""
    api = api_for(alice)

    def press(who: str, action: str, body: Any = None) -> Any:
        return api.post(f"advocates/{people[who].pk}/{action}/", body)

    assert press("candidate", "qualify", {"reasons": "Speaks well"}).status_code == 422
    body = {"reasons": "Speaks well", "override_reason": "We know them"}
    assert press("candidate", "qualify", body).json()["status"] == "qualified"
    letter = {"sender": str(alice.pk), "personal_line": "You came to mind first"}
    refused = press("candidate", "invite", letter)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["reason"])
    assert press("candidate", "cultivate", {"touch": "executive"}).json()["status"] == "cultivating"
    assert press("candidate", "invite", letter).json()["status"] == "invited"
    assert press("candidate", "undo").json()["status"] == "cultivating"
    assert press("candidate", "invite", letter).json()["status"] == "invited"
    assert press("candidate", "withdraw-invitation").json()["status"] == "qualified"
    assert press("candidate", "set-back", {"reason": "Not now"}).json()["status"] == "candidate"
    assert press("nominated", "qualify", {"override_reason": "Yes"}).json()["status"] == "qualified"
    assert press("invited", "decline", {}).json()["status"] == "declined"
    assert press("invited", "reconsider").status_code == 409
    assert press("declined", "reconsider").json()["status"] == "candidate"
    with tenant_scope(tenant):
        assert ProgramInvitation.objects.filter(state="sent").count() == 0


def test_the_letter_is_read_before_it_is_sent(
    tenant: Tenant, people: dict[str, Advocate], client_for: ClientFor, alice: Membership
) -> None:
    """ENR-1.d: the preview is the mail as it arrives, with what was typed, and sends nothing."""
    client = client_for(alice)
    page = f"/t/acme/nominations/invite/{people['qualified'].pk}/"
    form = client.get(page).text
    for words in ("Why them", "What is asked of them", "What they get", "Score 0, below 85"):
        assert words in form
    typed = {
        "sender": str(alice.pk),
        "personal_line": "Your map of the stations.",
        "asked": "One call.",
        "gives": "A lunch.",
    }
    shown = client.post(f"{page}preview/", typed)
    assert shown.status_code == 200
    for words in ("selected you", "Your map of the stations.", "One call.", "A lunch.", alice.name):
        assert words in shown.text
    fragment = client.post(
        f"{page}preview/",
        {**typed, "personal_line": ""},
        headers={"HX-Request": "true", "HX-Target": "div#letter-preview"},
    ).text
    assert "Why them is still missing" in fragment
    assert "<form" not in fragment
    with tenant_scope(tenant):
        assert ProgramInvitation.objects.count() == 1
        assert people["qualified"].reload().status == "qualified"
