"""Taking a person out of every table, and leaving what the program counts (GDPR-1)."""

import re
import uuid
from collections.abc import Iterator
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.records.held import Rows, Traces, is_followed, keepers, may_change
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.classification import blank_of, columns_of, tenant_models

#: Set to "on" while words of the ledger may go; its guard lets nothing else be changed by it.
ERASING = "app.is_erasing"

_TEXTS = (models.CharField, models.TextField)


def forget(root: TenantModel, traces: Traces, found: Rows) -> None:
    """Empty every personal column of the rows about a person, delete those that go wholly, and
    take their names out of whatever else was written. Needs a transaction; runs in one statement
    for each table and word.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {ERASING} = 'on'")
    for keeper in keepers():
        keeper.forget(traces, found)
    _delete([model for model in found if columns_of(model).goes], found)
    for model, pks in found.items():
        columns = columns_of(model)
        if columns.goes or columns.whose != "customer" or not may_change(model):
            continue
        blank = {
            name: blank_of(model._meta.get_field(name), columns) for name in columns.personal_names
        }
        if blank:
            model.objects.filter(pk__in=pks).update(**blank)
    for model, pk, name, value in list(mentions(traces, found)):
        column = model._meta.get_field(name)
        model.objects.filter(pk=pk).update(**{name: _without(column, value, traces)})
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {ERASING} = 'off'")


def _delete(going: list[type[TenantModel]], found: Rows) -> None:
    """Rows that go, those first to which nothing leads any more."""
    while going:
        led_to = {
            key.related_model
            for model in going
            for key in model._meta.concrete_fields
            if key.related_model is not model
        }
        first = [model for model in going if model not in led_to] or going
        for model in first:
            rows = model.objects.filter(pk__in=found[model])
            rows._raw_delete(rows.db)
        going = [model for model in going if model not in first]


def mentions(
    traces: Traces, found: Rows
) -> Iterator[tuple[type[TenantModel], uuid.UUID, str, Any]]:
    """Texts in rows about something else in which a person is named: model, id, column, text."""
    if not traces.words:
        return
    for model in tenant_models():
        names = [name for name in columns_of(model).personal_names if _is_text(model, name)]
        if not names or not is_followed(model) or not may_change(model):
            continue
        anywhere = Q()
        for name in names:
            for word in traces.words:
                # Part by part, for a text that breaks its lines between them.
                parts = (Q(**{f"{name}__icontains": part}) for part in word.split())
                anywhere |= reduce(and_, parts)
        rows = model.objects.filter(anywhere).exclude(pk__in=found.get(model, ())).order_by("pk")
        for pk, *values in rows.values_list("pk", *names):
            for name, value in zip(names, values, strict=True):
                if _without(model._meta.get_field(name), value, traces) != value:
                    yield model, pk, name, value


def _is_text(model: type[TenantModel], name: str) -> bool:
    column = model._meta.get_field(name)
    return isinstance(column, (*_TEXTS, models.JSONField)) and not getattr(column, "choices", None)


def _without(column: Any, value: Any, traces: Traces) -> Any:
    """A text without the words a person is known by; an address that is one is emptied."""
    if isinstance(value, list):
        return [_without(None, part, traces) for part in value]
    if isinstance(value, dict):
        return {key: _without(None, part, traces) for key, part in value.items()}
    if not isinstance(value, str):
        return value
    found = pattern_of(traces).sub(_("[erased]"), value)
    if found == value:
        return value
    if isinstance(column, models.EmailField):
        return ""
    return found[: getattr(column, "max_length", None) or len(found)]


def pattern_of(traces: Traces) -> re.Pattern[str]:
    """Finds a person's words, but not within longer ones."""
    words = "|".join(
        # However a text breaks its lines, and in the genitive.
        r"\s+".join(re.escape(part) for part in word.split())
        for word in sorted(traces.words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w.+-])(?:{words})(?:['’]?s)?(?![\w-])", re.IGNORECASE)
