"""What the kinds share: which fields of which rows change, and saying what is wrong with one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from advocacy.records.writes import changed_fields
from advocacy.tenancy.errors import DomainError
from advocates.changes import check_fields
from imports.registry import Outcome, Row


def differences(record: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a record does not have yet."""
    return {name: values[name] for name in changed_fields(record, values)}


def assign(record: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set the values; returns what was there before, keyed by field, ids for relations."""
    before = {}
    for name, value in values.items():
        field = record._meta.get_field(name)
        before[name] = getattr(record, getattr(field, "attname", name))
        setattr(record, name, value)
    return before


def restore(record: models.Model, before: Mapping[str, Any]) -> None:
    """Put back what :func:`assign` replaced."""
    for name, value in before.items():
        field = record._meta.get_field(name)
        setattr(record, getattr(field, "attname", name), value)


def is_valid(record: models.Model, names: Iterable[str], row: Row, outcome: Outcome) -> bool:
    """Check the named fields; a field that is wrong refuses the row with a remark."""
    try:
        check_fields(record, names)
    except DomainError as error:
        for name, problem in error.fields.items():
            outcome.refuse(row, name, problem)
        return False
    return True
