"""Everything held about one record, as one document (GDPR-1)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Model

from advocacy import clock
from advocacy.events.models import Event
from advocacy.records.forgetting import mentions
from advocacy.records.held import Rows, Traces, keepers, rows_about
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.classification import columns_of
from advocacy.tenancy.models import Membership


def export_of(root: TenantModel, traces: Traces, *, with_mentions: bool) -> dict[str, Any]:
    """The document, in what JSON can say; one table of the product is one list.

    ``with_mentions`` adds texts about others in which the person is named: for colleagues, who see
    to it that nobody else's affairs leave with them.
    """
    found = rows_about(root, traces)
    names = _names(found)
    document: dict[str, Any] = {
        "exported_at": clock.now().isoformat(),
        "subject": {"kind": root._meta.label_lower, "id": str(root.pk)},
        "records": {
            model._meta.label_lower: [_row(row, names) for row in _read(model, found[model])]
            for model in sorted(found, key=lambda model: model._meta.label_lower)
        },
        "events": _events(found),
    }
    for keeper in keepers():
        if held := keeper.held(traces, found):
            document["records"][keeper.name] = held
    if with_mentions:
        document["mentions"] = [
            {"kind": model._meta.label_lower, "id": str(pk), "column": name, "text": _plain(text)}
            for model, pk, name, text in mentions(traces, found)
        ]
    return document


def counts_of(root: TenantModel, traces: Traces) -> list[tuple[str, int]]:
    """How many rows with personal data there are of each kind, by its name, the most first; the
    record itself is not counted.
    """
    counted = [
        (str(model._meta.verbose_name), len(pks))
        for model, pks in rows_about(root, traces).items()
        if model is not type(root) and columns_of(model).personal
    ]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def _read(model: type[TenantModel], pks: Iterable[uuid.UUID]) -> Iterable[TenantModel]:
    return model.objects.filter(pk__in=pks).order_by("pk")


def _row(row: Model, names: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    left_out = {"tenant", *columns_of(type(row)).hidden.split()}
    shown: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        if column.name in left_out:
            continue
        value = getattr(row, column.attname)
        shown[column.name] = _plain(value)
        if column.is_relation and value in names:
            shown[column.name] = {"id": str(value), "name": names[value]}
    return shown


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return None  # an uploaded file; its rows are told by who keeps them
    return value


def _names(found: Rows) -> dict[uuid.UUID, str]:
    """What rows are called to which the rows lead and that are not among them: the company, the
    kind of activity, the colleague.
    """
    wanted: dict[type[Model], set[uuid.UUID]] = defaultdict(set)
    for model, pks in found.items():
        for column in model._meta.concrete_fields:
            target = column.related_model
            if column.name == "tenant" or target is None or target in found:
                continue
            led = model.objects.filter(pk__in=pks).values_list(column.attname, flat=True)
            wanted[target] |= {pk for pk in led if pk}
    names: dict[uuid.UUID, str] = {}
    for target, pks in wanted.items():
        rows = target._default_manager.filter(pk__in=pks)
        if target is Membership:
            rows = rows.select_related("user")
        names |= {row.pk: str(row) for row in rows}
    return names


def _events(found: Rows) -> list[dict[str, Any]]:
    ids = set().union(*found.values())
    events = Event.objects.filter(subjects__subject_id__in=ids).distinct().order_by("at", "id")
    return [
        {
            "at": event.at.isoformat(),
            "verb": event.verb,
            "by": event.actor_kind,
            "about": {"kind": event.subject_type, "id": str(event.subject_id)},
            "payload": event.payload,
        }
        for event in events
    ]
