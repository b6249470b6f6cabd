"""Consents and employers' approvals of a program's past (IMP-2, ADV-4)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.events.services import record_many
from advocacy.tenancy.bulk import insert_rows, update_rows
from advocates.changes import tenant_today
from advocates.models import Consent
from advocates.people.choices import ConsentUse
from imports import values
from imports.kinds import named_people
from imports.registry import Batch, Column, Kind, Outcome
from imports.saving import is_valid

_FIELDS = ("given_by", "evidence", "expires_on", "withdrawn_on")


def _use(cell: str) -> str:
    """What is consented to, by its code or in words."""
    wanted = cell.strip().casefold()
    for use in ConsentUse:
        if wanted in (use.value, str(use.label).casefold()):
            return use.value
    raise values.BadValue(
        _("“%(cell)s” is no use that somebody consents to.") % {"cell": cell[:50]},
        _("One of: %(uses)s.") % {"uses": ", ".join(ConsentUse.values)},
    )


COLUMNS = (
    *named_people.COLUMNS,
    Column(
        "use",
        gettext_lazy("Consents to"),
        ("Consent", "Consent to", "Consent use"),
        _use,
        gettext_lazy(
            "quote, logo, video, reference_pool, email, recognition, or employer for its approval."
        ),
        required=True,
    ),
    Column(
        "given_on",
        gettext_lazy("Given on"),
        ("Given on", "Consent date", "Consented on"),
        values.day,
        gettext_lazy("The date of the consent."),
        required=True,
    ),
    Column(
        "expires_on",
        gettext_lazy("Expires on"),
        ("Expires on", "Consent expires", "Valid until"),
        values.day,
        nullable=True,
    ),
    Column(
        "withdrawn_on",
        gettext_lazy("Withdrawn on"),
        ("Withdrawn on", "Consent withdrawn"),
        values.day,
        nullable=True,
    ),
    Column("given_by", gettext_lazy("Given by"), ("Given by", "Approved by")),
    Column("evidence", gettext_lazy("Evidence"), ("Evidence", "Consent evidence")),
)


def save(batch: Batch) -> Outcome:
    """Create, update or leave the consents of a batch; a person has one to a use a day."""
    outcome = Outcome()
    find, today = named_people.finder(batch), tenant_today()
    found = [(row, find(row, outcome)) for row in batch.rows]
    people = {person.pk: person for _row, person in found if person is not None}
    known = {
        (row.advocate_id, row.use, row.given_on): row
        for row in Consent.objects.filter(advocate__in=people)
    }
    new: list[Consent] = []
    changed: list[Consent] = []
    for row, person in found:
        if person is None:
            continue
        if (day := row.values["given_on"]) > today:
            outcome.refuse(row, "given_on", _("A consent cannot be given in the future."))
            continue
        key = person.pk, row.values["use"], day
        stored = known.get(key)
        consent = stored or Consent(advocate=person, use=key[1], given_on=day)
        wanted = {name: row.values[name] for name in _FIELDS if name in row.values}
        before = {name: getattr(consent, name) for name in wanted}
        for name, value in wanted.items():
            setattr(consent, name, value)
        if consent.expires_on and consent.expires_on < day:
            outcome.refuse(row, "expires_on", _("It cannot expire before it was given."))
        elif is_valid(consent, ("use", *_FIELDS), row, outcome):
            if stored is None:
                known[key] = consent
                new.append(consent)
                outcome.count("created")
            elif before != wanted:
                changed.append(consent)
                outcome.count("updated")
            else:
                outcome.count("unchanged")
            continue
        for name, value in before.items():
            setattr(consent, name, value)
    insert_rows(new)
    update_rows([row for row in changed if row not in new], list(_FIELDS))
    for verb, rows in (("given", new), ("updated", changed)):
        record_many(
            f"advocate.consent_{verb}",
            [
                (people[row.advocate_id], {"consent": str(row.pk), "use": row.use}, [])
                for row in rows
            ],
            actor=batch.actor,
        )
    return outcome


KIND = Kind(
    "consents",
    gettext_lazy("Consents"),
    50,
    COLUMNS,
    frozenset({"use", "given_on"}),
    save,
    names={"contacts": ("advocate", "email")},
)
