"""What a CRM's stages mean, and the deals that follow."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.form_versions import VERSION
from requests.models import Opportunity, StageMapping
from requests.opportunities.services import seed_stage_mappings, upsert_opportunity
from requests.opportunities.stages import save_stage_mappings
from tests.support.forms import controls_of, sent

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
    form = {**sent(controls_of(page, VERSION)), "new_name": "Verbal yes", "new_stage": "qualified"}
    form |= {field_of(page, "Feeling lucky"): "won"}
    assert client.post(here, form).status_code == 302
    with tenant_scope(tenant):
        assert Opportunity.objects.get().stage == "won"
        assert StageMapping.objects.get(crm_stage="Verbal yes").stage == "qualified"
        assert StageMapping.objects.get(crm_stage="Closed Lost").stage == "lost"


def field_of(page: str, stage: str) -> str:
    found = re.search(rf'for="id_(\w+)">{re.escape(stage)}', page)
    assert found is not None
    return found[1]


def test_an_old_stages_page_moves_no_other_stage(
    tenant: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """OPP-1.b: an import in between brings a stage that stands before those of the form."""
    with tenant_scope(tenant):
        seed_stage_mappings()
        lucky, _how = deal("Feeling lucky")
    client, here = client_for(alice), "/t/acme/settings/stages/"
    page = client.get(here).text
    with tenant_scope(tenant):
        early, _how = deal("An early stage", "O-2")
        before = dict(StageMapping.objects.values_list("crm_stage", "stage"))
    form = {**sent(controls_of(page, VERSION)), field_of(page, "Feeling lucky"): "won"}
    for _press in ("once", "twice"):
        assert client.post(here, form).status_code == 302
        with tenant_scope(tenant):
            now = dict(StageMapping.objects.values_list("crm_stage", "stage"))
            assert now == {**before, "Feeling lucky": "won"}
            assert (early.reload().stage, lucky.reload().stage) == ("open", "won")
    # Without the list it is about, the page of an earlier release says nothing about any stage.
    assert client.post(here, {"stage_0": "lost", "stage_1": "lost"}).status_code == 302
    with tenant_scope(tenant):
        assert dict(StageMapping.objects.values_list("crm_stage", "stage")) == now


def test_a_new_stage_is_not_one_that_is_listed(
    tenant: Tenant, alice: Membership, client_for: Callable[..., Client]
) -> None:
    """OPP-1.b: what a listed stage meant is not changed unseen by naming it as another one."""
    with tenant_scope(tenant):
        seed_stage_mappings()
    client, here = client_for(alice), "/t/acme/settings/stages/"
    form = sent(controls_of(client.get(here).text, VERSION))
    answer = client.post(here, {**form, "new_name": "closed won", "new_stage": "lost"})
    assert answer.status_code == 422
    assert "is listed above" in answer.text
    with tenant_scope(tenant):
        assert StageMapping.objects.get(crm_stage="Closed Won").stage == "won"
