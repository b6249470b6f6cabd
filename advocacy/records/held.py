"""What is held about one record: its rows, found by the foreign keys and the classification.

Nothing here names a table. A row is about a person when a key leads from it to them, or to a row
about them; when it keeps the id of such a row; when a row about them owns it; or when it holds
their address. What says that it is ``apart`` never is. What is kept otherwise (the rows of an
uploaded file) has a keeper that says so.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.classification import columns_of, keys_of, tenant_models

Rows = dict[type[TenantModel], set[uuid.UUID]]


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person is known by in texts.

    ``words``    names, numbers and addresses that are nobody else's
    ``address``  the e-mail, where it is nobody else's
    ``name``     first and last name, where nobody else has both, as the cells of a table hold them
    ``codes``    ids in other systems, each with the system
    """

    words: tuple[str, ...] = ()
    address: str = ""
    name: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Keeper:
    """What keeps something of a person in a way that no key and no column shows.

    ``held`` tells it for an export; ``forget`` does what erasing takes besides emptying columns.
    """

    name: str
    held: Callable[[Traces, Mapping[type[TenantModel], set[uuid.UUID]]], list[dict[str, Any]]]
    forget: Callable[[Traces, Mapping[type[TenantModel], set[uuid.UUID]]], None]


_keepers: dict[str, Keeper] = {}


def register_keeper(keeper: Keeper) -> None:
    """Make a keeper known; for ``ready()``."""
    _keepers[keeper.name] = keeper


def keepers() -> list[Keeper]:
    """Every keeper, by name."""
    return [_keepers[name] for name in sorted(_keepers)]


def is_followed(model: type[TenantModel]) -> bool:
    """Whether rows of a table are looked for: not the log, which keeps ids alone and for ever, nor
    what the database makes out of other columns.
    """
    return model._meta.app_label != "events" and not columns_of(model).derived


def rows_about(root: TenantModel, traces: Traces) -> Rows:
    """The ids of every row about a record, itself among them, by model."""
    found: Rows = {type(root): {root.pk}}
    fresh: Rows = {type(root): {root.pk}}
    if traces.address:
        for model, pk in _addressed(traces.address):
            if model is not type(root):
                found.setdefault(model, set()).add(pk)
                fresh.setdefault(model, set()).add(pk)
    while fresh:
        following: Rows = defaultdict(set)
        for model, pks in _next(fresh):
            following[model] |= pks - found.get(model, set())
        fresh = {model: pks for model, pks in following.items() if pks}
        for model, pks in fresh.items():
            found.setdefault(model, set()).update(pks)
    return found


def _next(fresh: Rows) -> Iterator[tuple[type[TenantModel], set[uuid.UUID]]]:
    """One step further from some rows."""
    ids = set().union(*fresh.values())
    for model in tenant_models():
        if not is_followed(model) or columns_of(model).apart:
            continue
        wanted = Q()
        for key in keys_of(model):
            if pks := fresh.get(key.related_model):
                wanted |= Q(**{f"{key.name}__in": pks})
        for name in columns_of(model).refers.split():
            wanted |= Q(**{f"{name}__in": ids})
        if wanted:
            yield model, set(model.objects.filter(wanted).values_list("pk", flat=True))
    for model, pks in fresh.items():
        for name in columns_of(model).owns.split():
            target: Any = model._meta.get_field(name).related_model
            owned = model.objects.filter(pk__in=pks, **{f"{name}__isnull": False})
            yield target, set(owned.values_list(f"{name}_id", flat=True))


def _addressed(address: str) -> Iterator[tuple[type[TenantModel], uuid.UUID]]:
    for model in tenant_models():
        if name := columns_of(model).address:
            rows = model.objects.filter(**{f"{name}__iexact": address})
            for pk in rows.values_list("pk", flat=True):
                yield model, pk


def may_change(model: type[Model]) -> bool:
    """Whether the application may write to rows of a table."""
    return issubclass(model, TenantModel) and "UPDATE" in model.application_may
