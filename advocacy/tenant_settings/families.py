"""Families: what one settings page and one REST resource show (SET-1)."""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from advocacy.tenant_settings.models import FamilySettings
from advocacy.tenant_settings.reading import current, forget
from advocacy.tenant_settings.settings import Numbers, Setting, Text, settings_of

Values = Mapping[str, Any]
Problems = dict[str, str]


class Source(Protocol):
    """Where some of a family's settings are kept."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What it holds, in the order in which it is shown."""

    def load(self) -> dict[str, Any]:
        """The values of all its settings as they are now."""

    def save(self, changes: Values) -> None:
        """Keep some; checked, locked and in a transaction. Consequences follow at once."""


@dataclass(frozen=True)
class Stored:
    """Numbers kept in the table, only where they differ from the default."""

    numbers: type[Numbers]

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Those the class declares."""
        return settings_of(self.numbers)

    def load(self) -> dict[str, Any]:
        now = current(self.numbers)
        found = {each.key: getattr(now, each.key) for each in self.settings}
        return {k: str(v) if isinstance(v, Promise) else v for k, v in found.items()}

    def save(self, changes: Values) -> None:
        FamilySettings.objects.bulk_create(
            [FamilySettings(family=self.numbers.store)], ignore_conflicts=True
        )
        row = FamilySettings.objects.select_for_update().get(family=self.numbers.store)
        usual = {each.key: each.default for each in self.settings}
        merged = {**row.values, **changes}
        row.values = {key: value for key, value in merged.items() if value != usual.get(key)}
        row.save(update_fields=["values"])
        forget()


@dataclass(frozen=True)
class Standing:
    """Where each person stands whom some settings can move: what they move is found by asking
    before and after the change. ``keys`` says which settings; empty for every one of the family.
    """

    of: Callable[[], Mapping[uuid.UUID, str]]
    keys: frozenset[str] = frozenset()

    def concerns(self, changed: Collection[str]) -> bool:
        """Whether a change of these settings can move anybody here."""
        return not self.keys or not self.keys.isdisjoint(changed)


@dataclass(frozen=True)
class Caution:
    """What speaks against a change of some settings and can be passed: ``look`` before and after
    it, and the sentences that ``grown`` makes of the two; none where nothing speaks against it.
    """

    keys: frozenset[str]
    look: Callable[[], Any]
    grown: Callable[[Any, Any], list[str]]


def no_problems(values: Values) -> Problems:
    """The check of a family whose values do not depend on each other."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Family:
    """Settings that belong together: one page, one resource, checked as a whole.

    ``check``     problems by key of values that are each within their range (order, sums)
    ``standings`` where people stand whom a change can move
    ``names``     what these people are called
    ``related``   pages with more of the same subject: label and name of the address
    """

    key: str
    title: Text
    text: Text
    icon: str
    sources: tuple[Source, ...]
    check: Callable[[Values], Problems] = no_problems
    standings: tuple[Standing, ...] = ()
    names: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]] | None = None
    related: tuple[tuple[Text, str], ...] = ()

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """All of them by key."""
        found = [each for source in self.sources for each in source.settings]
        if len({each.key for each in found}) < len(found):
            raise ImproperlyConfigured(f"settings {self.key!r}: a key stands twice")
        return {each.key: each for each in found}

    def load(self) -> dict[str, Any]:
        """The values as they are now."""
        return {key: value for source in self.sources for key, value in source.load().items()}


_families: dict[str, Family] = {}


def register(*families: Family) -> None:
    """Make families known; ``ValueError`` for a key that is taken. Shown in this order."""
    for family in families:
        if _families.setdefault(family.key, family) is not family:
            raise ValueError(f"the settings family {family.key!r} is registered already")


_cautions: dict[str, list[Caution]] = {}


def register_caution(family: str, caution: Caution) -> None:
    """Called in ``ready()`` by an app above the family's own."""
    _cautions.setdefault(family, []).append(caution)


def cautions_of(family: str, changed: Collection[str] | None = None) -> list[Caution]:
    """Those of a family, or those that some changed settings concern."""
    found = _cautions.get(family, [])
    return [each for each in found if changed is None or not each.keys.isdisjoint(changed)]


def registered() -> list[Family]:
    """Every family. A function: apps register theirs while they start."""
    return list(_families.values())


def family_of(key: str) -> Family | None:
    """A family by its key."""
    return _families.get(key)


def family_names(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """What the audit log calls a change's subject."""
    rows = FamilySettings.objects.filter(pk__in=ids)
    return {row.pk: _title(row.family) for row in rows}


def _title(key: str) -> str:
    family = _families.get(key)
    return str(family.title) if family else key
