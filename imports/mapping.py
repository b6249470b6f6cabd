"""Which column of a file is which value: recognised, remembered, checked (IMP-1)."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy import clock
from imports.limits import fold
from imports.models import ImportMapping
from imports.registry import Kind, find_kind, kinds


@dataclass(frozen=True, slots=True)
class Mapping:
    """The kind of a file's rows ("" when nobody can tell) and a field for each heading, or ""."""

    kind: str
    columns: list[str]
    #: When somebody mapped such a file before; None when the headings were recognised.
    mapped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file cannot be imported like this, and at which of its columns if at one."""

    sentence: str
    place: int | None = None


def known_headings() -> frozenset[str]:
    """Every heading that is recognised, folded."""
    return frozenset(
        fold(name) for kind in kinds() for column in kind.columns for name in column.names
    )


def map_headings(kind: Kind, headings: Sequence[str]) -> list[str]:
    """The fields of a sheet's headings; of several headings the kind's first name wins."""
    folded = [fold(heading) for heading in headings]
    columns = [""] * len(headings)
    for column in kind.columns:
        for name in map(fold, column.names):
            if name in folded:
                place = folded.index(name)
                columns[place] = columns[place] or column.field
                break
    return columns


def propose(headings: Sequence[str], kind: str = "") -> Mapping:
    """What a file with these headings holds: as somebody mapped it before, else as recognised.

    With a ``kind`` only its columns are looked for.
    """
    return _remembered(headings, kind) or recognise(headings, kind)


def recognise(headings: Sequence[str], kind: str = "") -> Mapping:
    """The kind that knows most of the headings, those whose marks are all there coming first."""
    best = Mapping(kind, [""] * len(headings))
    best_score = (False, 0)
    for each in kinds():
        if kind and each.code != kind:
            continue
        columns = map_headings(each, headings)
        found = {field for field in columns if field}
        score = (found >= each.marks, len(found))
        if found and score > best_score:
            best, best_score = Mapping(each.code, columns), score
    return best


def troubles(kind_code: str, columns: Sequence[str]) -> list[Trouble]:
    """What keeps a file mapped like this from being read (BAD-1); nothing when all is well."""
    kind = find_kind(kind_code)
    if kind is None:
        return [Trouble(_("Say what this file holds: choose from the list."))]
    found = [
        Trouble(
            _("No column is “%(label)s” yet; choose the one that holds it. %(accepted)s")
            % {"label": column.label, "accepted": column.accepted}
        )
        for column in kind.columns
        if column.required and column.field not in columns
    ]
    counts = Counter(field for field in columns if field)
    for place, field in enumerate(columns):
        column = kind.column(field)
        if field and column is None:
            found.append(Trouble(_("Choose from the list."), place))
        elif column is not None and counts[field] > 1:
            found.append(
                Trouble(
                    _("Two columns are “%(label)s”; leave one of them out.")
                    % {"label": column.label},
                    place,
                )
            )
    return found


def remember(kind: str, headings: Sequence[str], columns: Sequence[str]) -> None:
    """Keep how a file was mapped for the next one with the same headings."""
    keys = _keys(headings)
    ImportMapping.objects.update_or_create(
        headings=_digest(keys),
        kind=kind,
        defaults={
            "columns": {field: key for key, field in zip(keys, columns, strict=True) if field},
            "used_at": clock.now(),
        },
    )


def _remembered(headings: Sequence[str], kind: str) -> Mapping | None:
    keys = _keys(headings)
    found = ImportMapping.objects.filter(headings=_digest(keys)).order_by("-used_at")
    row = (found.filter(kind=kind) if kind else found).first()
    known = find_kind(row.kind) if row else None
    if row is None or known is None:
        return None
    # A field may be gone since; its column is left out then.
    fields = {key: field for field, key in row.columns.items() if known.column(field)}
    return Mapping(row.kind, [fields.get(key, "") for key in keys], row.used_at)


def _keys(headings: Sequence[str]) -> list[str]:
    """The headings by which columns are told apart; a repeated one gets its number."""
    seen: Counter[str] = Counter()
    keys = []
    for heading in map(fold, headings):
        seen[heading] += 1
        keys.append(heading if seen[heading] == 1 else f"{heading}#{seen[heading]}")
    return keys


def _digest(keys: Sequence[str]) -> str:
    """The same for the same set of headings, in whatever order they stand."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()
