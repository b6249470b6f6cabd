"""Contacts as Salesforce and HubSpot export them: people who may become advocates (IMP-1)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.actors import Actor
from advocates.changes import tenant_today
from advocates.external_ids import all_forms, by_wanted_id
from advocates.models import Account, Advocate, AdvocateIdentifier
from advocates.people.batches import add_people, keep_people
from advocates.people.services import normalise_person
from imports import values
from imports.kinds import likes, membership, pool
from imports.kinds.accounts import find_accounts
from imports.registry import Batch, Column, Kind, Outcome, Row
from imports.saving import assign, differences, is_valid, restore

COLUMNS = (
    Column(
        "external_id",
        gettext_lazy("Id in the CRM"),
        ("External_Id__c", "ExternalId", "Id", "ContactId", "Contact ID", "Record ID",
         "Record ID - Contact"),
        values.code,
        gettext_lazy("The contact's id in the CRM."),
        required=True,
    ),
    Column("first_name", gettext_lazy("First name"), ("FirstName", "First Name", "Given name")),
    Column(
        "last_name",
        gettext_lazy("Last name"),
        ("LastName", "Last Name", "Surname"),
        accepted=gettext_lazy("The person's last name."),
        required=True,
    ),
    Column(
        "email",
        gettext_lazy("E-mail"),
        ("Email", "E-mail", "Email Address"),
        accepted=gettext_lazy("An address such as ana@example.com."),
    ),
    Column(
        "phone",
        gettext_lazy("Phone"),
        ("Phone", "Phone Number", "MobilePhone", "Mobile Phone Number"),
    ),
    Column("job_title", gettext_lazy("Job title"), ("Title", "Job Title")),
    Column("function", gettext_lazy("Department"), ("Department", "Function", "Job function")),
    Column(
        "program_status",
        gettext_lazy("Status in the program"),
        ("Program status", "Status in the program", "Advocate status"),
        membership.status,
        gettext_lazy("active, paused or alumni; nothing for who was never in it."),
    ),
    Column(
        "member_since",
        gettext_lazy("In the program since"),
        ("Member since", "In the program since", "Enrolled on"),
        values.day,
    ),
    Column(
        "pool_since",
        gettext_lazy("In the community pool since"),
        ("Community pool since", "In the community pool since", "Pool since"),
        values.day,
        gettext_lazy("The day on which they agreed to hear from you."),
    ),
    Column(
        "pool_source",
        gettext_lazy("Where the agreement came from"),
        ("Community pool source", "Pool source", "Agreement came from"),
    ),
    Column("nps", gettext_lazy("NPS answer"), ("NPS__c", "NPS", "NPS score"), values.nps),
    Column(
        "communication_skill",
        gettext_lazy("Communication skill"),
        ("CommunicationSkill__c", "Communication skill"),
        values.skill,
    ),
    Column(
        "presentation_skill",
        gettext_lazy("Presentation skill"),
        ("PresentationSkill__c", "Presentation skill"),
        values.skill,
    ),
    Column(
        likes.FIELD,
        gettext_lazy("Likes to get back"),
        ("Likes to get back", "Preferred appreciation", "Appreciation"),
        likes.read,
        gettext_lazy(
            "recognition, access, networking, gifts, influence, personal_brand, charity."
        ),
        shown=likes.shown,
    ),
    Column(
        "account",
        gettext_lazy("Id of the account"),
        ("Account:External_Id__c", "Account.External_Id__c", "AccountId", "Account ID",
         "Associated Company IDs (Primary)", "Primary Associated Company ID",
         "Associated Company IDs", "Associated Company ID", "Record ID - Company"),
        values.first_code,
        gettext_lazy("The CRM's id of an account that was imported before."),
    ),
    Column(
        "account_name",
        gettext_lazy("Name of the account"),
        ("Account Name", "Account.Name", "Associated Company (Primary)", "Associated Company",
         "Company Name", "Company", "Account"),
    ),
)  # fmt: skip


def save(batch: Batch) -> Outcome:
    """Create, update or leave the people of a batch; a few statements for all of them."""
    outcome = Outcome()
    known = _find_people(batch)
    accounts = find_accounts(
        batch.source, [row.values["account"] for row in batch.rows if "account" in row.values]
    )
    by_name = _accounts_named(batch)
    today = batch.memory.setdefault("today", tenant_today())
    new: list[tuple[Advocate, str]] = []
    changed: list[tuple[Advocate, dict[str, Any]]] = []
    told: list[tuple[Row, Advocate]] = []
    joining: list[tuple[Row, Advocate]] = []
    agreed: list[tuple[Row, Advocate]] = []
    liked: list[tuple[Row, Advocate]] = []
    liking = likes.known_likes(known.values())
    for row in batch.rows:
        advocate = known.get(row.values["external_id"])
        account = _account(row, accounts, by_name, advocate, outcome)
        if account is None:
            continue
        wanted = normalise_person({**_values(row), "account": account})
        made = advocate is None
        advocate = advocate or Advocate()
        wanted = wanted if made else differences(advocate, wanted)
        if "nps" in wanted:
            wanted["nps_on"] = None if wanted["nps"] is None else today
        before = assign(advocate, wanted)
        if not is_valid(advocate, wanted, row, outcome):
            restore(advocate, before)
            continue
        if pool.is_asked(row):
            agreed.append((row, advocate))
        joins = membership.is_asked(row, advocate)
        if joins:
            joining.append((row, advocate))
        likes_more = likes.differs(row, advocate, liking)
        if likes_more:
            liked.append((row, advocate))
            liking[advocate.pk] = row.values[likes.FIELD]
        if made:
            new.append((advocate, row.values["external_id"]))
            outcome.count("created")
        elif before:
            changed.append((advocate, before))
            outcome.count("updated")
        else:
            outcome.count("updated" if joins or likes_more else "unchanged")
        if "email" in wanted:
            told.append((row, advocate))
    add_people(actor=batch.actor, source=batch.source, people=new)
    keep_people(actor=batch.actor, changed=changed)
    membership.bring_in(joining, batch.actor, outcome)
    pool.bring_in(agreed, batch.actor, outcome)
    likes.keep(liked, batch.actor)
    _flag_duplicates(told, outcome)
    return outcome


_ELSEWHERE = frozenset(
    {"external_id", "account", "account_name", "program_status", "member_since", likes.FIELD}
    | {"pool_since", "pool_source"}
)


def _values(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name not in _ELSEWHERE}


def _find_people(batch: Batch) -> dict[str, Advocate]:
    # No join: see find_accounts.
    external_ids = [row.values["external_id"] for row in batch.rows]
    found = AdvocateIdentifier.objects.prefetch_related("advocate__account").filter(
        source=batch.source, external_id__in=all_forms(external_ids)
    )
    return {
        wanted: identifier.advocate
        for wanted, identifier in by_wanted_id(external_ids, found).items()
    }


def _accounts_named(batch: Batch) -> dict[str, list[Account]]:
    """Accounts by name, for rows that name no id."""
    names = {
        row.values["account_name"]
        for row in batch.rows
        if "account_name" in row.values and "account" not in row.values
    }
    found: dict[str, list[Account]] = {}
    if names:
        for account in Account.objects.filter(name__in=names):
            found.setdefault(account.name, []).append(account)
    return found


def _account(
    row: Row,
    accounts: dict[str, Account],
    by_name: dict[str, list[Account]],
    advocate: Advocate | None,
    outcome: Outcome,
) -> Account | None:
    """The account a row names; the person's own when it names none; None refuses the row."""
    if external_id := row.values.get("account"):
        if account := accounts.get(external_id):
            return account
        outcome.refuse(
            row,
            "account",
            _("There is no account with the id %(id)s.") % {"id": external_id},
            _("The id of an account that was imported before; import the accounts first."),
        )
        return None
    if name := row.values.get("account_name"):
        named = by_name.get(name, [])
        if len(named) == 1:
            return named[0]
        outcome.refuse(
            row,
            "account_name",
            _("%(count)d accounts are called “%(name)s”.") % {"count": len(named), "name": name},
            _("The name of exactly one account, or better its id."),
        )
        return None
    if advocate is not None:
        return advocate.account
    outcome.refuse(
        row, "account", _("This is empty."), _("The CRM's id of the company the person works at.")
    )
    return None


