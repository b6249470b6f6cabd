"""Opportunities as Salesforce and HubSpot export them (IMP-1, OPP-1)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocates.external_ids import all_forms, by_wanted_id
from advocates.models import Account
from imports import values
from imports.kinds.accounts import find_accounts
from imports.kinds.amounts import base_currency, settle_currency
from imports.registry import Batch, Column, Kind, Outcome, Row
from imports.saving import assign, differences, is_valid, restore
from requests.models import Opportunity
from requests.opportunities.batches import add_deals, keep_deals
from requests.opportunities.choices import Stage
from requests.opportunities.services import normalise_opportunity, stage_of, stage_table

COLUMNS = (
    Column(
        "external_id",
        gettext_lazy("Id in the CRM"),
        ("External_Id__c", "ExternalId", "Id", "OpportunityId", "Opportunity ID", "Deal ID",
         "Record ID", "Record ID - Deal"),
        values.code,
        gettext_lazy("The opportunity's id in the CRM."),
        required=True,
    ),
    Column(
        "name",
        gettext_lazy("Name of the deal"),
        ("Name", "OpportunityName", "Deal Name"),
        accepted=gettext_lazy("The deal's name."),
        required=True,
    ),
    Column(
        "crm_stage",
        gettext_lazy("Stage"),
        ("StageName", "Stage", "Deal Stage"),
        accepted=gettext_lazy("The stage's name in the CRM."),
        required=True,
    ),
    Column(
        "account",
        gettext_lazy("Id of the account"),
        ("Account:External_Id__c", "Account.External_Id__c", "AccountId", "Account ID",
         "Associated Company IDs (Primary)", "Primary Associated Company ID",
         "Associated Company IDs", "Associated Company ID", "Record ID - Company"),
        values.first_code,
        gettext_lazy("The CRM's id of an account that was imported before."),
        nullable=True,
    ),
    Column(
        "prospect_name",
        gettext_lazy("Name of the prospect"),
        ("Account Name", "Account.Name", "Associated Company (Primary)", "Associated Company",
         "Account", "Prospect"),
    ),
    Column(
        "closes_on",
        gettext_lazy("Closing date"),
        ("CloseDate", "Close Date", "Expected close", "Closing date"),
        values.day,
    ),
    Column(
        "opened_on",
        gettext_lazy("Opened on"),
        ("CreatedDate", "Created Date", "Create Date", "Engage Date"),
        values.day,
    ),
    Column(
        "amount",
        gettext_lazy("Amount"),
        ("Amount", "Deal amount", "Close value"),
        values.money,
    ),
    Column(
        "currency",
        gettext_lazy("Currency"),
        ("CurrencyIsoCode", "Currency", "Deal currency", "Amount Currency"),
        values.currency,
    ),
    Column("kind", gettext_lazy("Kind of deal"), ("Type", "Deal Type")),
    Column(
        "lead_source",
        gettext_lazy("Lead source"),
        ("LeadSource", "Lead Source", "Original Source", "Original Source Type",
         "Original Traffic Source"),
    ),
    Column(
        "probability",
        gettext_lazy("Probability"),
        ("Probability", "Probability (%)"),
        values.percent,
    ),
)  # fmt: skip


def save(batch: Batch) -> Outcome:
    """Create, update or leave the deals of a batch; a few statements for all of them."""
    outcome = Outcome()
    stages = batch.memory.setdefault("stages", stage_table())
    currency = batch.memory.setdefault("currency", base_currency())
    # No join: see find_accounts.
    external_ids = [row.values["external_id"] for row in batch.rows]
    known = by_wanted_id(
        external_ids,
        Opportunity.objects.prefetch_related("account").filter(
            source=batch.source, external_id__in=all_forms(external_ids)
        ),
    )
    accounts = find_accounts(
        batch.source, [row.values["account"] for row in batch.rows if row.values.get("account")]
    )
    new: list[Opportunity] = []
    changed: list[tuple[Opportunity, dict[str, Any]]] = []
    for row in batch.rows:
        named = _account(row, accounts, outcome)
        if named is None:
            continue
        external_id = row.values["external_id"]
        deal = known.get(external_id)
        made = deal is None
        deal = deal or Opportunity(source=batch.source, external_id=external_id)
        if not settle_currency(row, "amount", deal.currency, currency, outcome):
            continue
        own = {name: value for name, value in row.values.items() if name not in _ELSEWHERE}
        wanted = normalise_opportunity(deal, {**own, **named}, stages, currency)
        wanted = wanted if made else differences(deal, wanted)
        before = assign(deal, wanted)
        if not is_valid(deal, wanted, row, outcome):
            restore(deal, before)
            continue
        _warn_of_stage(row, stages, batch.memory.setdefault("unknown", {}), outcome)
        if made:
            new.append(deal)
            outcome.count("created")
        elif before:
            changed.append((deal, before))
            outcome.count("updated")
        else:
            outcome.count("unchanged")
    add_deals(actor=batch.actor, deals=new)
    keep_deals(actor=batch.actor, changed=changed)
    return outcome


_ELSEWHERE = frozenset({"external_id", "account"})


def _account(row: Row, accounts: dict[str, Account], outcome: Outcome) -> dict[str, Any] | None:
    """The account a row names, as a value to set; None refuses the row."""
    external_id = row.values.get("account")
    if external_id is None:
        # Emptied, or nothing is said.
        return {"account": None} if "account" in row.values else {}
    if account := accounts.get(external_id):
        return {"account": account}
    outcome.refuse(
        row,
        "account",
        _("There is no account with the id %(id)s.") % {"id": external_id},
        _("The id of an account that was imported before; import the accounts first."),
    )
    return None


def _warn_of_stage(
    row: Row, stages: dict[str, str], first_rows: dict[str, int], outcome: Outcome
) -> None:
    """Say what an unknown stage was taken for, at the first row that has it."""
    name = row.values["crm_stage"]
    if name.casefold() in stages:
        return
    # A batch may be saved anew, row by row.
    if first_rows.setdefault(name.casefold(), row.number) == row.number:
        said = {
            Stage.WON: _("Nobody has said what the stage “%(stage)s” means; it counts as won."),
            Stage.LOST: _("Nobody has said what the stage “%(stage)s” means; it counts as lost."),
        }.get(
            Stage(stage_of(name, stages)),
            _("Nobody has said what the stage “%(stage)s” means; it counts as open."),
        )
        outcome.remark(
            row,
            "crm_stage",
            said % {"stage": name},
            _("A stage of the list under Settings, Stages of deals."),
        )


KIND = Kind(
    "opportunities",
    gettext_lazy("Opportunities"),
    30,
    COLUMNS,
    frozenset({"external_id", "name", "crm_stage"}),
    save,
    names={"accounts": ("account", "")},
)
