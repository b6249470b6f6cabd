"""What a program's people did before it came here, with links to what came of it (IMP-2)."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.history import HistoryRow, import_history
from advocacy.tenancy.models import Membership
from advocates.changes import tenant_today
from advocates.models import ActivityType
from imports import values
from imports.kinds import named_people
from imports.registry import Batch, Column, Kind, Outcome, Row


def _link(cell: str) -> str:
    """An address on the web."""
    address = cell.strip()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > 500:
        raise values.BadValue(
            _("“%(cell)s” is no web address.") % {"cell": cell[:60]},
            _("An address that begins with https://."),
        )
    return address


COLUMNS = (
    *named_people.COLUMNS,
    Column(
        "type",
        gettext_lazy("What they did"),
        ("Activity type", "Activity", "Type of activity"),
        accepted=gettext_lazy("A kind of activity of the catalogue, by its name or code."),
        required=True,
    ),
    Column(
        "happened_on",
        gettext_lazy("When"),
        ("Activity date", "Happened on", "Date of activity"),
        values.day,
        gettext_lazy("The date on which it happened."),
        required=True,
    ),
    Column(
        "asked_on",
        gettext_lazy("Asked on"),
        ("Asked on", "Last asked", "Date asked"),
        values.day,
    ),
    Column("minutes", gettext_lazy("Minutes"), ("Minutes", "Minutes given"), values.whole_number),
    Column("purpose", gettext_lazy("For"), ("For", "Purpose", "Prospect")),
    Column("detail", gettext_lazy("Topic or site"), ("Topic", "Site", "Topic or site")),
    Column("owner", gettext_lazy("Colleague's e-mail"), ("Owner e-mail", "Arranged by")),
    Column(
        "content_url",
        gettext_lazy("Link to what came of it"),
        ("Content link", "Link", "URL", "Content URL"),
        _link,
        gettext_lazy("An address that begins with https://."),
    ),
)  # fmt: skip


def save(batch: Batch) -> Outcome:
    """Create, update or leave what a batch says happened; one of a kind, person, topic and day."""
    outcome = Outcome()
    find, today = named_people.finder(batch), tenant_today()
    types = _types(batch)
    members = _members(batch)
    rows: list[tuple[Row, HistoryRow]] = []
    for row in batch.rows:
        person = find(row, outcome)
        kind = types.get(row.values["type"].casefold())
        if person is None:
            continue
        if kind is None:
            outcome.refuse(
                row,
                "type",
                _("“%(cell)s” is no kind of activity here.") % {"cell": row.values["type"][:60]},
                _("A name or code from Settings → What may be asked for."),
            )
            continue
        if problem := _wrong(row, today):
            outcome.refuse(row, *problem)
            continue
        facts: dict[str, Any] = {
            name: row.values[name]
            for name in ("minutes", "purpose", "content_url")
            if name in row.values
        }
        if owner := row.values.get("owner"):
            if owner.casefold() in members:
                facts["owner"] = members[owner.casefold()]
            else:
                outcome.remark(row, "owner", _("No colleague has this address; nobody was noted."))
        rows.append(
            (
                row,
                HistoryRow(
                    person,
                    kind,
                    row.values["happened_on"],
                    row.values.get("detail", ""),
                    row.values.get("asked_on"),
                    facts,
                ),
            )
        )
    for happened in import_history(actor=batch.actor, rows=[each for _row, each in rows]):
        outcome.count(happened)
    return outcome


def _wrong(row: Row, today: date) -> tuple[str, str, str] | None:
    """The first thing that cannot be true: field, problem, what is accepted."""
    happened, asked = row.values["happened_on"], row.values.get("asked_on")
    if happened > today:
        return "happened_on", _("This lies in the future."), _("What has already happened.")
    if asked is not None and asked > happened:
        return "asked_on", _("Asked after it happened."), _("A day before it happened, or none.")
    if not 1 <= row.values.get("minutes", 1) <= 10_000:
        return "minutes", _("So many minutes cannot be."), _("A number from 1 to 10,000.")
    for name, most in (("purpose", 200), ("detail", 100)):
        if len(row.values.get(name, "")) > most:
            return name, _("This is too long."), _("At most %(most)d letters.") % {"most": most}
    return None


def _types(batch: Batch) -> dict[str, ActivityType]:
    """The catalogue by name and code; a code wins over another's name."""
    if "types" not in batch.memory:
        kinds = list(ActivityType.objects.all())
        batch.memory["types"] = {kind.name.casefold(): kind for kind in kinds} | {
            kind.code.casefold(): kind for kind in kinds
        }
    known: dict[str, ActivityType] = batch.memory["types"]
    return known


def _members(batch: Batch) -> dict[str, Membership]:
    emails = {row.values["owner"].lower() for row in batch.rows if "owner" in row.values}
    found = Membership.objects.select_related("user").filter(user__email__in=emails)
    return {member.email.casefold(): member for member in found}


KIND = Kind(
    "activities",
    gettext_lazy("Activities of the past"),
    60,
    COLUMNS,
    frozenset({"type", "happened_on"}),
    save,
    names={"contacts": ("advocate", "email")},
)
