"""Writing opportunities, and what a CRM's stages mean here (OPP-1, API-4)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records.writes import Upserted, changed_fields, stored, tidy, upsert
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.changes import change_payload, check_fields, required, tidy_values
from advocates.external_ids import known_by, stored_id
from requests.models import Opportunity, StageMapping
from requests.opportunities.choices import Stage
from requests.opportunities.outcomes import ENDED, record_outcomes

OPPORTUNITY_FIELDS = (
    "name",
    "account",
    "prospect_name",
    "crm_stage",
    "amount",
    "currency",
    "probability",
    "kind",
    "lead_source",
    "owner",
    "opened_on",
    "closes_on",
)
#: Fields whose values may stand in an event; the others are free text.
OPPORTUNITY_CODED = frozenset({*OPPORTUNITY_FIELDS, "stage"}) - {"name", "prospect_name"}

#: What Salesforce's and HubSpot's own stages mean (OPP-1). A tenant adds and changes its own.
DEFAULT_STAGES: dict[str, Stage] = {
    "Prospecting": Stage.OPEN,
    "Qualification": Stage.QUALIFIED,
    "Needs Analysis": Stage.QUALIFIED,
    "Value Proposition": Stage.QUALIFIED,
    "Id. Decision Makers": Stage.QUALIFIED,
    "Perception Analysis": Stage.QUALIFIED,
    "Proposal/Price Quote": Stage.QUALIFIED,
    "Negotiation/Review": Stage.QUALIFIED,
    "Closed Won": Stage.WON,
    "Closed Lost": Stage.LOST,
    "Won": Stage.WON,
    "Lost": Stage.LOST,
    "Appointment Scheduled": Stage.OPEN,
    "Qualified To Buy": Stage.QUALIFIED,
    "Presentation Scheduled": Stage.QUALIFIED,
    "Decision Maker Bought-In": Stage.QUALIFIED,
    "Contract Sent": Stage.QUALIFIED,
}


#: What is to know that deals are worth something else, or are another company's.
_watchers: list[Callable[[Sequence[Opportunity], Actor], None]] = []
_WATCHED = frozenset({"amount", "currency", "account"})


def register_watcher(tell: Callable[[Sequence[Opportunity], Actor], None]) -> None:
    """Have ``tell(deals, actor)`` called in the transaction that changes what deals are worth, once
    for many; for ``AppConfig.ready()``. No event: an import would build one for each of its rows.
    """
    _watchers.append(tell)


def tell_watchers(
    changed: Sequence[tuple[Opportunity, Mapping[str, Any]]], *, actor: Actor
) -> None:
    """Of some changed deals, each with what was before."""
    deals = [deal for deal, before in changed if _WATCHED & before.keys()]
    for tell in _watchers if deals else ():
        tell(deals, actor)


#: How deals end, in the languages of the product and as HubSpot's codes have it.
_PLAIN = {
    **dict.fromkeys(
        ("won", "closedwon", "gewonnen", "ganho", "ganha", "menang", "dimenangkan"), Stage.WON
    ),
    **dict.fromkeys(
        ("lost", "closedlost", "verloren", "perdido", "perdida", "kalah", "hilang"), Stage.LOST
    ),
}


@transaction.atomic
def seed_stage_mappings() -> None:
    """Give the scope's tenant the usual stages; those it has stay as they are (OPP-1)."""
    have = {name.casefold() for name in StageMapping.objects.values_list("crm_stage", flat=True)}
    StageMapping.objects.bulk_create(
        [
            StageMapping(crm_stage=name, stage=stage)
            for name, stage in DEFAULT_STAGES.items()
            if name.casefold() not in have
        ],
        ignore_conflicts=True,
    )


def stage_table() -> dict[str, str]:
    """The tenant's mapping, by stage name in lower case."""
    return {
        name.casefold(): stage
        for name, stage in StageMapping.objects.values_list("crm_stage", "stage")
    }


