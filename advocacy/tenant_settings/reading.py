"""The tenant's own numbers, read once a scope."""

from dataclasses import fields
from typing import Any, TypeVar

from advocacy.tenancy.scope import kept_in_scope
from advocacy.tenant_settings.models import FamilySettings
from advocacy.tenant_settings.settings import Numbers

_NAME = "tenant settings"
N = TypeVar("N", bound=Numbers)


def current(numbers: type[N]) -> N:
    """The numbers as this tenant has them: its own where it changed them, else the usual ones."""
    kept = kept_in_scope()
    found: dict[Any, Any] = kept.get(_NAME) or kept.setdefault(_NAME, _all())
    made = found.get(numbers)
    if made is None:
        own = found.get(numbers.store, {})
        known = {each.name for each in fields(numbers)}
        made = found[numbers] = numbers(
            **{
                key: tuple(value) if isinstance(value, list) else value
                for key, value in own.items()
                if key in known
            }
        )
    return made


def forget() -> None:
    """Read anew: something was changed in this scope, or the change was undone."""
    kept_in_scope().pop(_NAME, None)


def _all() -> dict[Any, Any]:
    # Never empty, so that a tenant without changes is not asked for again.
    return {"": {}, **dict(FamilySettings.objects.values_list("family", "values"))}
