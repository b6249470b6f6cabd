"""System checks: a tenant model without its walls stops every command (TEN-1..3)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import models

from advocacy.tenancy.base import TenantForeignKey, TenantModel
from advocacy.tenancy.constraints import SameTenant, TenantIsolation, TenantKey

#: Tables that belong to no tenant, with the reason. Everything else must.
GLOBAL_MODELS = {
    "tenancy.Tenant": "the tenants themselves",
    "tenancy.Attempt": "sign-in throttling precedes any tenant",
    "tenancy.User": "a person may work in several tenants (ID-1)",
    "people.AccountMail": "a link to sign in goes to a person, not to a member (ID-1)",
    "people.RecoveryCode": "the second step of signing in is the person's (ID-1)",
    "people.SecondFactor": "the second step of signing in is the person's (ID-1)",
    "sessions.Session": "Django's sessions belong to a user",
    "contenttypes.ContentType": "Django's own",
    "auth.Permission": "Django's own, unused: roles are data in tenancy.roles",
    "auth.Group": "Django's own, unused",
    "axes.AccessAttempt": "sign-in throttling precedes any tenant",
    "axes.AccessLog": "sign-in throttling precedes any tenant",
    "axes.AccessFailureLog": "sign-in throttling precedes any tenant",
    "axes.AccessAttemptExpiration": "sign-in throttling precedes any tenant",
}


def _problems(model: type[models.Model]) -> Iterable[tuple[str, str]]:
    label = model._meta.label
    if not issubclass(model, TenantModel):
        if label not in GLOBAL_MODELS and not model._meta.auto_created:
            yield "tenancy.E001", f"{label} is neither a TenantModel nor listed in GLOBAL_MODELS"
        return
    constraints = model._meta.constraints
    for wall in (TenantKey, TenantIsolation):
        if not any(isinstance(constraint, wall) for constraint in constraints):
            yield "tenancy.E002", f"{label} lacks its {wall.__name__} constraint"
    guarded = {c.field for c in constraints if isinstance(c, SameTenant)}
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key:
            yield "tenancy.E003", f"{label}.{field.name} is unique without the tenant"
        target = field.related_model
        if isinstance(target, type) and issubclass(target, TenantModel):
            if not isinstance(field, TenantForeignKey):
                yield "tenancy.E004", f"{label}.{field.name} must be a TenantForeignKey"
            elif field.name not in guarded:
                yield "tenancy.E005", f"{label}.{field.name} lacks its SameTenant constraint"
    for many in model._meta.local_many_to_many:
        yield "tenancy.E006", f"{label}.{many.name}: write the join table as a model"
    for constraint in constraints:
        if isinstance(constraint, models.UniqueConstraint) and "tenant" not in constraint.fields:
            yield "tenancy.E007", f"{label}: {constraint.name} is unique without the tenant"


def check_tenant_models(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Every model is either a complete tenant table or a named global one."""
    return [
        checks.Error(message, obj=model, id=code)
        for model in apps.get_models()
        for code, message in _problems(model)
    ]
