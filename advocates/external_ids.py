"""Ids of other systems that are written in two ways (API-4, IMP-1).

Salesforce shows an id with 15 characters, in which upper and lower case differ, and hands it on
with 18: the last three say which letters are upper case, for programs that do not tell them apart.
"""

import re
import string
from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db.models import Case, Model, QuerySet, When

Row = TypeVar("Row", bound=Model)

_SHORT = re.compile(r"[0a][0-9A-Za-z]{14}")
_LONG = re.compile(r"[0a][0-9A-Za-z]{14}[A-Za-z0-5]{3}", re.IGNORECASE)
_CHECKS = string.ascii_uppercase + "012345"
_SALESFORCE = ("salesforce", "sfdc")


def stored_id(source: str, external_id: str) -> str:
    """The form in which an id is kept: all 18 characters of one that is Salesforce's."""
    if not source.casefold().startswith(_SALESFORCE):
        return external_id
    if _SHORT.fullmatch(external_id):
        return _lengthened(external_id)
    return (_LONG.fullmatch(external_id) and _restored(external_id)) or external_id


def forms_of(external_id: str) -> list[str]:
    """Every form in which an id may be kept, the given one first, to look it up by."""
    if _SHORT.fullmatch(external_id):
        return [external_id, _lengthened(external_id)]
    if _LONG.fullmatch(external_id) and (restored := _restored(external_id)):
        return list(dict.fromkeys((external_id, restored, restored[:15])))
    return [external_id]


def known_by(rows: QuerySet[Row], external_id: str, name: str = "external_id") -> QuerySet[Row]:
    """The rows with an id in any of its forms, the one with exactly this id first.

    ``name`` is the path to the column.
    """
    return rows.filter(**{f"{name}__in": forms_of(external_id)}).order_by(
        Case(When(**{name: external_id}, then=0), default=1), "pk"
    )


class _Identified(Protocol):
    external_id: str


Identified = TypeVar("Identified", bound=_Identified)


def all_forms(external_ids: Iterable[str]) -> list[str]:
    """Every form in which any of these may be kept."""
    return list({form for external_id in external_ids for form in forms_of(external_id)})


def by_wanted_id(external_ids: Iterable[str], rows: Iterable[Identified]) -> dict[str, Identified]:
    """The rows by the ids that were asked for, in whichever form each keeps its own."""
    have = {row.external_id: row for row in rows}
    return {
        wanted: have[form]
        for wanted in external_ids
        for form in reversed(forms_of(wanted))
        if form in have
    }


def _lengthened(short: str) -> str:
    groups = (short[start : start + 5] for start in (0, 5, 10))
    return short + "".join(
        _CHECKS[sum(letter.isupper() << place for place, letter in enumerate(group))]
        for group in groups
    )


def _restored(long: str) -> str | None:
    """An id of 18 characters with the case that the last three tell; None if they tell another."""
    checks = [_CHECKS.index(check) for check in long[15:].upper()]
    short = "".join(
        letter.upper() if checks[place // 5] >> place % 5 & 1 else letter.lower()
        for place, letter in enumerate(long[:15])
    )
    restored = _lengthened(short)
    given = long[:15]
    if restored[15:] != long[15:].upper() or given not in (short, given.upper(), given.lower()):
        return None
    return restored