def stage_of(crm_stage: str, stages: Mapping[str, str]) -> str:
    """What a stage means by the tenant's mapping; a word that says won or lost needs none.

    What nobody mapped counts as open; the caller says so.
    """
    told = stages.get(crm_stage.casefold())
    if told is not None:
        return told
    letters = "".join(letter for letter in crm_stage.casefold() if letter.isalnum())
    return _PLAIN.get(letters, Stage.OPEN).value


def base_currency() -> str:
    """The currency of amounts that come without one."""
    return str(Tenant.objects.only("currency").get(pk=current_tenant_id()).currency)


def normalise_opportunity(
    opportunity: Opportunity, values: Mapping[str, Any], stages: Mapping[str, str], currency: str
) -> dict[str, Any]:
    """The values as they will be stored: the stage by the mapping, amounts with a currency.

    While the CRM's own stage stands where it stood, it says nothing against an outcome typed in
    since.
    """
    normalised = tidy_values(Opportunity, values)
    said = normalised.get("crm_stage")
    stands = said is not None and said.casefold() == opportunity.crm_stage.casefold()
    if said is not None and not (stands and opportunity.stage in ENDED):
        normalised["stage"] = stage_of(said, stages)
    if normalised.get("currency"):
        normalised["currency"] = normalised["currency"].upper()
    if normalised.get("amount") is not None and not normalised.get(
        "currency", opportunity.currency
    ):
        normalised["currency"] = currency
    return normalised


@transaction.atomic
def upsert_opportunity(
    *, actor: Actor, source: str, external_id: str, **fields: Any
) -> tuple[Opportunity, Upserted]:
    """Create the deal with this external id, or update it; a replay changes nothing (API-4, OPP-1).

    ``fields`` are those of :data:`OPPORTUNITY_FIELDS`; creating needs ``name``. Raises
    :class:`DomainError` naming each field that is wrong.
    """
    if actor.kind == "advocate":
        raise NotAllowed(_("Advocates cannot do this."))
    if unknown := fields.keys() - set(OPPORTUNITY_FIELDS):
        raise TypeError(f"an opportunity has no field {', '.join(sorted(unknown))} to set here")
    source, external_id = tidy(source), tidy(external_id)
    if not source or not external_id:
        raise DomainError(_("An external id needs its source and its value."), code="required")
    rows = Opportunity.objects.select_for_update(no_key=True)
    same = known_by(rows.filter(source=source), external_id)
    return upsert(
        same.first,
        lambda: _create(actor, source, external_id, fields),
        lambda found: (found, _update(actor, found, fields)),
    )


def _create(actor: Actor, source: str, external_id: str, fields: dict[str, Any]) -> Opportunity:
    opportunity = Opportunity(source=source, external_id=stored_id(source, external_id))
    values = normalise_opportunity(opportunity, fields, stage_table(), base_currency())
    for name, value in values.items():
        setattr(opportunity, name, value)
    if not opportunity.name:
        raise required(opportunity, "name")
    check_fields(opportunity, [*values, "source", "external_id"])
    opportunity.save(force_insert=True)
    record(
        "opportunity.created",
        opportunity,
        actor=actor,
        payload={"stage": opportunity.stage},
        about=[opportunity.account] if opportunity.account else [],
    )
    return opportunity


def _update(actor: Actor, opportunity: Opportunity, fields: dict[str, Any]) -> bool:
    values = normalise_opportunity(opportunity, fields, stage_table(), base_currency())
    names = changed_fields(opportunity, values)
    if not names:
        return False
    before = {name: stored(opportunity, name) for name in names}
    for name in names:
        setattr(opportunity, name, values[name])
    if not opportunity.name:
        raise required(opportunity, "name")
    check_fields(opportunity, names)
    opportunity.updated_at = clock.now()
    opportunity.save(update_fields=[*names, "updated_at"])
    record(
        "opportunity.updated",
        opportunity,
        actor=actor,
        payload=change_payload(opportunity, before, OPPORTUNITY_CODED),
        about=[opportunity.account] if opportunity.account else [],
    )
    record_outcomes([(opportunity, before.get("stage", opportunity.stage))], actor=actor)
    tell_watchers([(opportunity, before)], actor=actor)
    return True
