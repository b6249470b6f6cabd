"""What can be imported, and how a file's headings tell which kind it is (IMP-1)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocates.imports import values
from advocates.imports.reading import Sheet, Unreadable

Happened = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Column:
    """A value that can be imported.

    ``names`` are the headings it is recognised by (case, blanks and punctuation do not matter);
    ``read`` turns the cell into the value; a blank cell leaves the record as it is.
    """

    field: str
    names: Sequence[str]
    read: Callable[[str], Any] = values.text
    accepted: str | Promise = ""
    required: bool = False


@dataclass(slots=True)
class Row:
    """A row whose cells could be read; ``values`` holds those that are not blank."""

    number: int
    values: dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What saving a batch came to; thrown away when the batch is undone."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    #: (row number, field, problem, accepted, whether the row got in)
    remarks: list[tuple[int, str, str, str, bool]] = field(default_factory=list)

    def count(self, happened: Happened) -> None:
        """Count one record."""
        setattr(self, happened, getattr(self, happened) + 1)

    def refuse(self, row: Row, name: str, problem: str, accepted: str = "") -> None:
        """The row does not get in."""
        self.remarks.append((row.number, name, problem, accepted, False))

    def remark(self, row: Row, name: str, problem: str, accepted: str = "") -> None:
        """The row gets in, but somebody should look at it."""
        self.remarks.append((row.number, name, problem, accepted, True))


@dataclass(slots=True)
class Batch:
    """Rows to save, by whom, and what the kind wants to remember between batches."""

    rows: Sequence[Row]
    actor: Actor
    source: str
    memory: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    ``order``   lower ones first, when several files come together: accounts before contacts
    ``marks``   fields that must have a heading for a file to be of this kind
    ``save``    saves a batch with a few statements, no matter how many rows; every row it is
                given counts as created, updated, unchanged or refused
    """

    code: str
    label: str | Promise
    order: int
    columns: Sequence[Column]
    marks: frozenset[str]
    save: Callable[[Batch], Outcome]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; ValueError when another has its code."""
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"{kind.code!r} is imported by something else already")
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    """Every kind in the order in which files are taken."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_label(code: str) -> str:
    """A kind's name; the code itself for one that is gone."""
    kind = _kinds.get(code)
    return str(kind.label) if kind else code


def fold(heading: str) -> str:
    """A heading without case, blanks and punctuation: "Billing Country" is "BillingCountry"."""
    return re.sub(r"[\W_]+", "", heading.casefold())


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of a sheet is which value. A person may adjust it before the run."""

    kind: Kind
    #: Field → position in the sheet.
    places: dict[str, int]
    #: Headings nothing is read from.
    unused: list[str]


def map_headings(kind: Kind, headings: Sequence[str]) -> Mapping:
    """The mapping of a sheet to a kind; of several headings the kind's first name wins."""
    folded = [fold(heading) for heading in headings]
    places: dict[str, int] = {}
    for column in kind.columns:
        for name in map(fold, column.names):
            if name in folded:
                places.setdefault(column.field, folded.index(name))
                break
    used = set(places.values())
    unused = [heading for place, heading in enumerate(headings) if place not in used and heading]
    return Mapping(kind, places, unused)


def recognise(sheet: Sheet) -> Mapping:
    """The kind that knows most of the headings; raises :class:`Unreadable` when none fits."""
    fitting = [
        mapping
        for mapping in (map_headings(kind, sheet.headings) for kind in kinds())
        if mapping.places.keys() >= mapping.kind.marks
    ]
    if not fitting:
        needed = "; ".join(
            _("%(kind)s need %(headings)s")
            % {
                "kind": kind.label,
                "headings": ", ".join(
                    column.names[0] for column in kind.columns if column.field in kind.marks
                ),
            }
            for kind in kinds()
        )
        raise Unreadable(
            _("%(file)s: the headings were not recognised. %(needed)s.")
            % {"file": sheet.name, "needed": needed}
        )
    return max(fitting, key=lambda mapping: len(mapping.places))
