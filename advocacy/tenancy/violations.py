"""Which rule of the database an error is about, also where a worker of Citus sent it.

PostgreSQL says the constraint and its table in fields of their own. A worker's error arrives as a
text only, and every name in it has the shard's number behind it; of a name that would become too
long, Citus keeps a beginning and eight digits of a hash. The names are then looked for among those
that the models declare.
"""

import re
from functools import cache

from django.apps import apps
from django.db import DatabaseError

_SHARD = re.compile(r"_\d{5,}$")
_HASHED = re.compile(r"_[0-9a-f]{8}$")
_CONSTRAINT = re.compile(r"\b(?:unique|check|exclusion|foreign key) constraint \"([^\"]+)\"")
_TABLE = re.compile(r"\b(?:relation|table) \"([^\"]+)\"")
#: How a rule of ours names itself, where it is raised by a trigger: its name and nothing else.
_OWN_RULE = re.compile(r"^DETAIL:\s+([a-z]\w+)\s*$", re.MULTILINE)


def violated(error: DatabaseError) -> tuple[str, str]:
    """Names of the violated constraint and of its table, as they are on one machine.

    Each is empty where the error does not say it. A rule that a trigger raises has no table on
    several machines.
    """
    cause = error.__cause__
    diag = getattr(cause, "diag", None)
    name = str(getattr(diag, "constraint_name", None) or "")
    table = str(getattr(diag, "table_name", None) or "")
    if name and table:
        return name, table
    said = str(cause or error)
    detail = getattr(diag, "message_detail", None)
    if not name:
        if found := _CONSTRAINT.search(said):
            name = _whole(found[1], _tables_by_constraint())
        elif found := _OWN_RULE.search(f"{said}\nDETAIL: {detail}" if detail else said):
            name = found[1]
    if not table:
        owners = _tables_by_constraint().get(name, frozenset())
        if len(owners) == 1:
            (table,) = owners
        elif found := _TABLE.search(said):
            table = _whole(found[1], dict.fromkeys(_tables(), frozenset()))
    return name, table


def _whole(name: str, known: dict[str, frozenset[str]]) -> str:
    """A name as it was before the shard's number, and perhaps a hash, took its end."""
    if name in known:
        return name
    short = _SHARD.sub("", name)
    if short in known or not _HASHED.search(short):
        return short
    start = _HASHED.sub("", short)
    cut = [each for each in known if each.startswith(start) and len(each) > len(short)]
    return cut[0] if len(cut) == 1 else short


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models())


@cache
def _tables_by_constraint() -> dict[str, frozenset[str]]:
    """The tables that declare a constraint of a name; mostly one."""
    found: dict[str, frozenset[str]] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            before = found.get(constraint.name, frozenset())
            found[constraint.name] = before | {model._meta.db_table}
    return found
