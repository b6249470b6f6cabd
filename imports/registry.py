"""What can be imported: kinds of records, their columns, and how a batch is saved (IMP-1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from advocacy.tenancy.actors import Actor
from imports import values

Happened = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Column:
    """A value that can be imported.

    ``label`` says in words what it is. ``names`` are the headings it is recognised by (case,
    blanks and punctuation do not matter); ``read`` turns the cell into the value; a blank cell
    leaves the record as it is. ``shown`` is how a preview writes the value. ``nullable`` columns
    become None where a cell empties them; what others become follows from ``read``.
    """

    field: str
    label: str | Promise
    names: Sequence[str]
    read: Callable[[str], Any] = values.text
    accepted: str | Promise = ""
    required: bool = False
    shown: Callable[[Any], Any] = str
    nullable: bool = False
    #: Whether its values are words of a list, of which a rare one may be a slip.
    is_vocabulary: bool = False

    @property
    def can_be_emptied(self) -> bool:
        """Whether "#N/A" empties it; else such a cell is blank."""
        return not self.required and (self.nullable or self.read in values.EMPTY)

    @property
    def empty(self) -> Any:
        """The value of an emptied record."""
        return values.EMPTY.get(self.read)


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
    ``names``   fields with the id and the name of a record of another kind, by that kind's code
    ``stand_in``  for a check only, where the records that an earlier file brings are not there
                yet: makes bare ones out of external ids and names; whatever it makes is undone
    """

    code: str
    label: str | Promise
    order: int
    columns: Sequence[Column]
    marks: frozenset[str]
    save: Callable[[Batch], Outcome]
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    stand_in: Callable[[str, Mapping[str, str]], None] | None = None
    #: The field by which rows of other kinds call a record, beside its id.
    called: str = "name"

    def column(self, name: str) -> Column | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == name), None)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; ValueError when another has its code."""
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"{kind.code!r} is imported by something else already")
    _kinds[kind.code] = kind


def kinds() -> list[Kind]:
    """Every kind in the order in which files are taken."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def find_kind(code: str) -> Kind | None:
    """The kind with a code; None for "" and for one that is gone."""
    return _kinds.get(code)


def kind_label(code: str) -> str:
    """A kind's name; the code itself for one that is gone."""
    kind = _kinds.get(code)
    return str(kind.label) if kind else code
