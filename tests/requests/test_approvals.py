"""What is approved before any customer is asked (REQ-3.b)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.identity.absences.services import record_absence
from advocacy.messaging.links import secret_of
from advocacy.messaging.models import OutgoingMail, PersonalLink, UndoWindow
from advocacy.messaging.undo import undo_press
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from reporting.queue import everything
from requests.allocation.plan import make_plan
from requests.approvals.checking import fits, needed_words
from requests.approvals.resource import APPROVAL_RULES
from requests.approvals.services import approve, permit_approval, refuse
from requests.models import Approval, ApprovalRule, Opportunity, Request
from requests.opportunities.batches import keep_deals
from requests.opportunities.services import upsert_opportunity
from requests.requests.choices import RequestState
from requests.requests.details import RequestDetails
from requests.requests.levels import service_level, stood_until
from requests.requests.services import submit_request, update_request
from requests.requests.triage import ask_for_info, give_info, start_review
from tests.factories.advocates import AccountFactory, ActivityTypeFactory, catalogued
from tests.factories.approvals import ApprovalRuleFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.factories.tenancy import MembershipFactory
from tests.kit.resource import ResourceCase
from tests.requests.asking import MakeRequest, Send
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


class TestApprovalRules(ResourceCase):
    """REQ-3.b: what is approved first is said by the program, in the browser and over REST."""

    resource, factory = APPROVAL_RULES, ApprovalRuleFactory
    viewers = editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {
        "activity_type": ActivityTypeFactory,
        "approver_role": "approver",
        "position": "2",
    }
    changed: ClassVar[dict[str, Any]] = {"min_amount": "50000.00"}
    wrong: ClassVar[dict[str, Any]] = {"currency": "euros"}


@pytest.fixture
def erin(tenant: Tenant) -> Membership:
    """The executive, who approves."""
    with tenant_scope(tenant):
        return MembershipFactory.create(role="executive", user__name="Erin")  # type: ignore[no-any-return]


@pytest.fixture
def big(program: Tenant, erin: Membership) -> Opportunity:
    """A deal of 600,000, where everything from 500,000 on is approved."""
    ApprovalRuleFactory.create()
    deal: Opportunity = OpportunityFactory.create(amount=600_000, currency=program.currency)
    return deal


def waiting(request: Request) -> Approval:
    found: Approval = Approval.objects.get(request=request, state="waiting")
    return found


def test_which_requests_a_rule_is_about(program: Tenant) -> None:
    """REQ-3.b: amount with its currency, type, policy of the deal's company; all that a rule says
    has to be true, and what cannot be compared is looked at.
    """
    call, story, usual = catalogued("reference_call"), catalogued("case_study"), program.currency
    strict = {"advocacy_allowed": False}
    shy = {"public_mention_allowed": False}
    cases: list[tuple[dict[str, Any], Any, dict[str, Any] | None, dict[str, Any], bool]] = [
        ({"min_amount": 1000}, call, {"amount": 999, "currency": usual}, {}, False),
        ({"min_amount": 1000}, call, {"amount": 1000, "currency": usual}, {}, True),
        ({"min_amount": 1000}, call, {"amount": 1, "currency": "JPY"}, {}, True),
        ({"min_amount": 1000}, call, {"amount": None, "currency": ""}, {}, False),
        ({"min_amount": 1000}, call, None, {}, False),
        ({"min_amount": 9, "currency": "JPY"}, call, {"amount": 8, "currency": "JPY"}, {}, False),
        ({"activity_type": story}, call, None, {}, False),
        ({"activity_type": story}, story, None, {}, True),
        ({"on_policy": True}, call, {}, strict, True),
        ({"on_policy": True}, call, {}, shy, False),  # nobody is seen in public with it
        ({"on_policy": True}, story, {}, shy, True),
        ({"on_policy": True}, story, None, {}, False),
        ({"on_policy": True, "min_amount": 9}, story, {"amount": 1, "currency": usual}, shy, False),
    ]
    for says, kind, deal, policy, needs in cases:
        rule = ApprovalRule(**{"approver_role": "approver", "tenant": program, **says})
        account = AccountFactory.create(**policy)
        made = None if deal is None else OpportunityFactory.create(**{"account": account, **deal})
        assert fits(rule, kind, made) is needs, (says, kind.code, deal, policy)


def test_nobody_is_asked_before(
    big: Opportunity,
    make_request: MakeRequest,
    send: Send,
    alice: Membership,
    bob: Membership,
    erin: Membership,
    client_for: Callable[..., Client],
) -> None:
    """REQ-3.b: the service refuses, the plan leaves it out and says so; the requester sees it,
    one tap by whoever approves, and it goes on. Over REST as well.
    """
    person = ReadyFactory.create()
    client = client_for(bob)
    kind = catalogued("reference_call")
    look = {"opportunity": str(big.pk), "activity_type": str(kind.pk), "_look": "1"}
    assert "Executive approves this" in client.post("/t/acme/requests/new/", look).text
    request = make_request(opportunity=big)
    approval = waiting(request)
    assert (approval.approver, request.reload().approval_since) == (erin, approval.opened_at)
    with pytest.raises(Conflict, match="approval by Erin"):
        send(request, person)
    plan = make_plan()
    assert ([row.pk for row in plan.held], plan.lines) == ([request.pk], [])
    proposed = client_for(alice).get("/t/acme/requests/allocation/").text
    assert "Left out until they are approved" in proposed
    page = client.get(f"/t/acme/requests/{request.pk}/").text
    assert "It waits for approval by Erin" in page
    assert "stands still until it is approved" in page
    codes = {item.work.code for item in everything(alice)}
    assert "triage" not in codes
    assert [item.work.code for item in everything(erin)] == ["approve"]
    assert api_for(alice).get("requests/allocation/").json()["held"] == [str(request.pk)]
    shown = api_for(bob).get(f"requests/{request.pk}/").json()
    assert shown["approval_since"] is not None

    for stranger in (alice, bob):
        with pytest.raises(NotAllowed):
            permit_approval(Actor.member(stranger), approval, "approve")
    answer = api_for(erin).post(f"approvals/{approval.pk}/approve/")
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    assert request.reload().approval_since is None
    assert OutgoingMail.objects.filter(kind="request_approved", to_email=alice.user.email).exists()
    assert "triage" in {item.work.code for item in everything(alice)}
    assert (
        api_for(erin).post(f"approvals/{approval.pk}/refuse/", {"reason": "x"}).status_code == 409
    )
    assert [ask.advocate for ask in send(request, person)] == [person]


def test_decided_on_the_link_of_the_mail(
    big: Opportunity,
    make_request: MakeRequest,
    alice: Membership,
    bob: Membership,
    erin: Membership,
    client_for: Callable[..., Client],
) -> None:
    """REQ-3.b: without signing in; looking changes nothing, a refusal wants a reason that the
    requester reads. Somebody absent is stood in for.
    """
    first, second = make_request(opportunity=big), make_request(opportunity=big)
    mail = OutgoingMail.objects.filter(kind="request_approval").latest("created_at")
    assert mail.to_email == erin.user.email
    assert "the deal is worth" in mail.text

    def address(request: Request) -> str:
        link = PersonalLink.objects.get(subject_id=waiting(request).pk, purpose="approval")
        return f"/p/{secret_of(link)}/approval/"

    nobody = client_for(None)
    there, elsewhere = address(first), address(second)
    assert "May we ask a customer?" in nobody.get(there).text
    assert first.reload().approval_since is not None
    empty = nobody.post(there, {"refuse": "1", "reason": " "})
    assert empty.status_code == 422
    assert "the requester reads it" in empty.text
    told = {"refuse": "1", "reason": "They are in a dispute with us."}
    assert nobody.post(there, told).status_code == 302
    assert "They are in a dispute" in nobody.get(there).text
    refused = first.reload()
    assert (refused.state, refused.state_reason) == ("declined", "They are in a dispute with us.")
    mail = OutgoingMail.objects.get(kind="request_declined")
    assert (mail.to_email, "They are in a dispute" in mail.text) == (bob.user.email, True)
    assert "dispute" not in str([event.payload for event in Event.objects.all()])

    today = product_clock.now().date()
    week = today + timedelta(days=7)
    stand_in = MembershipFactory.create(role="executive", user__name="Dora")
    actor = Actor.member(alice)
    MembershipFactory.create(role="admin")
    record_absence(
        actor=Actor.member(erin), member=erin, delegate=stand_in, starts_on=today, ends_on=week
    )
    assert [item.work.code for item in everything(stand_in)] == ["approve"]
    assert nobody.post(elsewhere, {"approve": "1"}).status_code == 302
    decided = Approval.objects.get(request=second)
    assert (decided.state, decided.decided_by) == ("approved", stand_in)
    # Taken up again, it is asked anew: a refusal covers nothing.
    start_review(actor=actor, request=refused)
    assert waiting(first).approver == stand_in


def test_more_than_was_approved_is_asked_again(
    big: Opportunity,
    make_request: MakeRequest,
    send: Send,
    bob: Membership,
    erin: Membership,
) -> None:
    """REQ-3.b: another deal, another type, more money, by hand, REST or import; less is covered,
    what shrinks below the line waits no more. Whoever has the smaller deal on their screen gives
    no yes to the larger one.
    """
    request = make_request(opportunity=big)
    approve(actor=Actor.member(erin), approval=waiting(request))
    actor = Actor.member(bob)

    def worth(amount: int) -> None:
        upsert_opportunity(
            actor=Actor.system("crm"),
            source=big.source,
            external_id=big.external_id,
            amount=amount,
        )

    worth(550_000)
    assert request.reload().approval_since is None
    worth(700_000)
    assert waiting(request).amount == 700_000
    on_screen = waiting(request)
    worth(650_000)
    assert waiting(request) == on_screen
    worth(800_000)
    assert (waiting(request).amount, waiting(request).approver) == (800_000, erin)
    with pytest.raises(Conflict):
        approve(actor=Actor.member(erin), approval=on_screen)
    assert request.reload().approval_since is not None
    Opportunity.objects.filter(pk=big.pk).update(amount=999_000)  # as one who could not wait
    approve(actor=Actor.member(erin), approval=waiting(request))
    assert waiting(request).amount == 999_000
    worth(100_000)
    assert request.reload().approval_since is None
    assert {row.state for row in request.approvals.all()} == {"approved", "dropped"}
    deal = big.reload()
    before = {"amount": deal.amount}
    deal.amount = 900_000
    keep_deals(actor=Actor.system("import"), changed=[(deal, before)])
    approve(actor=Actor.member(erin), approval=waiting(request))

    request.refresh_from_db()
    other = OpportunityFactory.create(amount=500_000, currency=big.currency)
    details = {name: getattr(request, name) for name in RequestDetails.__slots__ if name != "tags"}
    update_request(
        actor=actor, request=request, details=RequestDetails(**details | {"opportunity": other})
    )
    assert waiting(request).opportunity == other
    with pytest.raises(Conflict, match="waits for approval"):
        send(request.reload(), ReadyFactory.create())
    small = OpportunityFactory.create(amount=5, currency=big.currency)
    assert make_request(opportunity=small).reload().approval_since is None
    assert needed_words(request.activity_type, small) == ""


def test_the_clock_stands_still_once(
    clock: Clock, big: Opportunity, make_request: MakeRequest, alice: Membership, erin: Membership
) -> None:
    """REQ-3.b: as much business time is left as when it began to wait; what a question to the
    requester kept standing too counts once.
    """
    request = make_request(opportunity=big)
    calendar, due = calendar_of(request.tenant), request.reload().answer_due_at
    assert due is not None
    left = calendar.hours_between(product_clock.now(), due)
    assert service_level(request, calendar, product_clock.now()).tone == "paused"
    clock.advance(days=2)
    ask_for_info(actor=Actor.member(alice), request=request, question="Which modules?")
    clock.advance(days=1)
    approve(actor=Actor.member(erin), approval=waiting(request))
    clock.advance(days=1)
    give_info(actor=Actor.member(request.requester), request=request, answer="Payroll.")
    due = request.reload().answer_due_at
    assert due is not None
    assert abs(calendar.hours_between(product_clock.now(), due) - left) < 0.1
    # The other way round: approved after the answer.
    again = make_request(opportunity=big)
    due = again.reload().answer_due_at
    assert due is not None
    left = calendar.hours_between(product_clock.now(), due)
    ask_for_info(actor=Actor.member(alice), request=again, question="Which modules?")
    clock.advance(days=1)
    give_info(actor=Actor.member(again.requester), request=again, answer="Payroll.")
    clock.advance(days=1)
    approve(actor=Actor.member(erin), approval=waiting(again))
    due = again.reload().answer_due_at
    assert due is not None
    assert abs(calendar.hours_between(product_clock.now(), due) - left) < 0.1
    one, two, three = (datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 3))
    assert stood_until(one, None, three) == three
    assert stood_until(one, two, three) == two
    assert stood_until(two, one, three) == two


def test_taken_back_and_nobody_approves_their_own(
    big: Opportunity, make_request: MakeRequest, bob: Membership, erin: Membership
) -> None:
    """REQ-3.b, UI-7: a submission taken back asks nobody; who asks never decides, unless alone."""
    draft = make_request(opportunity=big, submit=False)
    actor = Actor.member(bob)
    submit_request(actor=actor, request=draft)
    undo_press(actor=actor, window_id=UndoWindow.objects.get(key="request.submit").pk)
    assert draft.reload().state == RequestState.DRAFT
    assert draft.approval_since is None
    assert draft.approvals.get().state == "dropped"
    assert everything(erin) == []
    submit_request(actor=actor, request=draft.reload())
    assert waiting(draft).approver == erin
    ApprovalRule.objects.update(approver_role="sales")
    own = make_request(opportunity=big)
    assert waiting(own).approver != bob
    boss = MembershipFactory.create(role="admin")
    approval = waiting(own)
    with pytest.raises(NotAllowed):
        permit_approval(actor, approval, "approve")
    with pytest.raises(DomainError):
        refuse(actor=Actor.member(boss), approval=approval, reason=" ")
    refuse(actor=Actor.member(boss), approval=approval, reason="Too early.")
    assert own.reload().state == "declined"