def _flag_duplicates(told: list[tuple[Row, Advocate]], outcome: Outcome) -> None:
    """Say where an e-mail is somebody else's too; nobody is merged silently (ADV-1)."""
    emails = {advocate.email for _row, advocate in told if advocate.email}
    if not emails:
        return
    owners: dict[str, set[Any]] = {}
    for email, pk in Advocate.objects.filter(email__in=emails).values_list("email", "pk"):
        owners.setdefault(email, set()).add(pk)
    for row, advocate in told:
        if owners.get(advocate.email, set()) - {advocate.pk}:
            outcome.remark(
                row,
                "email",
                _("Somebody else has the same address; they were kept as two people."),
                _("One record per person; look at both and decide."),
            )


def stand_in(source: str, names: Mapping[str, str]) -> None:
    """Bare people with these ids and addresses, so that a check finds whom rows mean (IMP-2)."""
    known = AdvocateIdentifier.objects.filter(source=source, external_id__in=all_forms(names))
    missing = names.keys() - by_wanted_id(list(names), known).keys()
    if not missing:
        return
    account = Account.objects.create(name="…")
    people = [
        (Advocate(account=account, last_name="…", email=names[key].lower()), key)
        for key in sorted(missing)
    ]
    add_people(actor=Actor.system("imports"), source=source, people=people)


KIND = Kind(
    "contacts",
    gettext_lazy("Contacts"),
    20,
    COLUMNS,
    frozenset({"external_id", "last_name"}),
    save,
    names={"accounts": ("account", "account_name")},
    stand_in=stand_in,
    called="email",
)
