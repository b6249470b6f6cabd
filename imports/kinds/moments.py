"""Moments of accounts, as a list from wherever somebody keeps them (MOM-1)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.events.services import record_many
from advocacy.records.writes import change_payload
from advocacy.tenancy.bulk import insert_rows, update_rows
from advocates.models import Moment
from advocates.moments.models import MomentKind
from imports import values
from imports.kinds.accounts import find_accounts
from imports.registry import Batch, Column, Kind, Outcome
from imports.saving import is_valid


def _kind(cell: str) -> str:
    """What happened, by its code or in words."""
    wanted = cell.strip().casefold()
    for kind in MomentKind:
        if wanted in (kind.value, str(kind.label).casefold()):
            return kind.value
    raise values.BadValue(
        _("“%(cell)s” is no kind of moment.") % {"cell": cell[:50]},
        _("One of: %(kinds)s.") % {"kinds": ", ".join(MomentKind.values)},
    )


COLUMNS = (
    Column(
        "account",
        gettext_lazy("Id of the account"),
        ("Account:External_Id__c", "Account.External_Id__c", "AccountId", "Account ID",
         "Record ID - Company"),
        values.first_code,
        gettext_lazy("The CRM's id of an account that was imported before."),
        required=True,
    ),
    Column(
        "kind",
        gettext_lazy("What happened"),
        ("Moment", "Moment__c", "Kind of moment"),
        _kind,
        gettext_lazy("onboarded, outcome, review, renewal or release."),
        required=True,
    ),
    Column(
        "happened_on",
        gettext_lazy("When"),
        ("Happened on", "Moment date", "Date"),
        values.day,
        gettext_lazy("The date of the moment."),
        required=True,
    ),
    Column("note", gettext_lazy("Note"), ("Note", "Notes"), values.paragraphs),
)  # fmt: skip


def save(batch: Batch) -> Outcome:
    """Create, update or leave the moments of a batch; an account has one of a kind a day."""
    outcome = Outcome()
    accounts = find_accounts(batch.source, [row.values["account"] for row in batch.rows])
    stored = Moment.objects.filter(
        account__in=accounts.values(), happened_on__in={r.values["happened_on"] for r in batch.rows}
    )
    known = {(row.account_id, row.kind, row.happened_on): row for row in stored}
    new: list[Moment] = []
    changed: list[tuple[Moment, str]] = []
    for row in batch.rows:
        kind, day = row.values["kind"], row.values["happened_on"]
        account = accounts.get(row.values["account"])
        if account is None:
            outcome.refuse(
                row,
                "account",
                _("There is no account with the id %(id)s.") % {"id": row.values["account"]},
                _("The id of an account that was imported before; import the accounts first."),
            )
            continue
        found = known.get((account.pk, kind, day))
        moment = found or Moment(account=account, kind=kind, happened_on=day)
        before, note = moment.note, row.values.get("note", moment.note)
        moment.note = note
        if not is_valid(moment, ("kind", "happened_on", "note"), row, outcome):
            moment.note = before
        elif found is None:
            known[account.pk, kind, day] = moment
            new.append(moment)
            outcome.count("created")
        elif note != before:
            changed.append((moment, before))
            outcome.count("updated")
        else:
            outcome.count("unchanged")
    insert_rows(new)
    update_rows([moment for moment, _before in changed], ["note"])
    record_many(
        "moment.recorded",
        [(moment, {"kind": moment.kind}, [moment.account]) for moment in new],
        actor=batch.actor,
    )
    record_many(
        "moment.updated",
        [
            (moment, change_payload({"note": [before, moment.note]}, text=("note",)), [])
            for moment, before in changed
        ],
        actor=batch.actor,
    )
    return outcome


KIND = Kind(
    "moments",
    gettext_lazy("Moments"),
    40,
    COLUMNS,
    frozenset({"account", "kind", "happened_on"}),
    save,
    names={"accounts": ("account", "")},
)
