"""Accounts as Salesforce and HubSpot export them (IMP-1, ACC-1)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.errors import DomainError
from advocates.accounts.batches import add_accounts, add_bare_accounts, keep_accounts
from advocates.accounts.choices import Lifecycle
from advocates.accounts.services import normalise_account
from advocates.changes import tenant_today, write_changes
from advocates.external_ids import all_forms, by_wanted_id
from advocates.models import Account, AccountIdentifier
from imports import values
from imports.kinds.amounts import base_currency, settle_currency
from imports.registry import Batch, Column, Kind, Outcome, Row
from imports.saving import assign, differences, is_valid, restore

_NO_CUSTOMER = (
    "prospect", "lead", "subscriber", "opportunity", "marketingqualified", "salesqualified",
    "evangelist", "partner", "competitor", "analyst", "integrator", "investor", "press",
    "reseller", "supplier", "vendor", "other", "target", "pending",
)  # fmt: skip


def lifecycle(cell: str) -> str:
    """A lifecycle out of an account type: "Customer - Direct" is a customer."""
    folded = "".join(letter for letter in cell.casefold() if letter.isalpha())
    if any(word in folded for word in ("former", "churn", "excustomer", "lostcustomer")):
        return Lifecycle.FORMER.value
    if folded.startswith(("customer", "client", "installationpartner", "technologypartner")):
        partner = folded.endswith("partner")
        return Lifecycle.PROSPECT.value if partner else Lifecycle.CUSTOMER.value
    if folded.startswith(_NO_CUSTOMER) or folded.endswith("partner"):
        return Lifecycle.PROSPECT.value
    raise values.Odd(
        _("“%(type)s” is no type known here; the lifecycle was left as it is.") % {"type": cell},
        _("Customer, Prospect or Former customer."),
    )


COLUMNS = (
    Column(
        "external_id",
        gettext_lazy("Id in the CRM"),
        ("External_Id__c", "ExternalId", "Id", "AccountId", "Account ID", "Record ID",
         "Record ID - Company", "Company ID"),
        values.code,
        gettext_lazy("The account's id in the CRM."),
        required=True,
    ),
    Column(
        "name",
        gettext_lazy("Company name"),
        ("Name", "AccountName", "Company name", "Company", "Account"),
        accepted=gettext_lazy("The company's name."),
        required=True,
    ),
    Column(
        "lifecycle",
        gettext_lazy("Customer or prospect"),
        ("Lifecycle Stage", "Lifecycle", "Type", "AccountType"),
        lifecycle,
        shown=lambda value: Lifecycle(value).label,
    ),
    Column(
        "industry",
        gettext_lazy("Industry"),
        ("Industry", "Sector"),
        accepted=gettext_lazy("At most 100 characters."),
        is_vocabulary=True,
    ),
    Column(
        "employees",
        gettext_lazy("Employees"),
        ("NumberOfEmployees", "Employees", "Number of Employees"),
        values.whole_number,
    ),
    Column(
        "city",
        gettext_lazy("City"),
        ("BillingCity", "City"),
        accepted=gettext_lazy("At most 100 characters."),
    ),
    Column(
        "state",
        gettext_lazy("State or region"),
        ("BillingState", "State", "State/Region", "BillingStateCode"),
    ),
    Column(
        "country",
        gettext_lazy("Country"),
        ("BillingCountryCode", "BillingCountry", "Country", "Country/Region"),
        values.country,
    ),
    Column(
        "domain",
        gettext_lazy("Web address"),
        ("Website", "Company Domain Name", "Domain", "Website URL"),
    ),
    Column(
        "customer_since",
        gettext_lazy("Customer since"),
        ("CustomerSince__c", "Customer since"),
        values.day,
    ),
    Column(
        "renewal_on",
        gettext_lazy("Renewal date"),
        ("RenewalDate__c", "Renewal date", "Contract end date"),
        values.day,
    ),
    Column(
        "annual_value",
        gettext_lazy("Annual value"),
        ("AnnualValue__c", "ARR__c", "ARR", "ACV", "Annual contract value",
         "Annual recurring revenue"),
        values.money,
    ),
    Column(
        "currency",
        gettext_lazy("Currency"),
        ("CurrencyIsoCode", "Currency"),
        values.currency,
    ),
    Column(
        "health",
        gettext_lazy("Health score"),
        ("HealthScore__c", "Health score", "Health"),
        values.score,
    ),
    Column("nps", gettext_lazy("NPS answer"), ("NPS__c", "NPS", "NPS score"), values.nps),
    Column(
        "adoption",
        gettext_lazy("Adoption"),
        ("Adoption__c", "Adoption score", "Adoption"),
        values.score,
    ),
    Column(
        "advocacy_allowed",
        gettext_lazy("Advocacy allowed"),
        ("AdvocacyAllowed__c", "Advocacy allowed"),
        values.yes_or_no,
    ),
)  # fmt: skip


def save(batch: Batch) -> Outcome:
    """Create, update or leave the accounts of a batch; a few statements for all of them."""
    outcome = Outcome()
    known = find_accounts(batch.source, [row.values["external_id"] for row in batch.rows])
    new: list[tuple[Account, str]] = []
    changed: list[tuple[Account, dict[str, Any]]] = []
    today = batch.memory.setdefault("today", tenant_today())
    base = batch.memory.setdefault("currency", base_currency())
    for row in batch.rows:
        account = known.get(row.values["external_id"])
        made = account is None
        account = account or Account()
        if not settle_currency(row, "annual_value", account.currency, base, outcome):
            continue
        try:
            wanted = normalise_account(account, _values(row))
        except DomainError as error:
            for name, problem in error.fields.items():
                outcome.refuse(row, name, problem)
            continue
        wanted = wanted if made else differences(account, wanted)
        for score in ("health", "nps", "adoption"):
            if score in wanted:
                wanted[f"{score}_on"] = None if wanted[score] is None else today
        before = assign(account, wanted)
        if not is_valid(account, wanted, row, outcome):
            restore(account, before)
            continue
        if made:
            new.append((account, row.values["external_id"]))
            outcome.count("created")
        elif before:
            changed.append((account, before))
            outcome.count("updated")
        else:
            outcome.count("unchanged")
    add_accounts(actor=batch.actor, source=batch.source, accounts=new)
    keep_accounts(actor=batch.actor, changed=changed)
    return outcome


def _values(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name != "external_id"}


def find_accounts(source: str, external_ids: list[str]) -> dict[str, Account]:
    """Accounts by their external ids.

    In a statement of their own rather than by a join: right after a large import the planner does
    not know yet how many rows there are, and would compare each with every other.
    """
    found = AccountIdentifier.objects.prefetch_related("account").filter(
        source=source, external_id__in=all_forms(external_ids)
    )
    return {
        wanted: identifier.account
        for wanted, identifier in by_wanted_id(external_ids, found).items()
    }


def stand_in(source: str, names: Mapping[str, str]) -> None:
    """Bare accounts with these ids and names, so that a check finds what rows refer to (IMP-1)."""
    known = find_accounts(source, list(names))
    add_bare_accounts(
        source=source,
        accounts=[(Account(name=name), key) for key, name in names.items() if key not in known],
    )
    write_changes(
        [
            (account, assign(account, {"name": names[key]}))
            for key, account in known.items()
            if account.name != names[key]
        ]
    )


KIND = Kind(
    "accounts",
    gettext_lazy("Accounts"),
    10,
    COLUMNS,
    frozenset({"external_id", "name"}),
    save,
    stand_in=stand_in,
)
