"""Which columns hold personal data: each is said to be, or not to be, one (GDPR-1).

Every app says so of its own models in a file ``personal.py``:

    COLUMNS = {
        "Consent": Columns(personal="given_by evidence", plain="use given_on expires_on"),
    }

Keys need no word, since they say nothing without the row they lead to. Whatever else stands in a
table does: a column nobody spoke of stops every command. Export and erasure are made from this
and from the foreign keys, so that a table of tomorrow is not forgotten by either.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal

from django.apps import AppConfig, apps
from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.db import models
from django.utils.module_loading import module_has_submodule

from advocacy.tenancy.base import TenantModel

FILE = "personal"
#: Labels of other people's apps, which cannot have a file of ours, are said in full here.
HOME = "advocacy.tenancy.personal"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of one model hold; names in one text, separated by blanks.

    ``personal``  data about a person, or free text in which anybody may be named
    ``plain``     codes, dates, counts and money: they stay when a person is erased
    ``hidden``    plain, and never shown, not even in an export
    ``refers``    plain: the id of a record of any kind, without a foreign key
    ``address``   the one personal column by which a row is somebody's without any key
    ``owns``      foreign keys whose rows belong to this one and go the way it goes
    ``whose``     about whom: customers' people, or colleagues, whom an erasure leaves alone
    ``goes``      the whole row goes when the person it is about is erased; nothing counts it
    ``twice``     when two records become one and both have such a row where one may be: the one of
                  the record that goes is deleted (``drop``), the service saw to it before
                  (``settle``), or this column of it is set (its name)
    ``apart``     not about whom its keys lead to: what colleagues did with words somebody published
    ``derived``   made by the database out of other columns, and follows them
    ``erased``    what a personal column holds afterwards, where it can be neither empty nor null
    """

    personal: str = ""
    plain: str = ""
    hidden: str = ""
    refers: str = ""
    address: str = ""
    owns: str = ""
    whose: Literal["customer", "colleague"] = "customer"
    goes: bool = False
    twice: str = ""
    apart: bool = False
    derived: bool = False
    erased: Mapping[str, Callable[[], Any]] = field(default_factory=dict)

    @property
    def personal_names(self) -> list[str]:
        """The personal ones."""
        return self.personal.split()

    @property
    def named(self) -> list[str]:
        """Every column somebody spoke of."""
        return f"{self.personal} {self.plain} {self.hidden} {self.refers}".split()


@cache
def classified() -> Mapping[str, Columns]:
    """What is said of every model, by its label. Needs the apps to be loaded."""
    found: dict[str, Columns] = {}
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, FILE):  # type: ignore[arg-type]
            continue
        said: Mapping[str, Columns] = import_module(f"{config.name}.{FILE}").COLUMNS
        for name, columns in said.items():
            found[name if "." in name else f"{_label(config, name)}.{name}"] = columns
    return found


def _label(config: AppConfig, name: str) -> str:
    """The label a model of this app stands under, which need not be the app's own."""
    for model in apps.get_models():
        if model.__name__ == name and model.__module__.startswith(f"{config.name}."):
            return model._meta.app_label
    return config.label


def columns_of(model: type[models.Model]) -> Columns:
    """What is said of a model's columns; nothing is what a forgotten one gets."""
    return classified().get(model._meta.label, Columns())


def own_columns(model: type[models.Model]) -> list[Any]:
    """The columns of a model that are no keys."""
    return [each for each in model._meta.concrete_fields if not is_key(each)]


def is_key(column: Any) -> bool:
    """Whether a column only leads to a row."""
    return bool(column.primary_key or column.is_relation)


def blank_of(column: Any, columns: Columns) -> Any:
    """What a personal column holds once the person is erased. ``LookupError``: nobody said."""
    if column.name in columns.erased:
        return columns.erased[column.name]()
    if column.null:
        return None
    if isinstance(column, ArrayField):
        return []
    if isinstance(column, models.JSONField):
        return column.get_default()
    if isinstance(column, models.CharField | models.TextField):
        return ""
    if isinstance(column, models.BinaryField):
        return b""
    raise LookupError(column.name)


def tenant_models() -> list[type[TenantModel]]:
    """Every table of a tenant."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def keys_of(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys of a model into tables of the tenant."""
    for column in model._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and issubclass(column.related_model, TenantModel):  # type: ignore[arg-type]
            yield column


def faults() -> Iterator[tuple[type[models.Model] | None, str]]:
    """Everything that is missing, said twice or said of what is not there."""
    said = dict(classified())
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        columns = said.pop(label, Columns())
        own = {column.name: column for column in own_columns(model)}
        for name in own.keys() - set(columns.named):
            yield model, f"{label}.{name} is not said to be personal or not"
        for name in set(columns.named) - own.keys():
            yield model, f"{label}: there is no column {name} to say anything of"
        if twice := {name for name in columns.named if columns.named.count(name) > 1}:
            yield model, f"{label}: {', '.join(sorted(twice))} is said to be two things"
        keys = {key.name for key in keys_of(model)} if issubclass(model, TenantModel) else set()
        for name in set(columns.owns.split()) - keys:
            yield model, f"{label}: {name} is no foreign key that could own a row"
        if columns.address and columns.address not in columns.personal_names:
            yield model, f"{label}: the address {columns.address} is not among its personal columns"
        for name, column in own.items():
            if isinstance(column, models.UUIDField) and name not in columns.refers.split():
                if name not in columns.hidden.split():
                    yield model, f"{label}.{name} holds an id; say what of in refers"
        if issubclass(model, TenantModel) and columns.whose == "customer" and not columns.goes:
            yield from _unerasable(model, columns, own)
    for label in said:
        yield None, f"{label}: there is no such model to say anything of"


def _unerasable(
    model: type[models.Model], columns: Columns, own: Mapping[str, Any]
) -> Iterator[tuple[type[models.Model], str]]:
    for name in columns.personal_names:
        if name in own and not columns.derived:
            try:
                blank_of(own[name], columns)
            except LookupError:
                yield model, f"{model._meta.label}.{name}: say in erased what it holds afterwards"


def check_classification(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Every column is said to be personal or not (GDPR-1)."""
    return [checks.Error(text, obj=model, id="tenancy.E020") for model, text in faults()]
