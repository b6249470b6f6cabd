"""A deal won or lost, however that became known, is told to whoever helped (AST-3, FUL-3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from activities.activities.completion import complete_activity
from activities.assets.publishing import on_published
from activities.assets.services import retire_asset
from activities.loops.models import LoopDuty
from activities.loops.services import close_loop
from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import current_tenant_id
from imports.uploads import Upload
from imports.working import run_import
from requests.models import Opportunity, StageMapping
from requests.opportunities.services import upsert_opportunity
from requests.opportunities.stages import save_stage_mappings
from requests.requests.triage import close_request
from tests.factories.assets import AssetFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.requests.asking import MakeRequest, Send, accept
from tests.support.rest import api_for
from tests.support.time import Clock

SYSTEM = Actor.system("test")


@pytest.fixture
def deal(program: Tenant) -> Opportunity:
    """A deal in negotiation."""
    StageMapping.objects.all().delete()
    for name, stage in (("Talks", "qualified"), ("Signed", "won"), ("Gone", "lost")):
        StageMapping.objects.create(crm_stage=name, stage=stage)
    made: Opportunity = OpportunityFactory(external_id="O-1", name="Isdom", crm_stage="Talks")
    return made


@pytest.fixture
def help_with(
    make_request: MakeRequest, send: Send, alice: Membership, clock: Clock
) -> Callable[[Opportunity], LoopDuty]:
    """Somebody gave a reference for the deal, and it is recorded."""

    def go(deal: Opportunity) -> LoopDuty:
        (ask,) = send(make_request(opportunity=deal), ReadyFactory())
        activity = accept(ask).activity
        assert activity is not None
        clock.advance(hours=1)
        complete_activity(actor=Actor.member(alice), activity=activity, happened_at=clock.now)
        return LoopDuty.objects.get(activity=activity)

    return go


def by_file(stage: str) -> None:
    body = f"External_Id__c,Name,StageName\nO-1,Isdom,{stage}\n"
    file = Upload("deals.csv", body.encode())
    run_import(current_tenant_id(), actor=SYSTEM, files=[file], source="crm")


def upsert(stage: str) -> None:
    upsert_opportunity(actor=SYSTEM, source="crm", external_id="O-1", crm_stage=stage)


def by_meaning(stage: str) -> None:
    save_stage_mappings(actor=SYSTEM, stages={"Talks": {"Signed": "won", "Gone": "lost"}[stage]})


@pytest.mark.parametrize("way", [by_file, upsert, by_meaning])
@pytest.mark.parametrize(
    ("stage", "news"), [("Signed", "The deal was won."), ("Gone", "The deal was lost.")]
)
def test_whichever_way_it_becomes_known(
    way: Callable[[str], None],
    stage: str,
    news: str,
    deal: Opportunity,
    help_with: Callable[[Opportunity], LoopDuty],
    clock: Clock,
) -> None:
    """AST-3.c, OPP-1.b: one event, and whoever helped is to hear within 3 business days."""
    duty = help_with(deal)
    assert duty.due_at is None
    way(stage)
    event = Event.objects.get(verb="opportunity.outcome_recorded")
    assert event.payload["from"] == "qualified"
    duty.reload()
    assert duty.news == news
    assert duty.due_at is not None
    assert timedelta(days=2) < duty.due_at - clock.now <= timedelta(days=5)
    way(stage)
    assert Event.objects.filter(verb__in=["opportunity.outcome_recorded", "loop.due"]).count() == 2


def test_over_rest(
    deal: Opportunity,
    help_with: Callable[[Opportunity], LoopDuty],
    alice: Membership,
    program: Tenant,
) -> None:
    """AST-3.c, FUL-3.b, OPP-1.b: the CRM says so over the interface."""
    duty = help_with(deal)
    answer = api_for(alice).patch(f"opportunities/{deal.pk}/", {"crm_stage": "Signed"})
    assert (answer.status_code, answer.json()["stage"]) == (200, "won")
    assert duty.reload().news == "The deal was won."


def test_a_call_that_is_recorded_after_the_deal_has_ended(
    deal: Opportunity,
    make_request: MakeRequest,
    send: Send,
    alice: Membership,
    clock: Clock,
) -> None:
    """AST-3.c: the end of the deal is news for it as well."""
    (ask,) = send(make_request(opportunity=deal), ReadyFactory())
    activity: Any = accept(ask).activity
    upsert("Signed")
    clock.advance(hours=1)
    complete_activity(actor=Actor.member(alice), activity=activity, happened_at=clock.now)
    duty = LoopDuty.objects.get()
    assert (duty.news, duty.due_at is not None) == ("The deal was won.", True)


def test_a_deal_that_goes_on_after_all(
    deal: Opportunity, help_with: Callable[[Opportunity], LoopDuty]
) -> None:
    """AST-3.c: nobody is told of an end that was none; who was told stays told."""
    waiting, told = help_with(deal), help_with(deal)
    upsert("Signed")
    close_loop(actor=SYSTEM, duty=told.reload(), note="Called")
    upsert("Talks")
    assert Event.objects.filter(verb="opportunity.reopened").count() == 1
    waiting.reload()
    told.reload()
    assert (waiting.due_at, waiting.news) == (None, "")
    assert (told.news, told.note) == ("The deal was won.", "Called")


@pytest.mark.parametrize("first", ["the deal", "the piece"])
def test_a_piece_that_is_out_no_longer(
    first: str, deal: Opportunity, help_with: Callable[[Opportunity], LoopDuty], alice: Membership
) -> None:
    """AST-3.c, AST-3.d: whoever helped hears how the deal ended after all."""
    duty = help_with(deal)
    asset = AssetFactory.create(activity=duty.activity, advocate=duty.advocate, published=True)
    for step in sorted(("the deal", "the piece"), key=lambda each: each != first):
        if step == "the deal":
            upsert("Signed")
        else:
            on_published(asset, Actor.member(alice))
    assert duty.reload().came_out == "published"
    retire_asset(actor=Actor.member(alice), asset=asset, reason="Old")
    assert (duty.reload().came_out, duty.news) == ("", "The deal was won.")
    assert duty.due_at is not None
    upsert("Talks")
    assert (duty.reload().news, duty.due_at) == ("", None)


@pytest.mark.parametrize("way", [by_file, upsert])
def test_what_somebody_said_holds_until_the_crm_moves(
    way: Callable[[str], None],
    deal: Opportunity,
    help_with: Callable[[Opportunity], LoopDuty],
    bob: Membership,
) -> None:
    """FUL-3.b: the CRM's next export, with the stage it had, takes no outcome back."""
    duty = help_with(deal)
    request = deal.requests.get()
    close_request(actor=Actor.member(bob), request=request, outcome="won", amount=None)
    way("Talks")
    save_stage_mappings(actor=SYSTEM, stages={"Talks": "open"})
    assert deal.reload().stage == "won"
    assert duty.reload().news == "The deal was won."
    way("Gone")
    assert deal.reload().stage == "lost"
    assert duty.reload().news == "The deal was lost."
