"""What services share: cleaning by the model's own validators, comparing, telling the log."""

from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, models, transaction

from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.text import has_words

Upserted = Literal["created", "updated", "unchanged"]
Row = TypeVar("Row", bound=models.Model)


class LimitedText(models.TextField):  # type: ignore[type-arg]
    """Text whose ``max_length`` counts everywhere: Django itself checks it in forms only.

    To the database, and so to migrations, it is a ``TextField``.
    """

    def deconstruct(self) -> Any:
        """As the ``TextField`` it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 3}), **kwargs})

    @property
    def validators(self) -> list[Any]:  # type: ignore[override]
        """The field's own, and its length."""
        return [*super().validators, MaxLengthValidator(self.max_length or 0)]


def _is_mute(value: Any) -> bool:
    """Whether it is a text in which there is nothing to read: a lone zero-width space."""
    return isinstance(value, str) and not has_words(value)


def tidy(value: Any) -> Any:
    """Text without surrounding blanks and without the one character PostgreSQL cannot keep; a line
    ends as it does elsewhere, while a browser sends two characters for it: what nobody changed in a
    form is no change (BAD-3).
    """
    return unbroken(value.replace("\x00", "")).strip() if isinstance(value, str) else value


def unbroken(text: str) -> str:
    """Text in which ``\\n`` alone ends a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean(
    row: models.Model, values: Mapping[str, Any], *, required: Collection[str] = ()
) -> dict[str, Any]:
    """The values as they will be stored, checked by the fields of ``row``, which stays as it is.

    ``required`` names fields that may be blank in the database but not here. Raises ``DomainError``
    with a sentence at each field. A name that is no field is a programming error (``TypeError``).
    """
    tidied = {name: tidy(value) for name, value in values.items()}
    unknown = set(tidied) - {field.name for field in row._meta.fields}
    if unknown:
        raise TypeError(f"{row._meta.label} has no field {sorted(unknown)}")
    trial = copy(row)
    trial._state = copy(row._state)
    trial._state.fields_cache = dict(row._state.fields_cache)  # type: ignore[attr-defined]
    for name, value in tidied.items():
        setattr(trial, name, value)
    problems: dict[str, list[str]] = {}
    for name in tidied:
        field: Any = row._meta.get_field(name)
        raw = getattr(trial, field.attname)
        needed = field.blank is False or name in required
        if needed and (raw in field.empty_values or _is_mute(raw)):
            problems[name] = [str(field.error_messages["blank"])]
        elif not field.is_relation and raw not in field.empty_values:
            # A foreign row is kept out by its foreign key; validating would ask for it again.
            try:
                tidied[name] = field.clean(raw, trial)
            except ValidationError as error:
                problems[name] = error.messages
    if problems:
        raise refusal(row, problems)
    return tidied


def refusal(row: models.Model, problems: Mapping[str, Iterable[str]]) -> DomainError:
    """Messages per field as one refusal."""
    fields = {name: " ".join(messages) for name, messages in problems.items()}
    labels = {field.name: str(getattr(field, "verbose_name", "")) for field in row._meta.fields}
    text = "; ".join(f"{labels.get(name, name)}: {words}" for name, words in fields.items())
    return DomainError(text, fields=fields)


def plain(row: models.Model, name: str, value: Any) -> Any:
    """A value as the column holds it."""
    if isinstance(value, models.Model):
        return value.pk
    places = getattr(row._meta.get_field(name), "decimal_places", None)
    if isinstance(value, Decimal) and places is not None:
        return value.quantize(Decimal(1).scaleb(-places))
    return value


def stored(row: models.Model, name: str) -> Any:
    """A field's value as the column holds it; of a relation the key."""
    field: Any = row._meta.get_field(name)
    return getattr(row, field.attname)


def changed_fields(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Names of the fields whose value would change, in the order given."""
    return [name for name, value in values.items() if stored(row, name) != plain(row, name, value)]


def save_changes(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Store what differs and return it as ``{field: [before, after]}``; nothing: no write."""
    changes: dict[str, list[Any]] = {}
    for name in changed_fields(row, values):
        changes[name] = [stored(row, name), plain(row, name, values[name])]
        setattr(row, name, values[name])
    if changes:
        row.save(update_fields=list(changes))
    return changes


def change_payload(changes: Mapping[str, list[Any]], *, text: Collection[str]) -> dict[str, Any]:
    """An update's payload: every field's name, before and after of all but free ``text``, which
    can hold personal data and must not enter the hashed log (GDPR-1).
    """
    coded = {name: [code_of(v) for v in pair] for name, pair in changes.items() if name not in text}
    return {"fields": list(changes), "changes": coded}


def code_of(value: Any) -> Any:
    """A value as an event's payload keeps it: ids, codes, numbers and dates."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def upsert(
    find: Callable[[], Row | None],
    create: Callable[[], Row],
    update: Callable[[Row], tuple[Row, bool]],
) -> tuple[Row, Upserted]:
    """Create the row, or change the one that is there; ``update`` returns the row as it is now and
    whether anything changed. Two callers at once make one row.
    """
    row = find()
    if row is None:
        try:
            with transaction.atomic():
                return create(), "created"
        except (IntegrityError, Conflict):
            # Somebody else made it in the meantime.
            row = find()
            if row is None:
                raise
    row, changed = update(row)
    return row, "updated" if changed else "unchanged"
