"""What the services of accounts and advocates share: cleaning, comparing, telling the log."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.records import writes
from advocacy.tenancy.bulk import update_rows
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenancy.text import LineField, one_line

#: Longer ago nobody who works here was in touch with anybody who works there.
_YEARS_KNOWN = 50


def tenant_today() -> date:
    """Today's date where the tenant is; needs the scope."""
    return clock.today(Tenant.objects.only("time_zone").get(pk=current_tenant_id()).zone)


def require_day(values: Mapping[str, Any], field: str, *, ahead: bool = False) -> None:
    """Raise ``DomainError`` at a field for a day of which nobody here can know: in the future, but
    for what may lie ``ahead``, or longer ago than anybody works.
    """
    day = values.get(field)
    if day is None:
        return
    today, problem = tenant_today(), ""
    if day > today and not ahead:
        problem = _("This lies in the future; enter when it happened.")
    elif day.year < today.year - _YEARS_KNOWN:
        problem = _("This lies more than %(years)d years back; check the year.") % {
            "years": _YEARS_KNOWN
        }
    if problem:
        raise DomainError(problem, code="invalid_time", fields={field: problem})


def tidy_values(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the model will keep them: names and titles on one line, the rest tidy."""
    return {
        name: one_line(value)
        if isinstance(value, str) and isinstance(model._meta.get_field(name), LineField)
        else writes.tidy(value)
        for name, value in values.items()
    }


def check_fields(row: models.Model, names: Iterable[str]) -> None:
    """Validate the named fields; raises :class:`DomainError` with a sentence per field (BAD-1)."""
    wanted = set(names)
    excluded = {
        field.name for field in row._meta.fields if field.name not in wanted or field.is_relation
    }
    try:
        row.clean_fields(exclude=excluded)
    except ValidationError as error:
        raise writes.refusal(row, error.message_dict) from error


def write_changes(changed: Sequence[tuple[models.Model, Mapping[str, Any]]]) -> None:
    """Write what many records of one model have instead of ``before``, in one statement."""
    now, names = clock.now(), {"updated_at"}
    for row, before in changed:
        row.updated_at = now  # type: ignore[attr-defined]
        names |= before.keys()
    update_rows([row for row, _before in changed], names)


def required(row: models.Model, name: str) -> DomainError:
    """The refusal of a missing value."""
    label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return DomainError(
        _("%(field)s: a value is needed.") % {"field": label},
        code="required",
        fields={name: _("Please fill this in.")},
    )


def change_payload(
    row: models.Model, before: Mapping[str, Any], coded: Collection[str]
) -> dict[str, Any]:
    """An update's payload: every field's name, and before and after of those in ``coded``.

    Text can hold personal data, which must not enter the hashed log (GDPR-1).
    """
    changes = {
        name: [value, writes.stored(row, name) if name in coded else None]
        for name, value in before.items()
    }
    return writes.change_payload(changes, text=before.keys() - coded)
