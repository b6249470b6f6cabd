"""A person with everything the product can hold of them, whatever tables there are.

Made from the foreign keys: a table of tomorrow is filled as well, or fails for want of a factory.
"""

import uuid
from typing import Any

from django.db import connection, models

from advocacy.records.forgetting import ERASING
from advocacy.records.held import is_followed
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.classification import columns_of, keys_of, tenant_models
from advocacy.tenancy.models import MergedRecord
from advocates.models import Capacity, Erasure, ProgramPolicy
from tests.contracts.samples import factory_of

#: Rows there is one of for each person, made with them.
Made = dict[type[TenantModel], list[TenantModel]]


def everything_about(root: TenantModel) -> Made:
    """Rows of every table that leads to a record, to a row about it, or keeps its id."""
    _lift_limits()
    made: Made = {type(root): [root]}
    waiting: list[TenantModel] = [root]
    while waiting:
        row = waiting.pop(0)
        for model in tenant_models():
            if model in made or not is_followed(model) or columns_of(model).apart:
                continue
            for name in _ways(model, row):
                new = _row(model, name, row, root)
                made.setdefault(model, []).append(new)
                waiting.append(new)
                break
    return made


def _lift_limits() -> None:
    """Factories ask the same person many times in a moment."""
    modes = {
        column.name: "warn"
        for column in ProgramPolicy._meta.fields
        if column.name.endswith("_mode")
    }
    ProgramPolicy.objects.update(**modes)
    Capacity.objects.update(allowance=99)


def _ways(model: type[TenantModel], row: TenantModel) -> list[str]:
    keys = [key.name for key in keys_of(model) if key.related_model is type(row)]
    if model in (MergedRecord, Erasure):
        return []
    return keys or [name for name in columns_of(model).refers.split() if name == "subject_id"]


def _row(model: type[TenantModel], name: str, row: TenantModel, root: TenantModel) -> TenantModel:
    is_key = model._meta.get_field(name).is_relation
    value: Any = row if is_key else row.pk
    there = model.objects.filter(**{name: value}).first()
    if there is not None:
        return there
    given = {name: value}
    for key in keys_of(model):
        if key.related_model is type(root):
            given[key.name] = root
    made: TenantModel = factory_of(model)(**given)
    return made


def mark(made: Made, prefix: str) -> list[str]:
    """Put a word of its own into every personal text of these rows; returns the words."""
    words: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {ERASING} = 'on'")
    for model, rows in made.items():
        columns = columns_of(model)
        if columns.whose != "customer":
            continue
        for row in rows:
            values = {}
            for name in columns.personal_names:
                column: Any = model._meta.get_field(name)
                word = f"{prefix}{len(words)}q"
                if isinstance(column, models.JSONField):
                    values[name] = [{"text": f"Dear {word}"}]
                elif isinstance(column, models.EmailField):
                    values[name] = f"{word}@example.org"
                elif isinstance(column, models.CharField | models.TextField) and not column.choices:
                    values[name] = word[: column.max_length or None]
                else:
                    continue
                words.append(word[: getattr(column, "max_length", None) or None])
            if values:
                model.objects.filter(pk=row.pk).update(**values)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {ERASING} = 'off'")
    return words


def dump() -> dict[str, list[str]]:
    """Every row of every table that the application can see, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT') ORDER BY relname"
        )
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def rows_as_text(ids: dict[type[TenantModel], set[uuid.UUID]]) -> dict[str, list[str]]:
    """These rows, column by column."""
    return {
        model._meta.label: sorted(
            str(values) for values in model.objects.filter(pk__in=pks).values_list()
        )
        for model, pks in ids.items()
    }
