"""What a CRM's stages mean, and the deals that follow."""

from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from requests.models import Opportunity, StageMapping
from requests.opportunities.services import seed_stage_mappings, upsert_opportunity
from requests.opportunities.stages import save_stage_mappings

SYSTEM = Actor.system("test")


def deal(stage: str, external_id: str = "O-1") -> tuple[Opportunity, str]:
    return upsert_opportunity(
        actor=SYSTEM, source="crm", external_id=external_id, name="Isdom", crm_stage=stage
    )


def test_a_deal_follows_its_stage(scope: Tenant) -> None:
    """OPP-1.b, API-4.d: created, unchanged, updated; the stage by the tenant's mapping."""
    seed_stage_mappings()
    found, how = deal("closed won")
    assert (found.stage, how) == ("won", "created")
    assert deal("closed won")[1] == "unchanged"
    found, how = deal("Feeling lucky")
    assert (found.stage, how) == ("open", "updated")
    seed_stage_mappings()
    assert StageMapping.objects.filter(crm_stage="Closed Won").count() == 1


def test_deals_follow_a_change_of_meaning(scope: Tenant) -> None:
    """OPP-1.b, AUD-1.a: the deals of a stage follow at once, each with its event."""
    seed_stage_mappings()
    found, _how = deal("Feeling lucky")
    other, _how = deal("Prospecting", "O-2")
    assert save_stage_mappings(actor=SYSTEM, stages={"FEELING LUCKY": "qualified"}) == 1
    assert (found.reload().stage, other.reload().stage) == ("qualified", "open")
    event = Event.objects.get(verb="opportunity.updated")
    assert event.payload["changes"] == {"stage": ["open", "qualified"]}
    assert save_stage_mappings(actor=SYSTEM, stages={"Feeling lucky": "qualified"}) == 0
    assert save_stage_mappings(actor=SYSTEM, stages={"Feeling lucky": ""}) == 1
    assert found.reload().stage == "open"
    with pytest.raises(DomainError):
        save_stage_mappings(actor=SYSTEM, stages={"Prospecting": "nearly"})


def test_stages_page(
    tenant: Tenant, alice: Membership, bob: Membership, client_for: Callable[..., Client]
) -> None:
    """OPP-1.b, ID-2.a: stages that occur and nobody mapped come first; one can be added."""
    with tenant_scope(tenant):
        seed_stage_mappings()
        deal("Feeling lucky")
        with pytest.raises(NotAllowed):
            save_stage_mappings(actor=Actor.member(bob), stages={})
    client, here = client_for(alice), "/t/acme/settings/stages/"
    page = client.get(here).content.decode()
    assert page.index("Feeling lucky") < page.index("Closed Won")
    # The first field is the unknown stage; the others keep what they have.
    form = {"stage_0": "won", "new_name": "Verbal yes", "new_stage": "qualified"}
    with tenant_scope(tenant):
        rows = StageMapping.objects.order_by("crm_stage").values_list("stage", flat=True)
        form |= {f"stage_{place}": stage for place, stage in enumerate(rows, start=1)}
    assert client.post(here, form).status_code == 302
    with tenant_scope(tenant):
        assert Opportunity.objects.get().stage == "won"
        assert StageMapping.objects.get(crm_stage="Verbal yes").stage == "qualified"
        assert StageMapping.objects.get(crm_stage="Closed Lost").stage == "lost"
