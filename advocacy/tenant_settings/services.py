"""Changing a tenant's numbers, and saying beforehand whom that moves (SET-1)."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenant_settings.families import Family, Values, cautions_of
from advocacy.tenant_settings.models import FamilySettings
from advocacy.tenant_settings.reading import forget

#: People named of each group that a change moves; the count beside them is of everybody.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Moved:
    """People a change takes from one standing to another."""

    before: str
    after: str
    count: int
    names: tuple[str, ...]


def change_settings(
    *, actor: Actor, family: Family, values: Values, anyway: bool = False
) -> dict[str, Any]:
    """Change some values of a family, checked as a whole; returns all of them as they are now.

    Takes effect at once; due times that are set already stay. Raises ``DomainError`` with a
    sentence per field, ``NotAllowed`` without the right to one of them; ``Conflict`` at ``anyway``
    for a colleague where something speaks against it that ``anyway`` passes. Locks the family's
    row.
    """
    permit(actor, "settings.rules")
    with transaction.atomic():
        FamilySettings.objects.bulk_create(
            [FamilySettings(family=family.key)], ignore_conflicts=True
        )
        row = FamilySettings.objects.select_for_update().get(family=family.key)
        forget()
        before = family.load()
        changes = _changes(family, before, values)
        if not changes:
            return before
        after = {**before, **changes}
        for key in changes:
            _permit_setting(actor, family, key, before, after)
        _check(family, changes, after)
        wary = anyway or actor.membership is None
        cautions = [] if wary else cautions_of(family.key, changes)
        stood = [each.look() for each in cautions]
        for source in family.sources:
            own = {each.key for each in source.settings} & changes.keys()
            if own:
                source.save({key: changes[key] for key in own})
        said = [
            text
            for each, was in zip(cautions, stood, strict=True)
            for text in each.grown(was, each.look())
        ]
        if said:
            raise Conflict(" ".join(said), code="over_committed", fields={"anyway": " ".join(said)})
        record(
            "settings.changed",
            row,
            actor=actor,
            payload={
                "family": family.key,
                "before": {key: _plain(before[key]) for key in sorted(changes)},
                "after": {key: _plain(value) for key, value in sorted(changes.items())},
            },
        )
        return family.load()


def preview_change(*, actor: Actor, family: Family, values: Values) -> list[Moved]:
    """Whom a change would move, the largest group first. Nothing stays of it; refused like it."""
    if not family.standings:
        return []
    now = family.load()
    changed = [key for key, value in _as_kept(values).items() if value != now.get(key)]
    # A change that moves nobody is refused like any other.
    asked = [each.of for each in family.standings if each.concerns(changed)] or [dict]

    def change() -> None:
        change_settings(actor=actor, family=family, values=values, anyway=True)

    return [
        moved for of in asked for moved in whom_it_moves(change, standing=of, names=family.names)
    ]


def what_speaks_against(*, actor: Actor, family: Family, values: Values) -> str:
    """What a change would be warned of, in words; nothing stays of it."""
    try:
        with transaction.atomic():
            change_settings(actor=actor, family=family, values=values)
            transaction.set_rollback(True)
    except Conflict as warned:
        if "anyway" not in warned.fields:
            raise
        return warned.message
    finally:
        forget()
    return ""


def whom_it_moves(
    change: Callable[[], object],
    *,
    standing: Callable[[], Mapping[uuid.UUID, str]],
    names: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]] | None,
) -> list[Moved]:
    """Make a change, see who stands elsewhere after it, and undo it; raises what it raises."""
    try:
        with transaction.atomic():
            before = standing()
            change()
            after = standing()
            transaction.set_rollback(True)
    finally:
        forget()
    return _moved(names, before, after)


def put_back(*, actor: Actor, family: Family, keys: Collection[str]) -> dict[str, Any]:
    """Give some settings their default again, whatever speaks against it."""
    values = defaults_of(family, keys)
    return change_settings(actor=actor, family=family, values=values, anyway=True)


def defaults_of(family: Family, keys: Collection[str]) -> dict[str, Any]:
    """The defaults of some settings; ``DomainError`` for one that is none."""
    if unknown := [key for key in keys if key not in family.settings]:
        problem = _("There is no setting “%(key)s”; there are: %(known)s.") % {
            "key": unknown[0],
            "known": ", ".join(family.settings),
        }
        raise DomainError(problem, fields={"keys": problem})
    return {key: family.settings[key].usual for key in keys}


def permit(actor: Actor, action: str) -> None:
    """``NotAllowed`` for advocates and for members without the right; jobs may."""
    if actor.kind == "advocate" or not (actor.membership is None or actor.membership.can(action)):
        raise NotAllowed(_("Your role does not change the program's rules."))


def blocks(family: Family, key: str, *standings: Values) -> bool:
    """Whether a setting is part of a guardrail that blocks, before or after a change (CAP-5)."""
    mode = family.settings[key].blocks
    if mode is None:
        return False
    return not mode or any(values[mode] == "block" for values in standings)


def _permit_setting(actor: Actor, family: Family, key: str, before: Values, after: Values) -> None:
    if not blocks(family, key, before, after) or actor.membership is None:
        return
    if not actor.membership.can("settings.guardrails"):
        raise NotAllowed(
            _("“%(setting)s” blocks: only an administrator changes it.")
            % {"setting": family.settings[key].name}
        )


def _changes(family: Family, before: Values, values: Values) -> dict[str, Any]:
    """What differs, as it is kept."""
    if unknown := [key for key in values if key not in family.settings]:
        raise DomainError(
            _("There is no such setting."),
            fields={key: _("There is no such setting.") for key in unknown},
        )
    return {key: value for key, value in _as_kept(values).items() if value != before[key]}


def _as_kept(values: Values) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in values.items()}


def _check(family: Family, changes: Values, after: Values) -> None:
    problems = {key: family.settings[key].problem(value) for key, value in changes.items()}
    problems = {key: text for key, text in problems.items() if text}
    if not problems:
        problems = family.check(after)
    if problems:
        said = "; ".join(f"{family.settings[key].name}: {text}" for key, text in problems.items())
        raise DomainError(said, fields=problems)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | time):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _moved(
    names_of: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]] | None,
    before: Mapping[uuid.UUID, str],
    after: Mapping[uuid.UUID, str],
) -> list[Moved]:
    groups: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    for person in before.keys() | after.keys():
        pair = before.get(person, ""), after.get(person, "")
        if pair[0] != pair[1]:
            groups[pair].append(person)
    named = [person for people in groups.values() for person in sorted(people)[:NAMED]]
    names = names_of(named) if names_of and named else {}
    moved = [
        Moved(
            pair[0],
            pair[1],
            len(people),
            tuple(names[person] for person in sorted(people)[:NAMED] if person in names),
        )
        for pair, people in groups.items()
    ]
    return sorted(moved, key=lambda each: (-each.count, each.before, each.after))
