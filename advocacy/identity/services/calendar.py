"""The tenant's time zone, currency, language and holidays (REQ-2)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.identity.services.permission import require
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Holiday, Tenant


@transaction.atomic
def update_calendar(*, actor: Actor, time_zone: str, currency: str, language: str) -> Tenant:
    """Change the tenant's time zone, currency and language (REQ-2)."""
    tenant = Tenant.objects.select_for_update().get(pk=require(actor, "settings.rules").tenant_id)
    wanted = {"time_zone": time_zone, "currency": currency, "language": language}
    changed = [field for field, value in wanted.items() if getattr(tenant, field) != value]
    if changed:
        for field in changed:
            setattr(tenant, field, wanted[field])
        tenant.save(update_fields=changed)
        record("tenant.settings_changed", tenant, actor=actor, payload={"fields": changed})
    return tenant


@transaction.atomic
def add_holiday(*, actor: Actor, day: date, name: str) -> Holiday:
    """Add a day on which the business clock stands still (REQ-2).

    Raises :class:`DomainError` at ``day`` when that day is a holiday already.
    """
    require(actor, "settings.rules")
    holiday = Holiday(day=day, name=name.strip())
    Holiday.objects.bulk_create([holiday], ignore_conflicts=True)
    if not Holiday.objects.filter(pk=holiday.pk).exists():
        message = _("This day is a holiday already.")
        raise DomainError(message, code="holiday_already", fields={"day": message})
    holiday.reload()
    record("holiday.added", holiday, actor=actor, payload={"day": day.isoformat()})
    return holiday


@transaction.atomic
def remove_holiday(*, actor: Actor, holiday: Holiday) -> None:
    """Make a holiday a normal day again. Raises :class:`Conflict` when it is gone already."""
    require(actor, "settings.rules")
    deleted, _per_model = Holiday.objects.filter(pk=holiday.pk).delete()
    if not deleted:
        raise Conflict(_("This holiday is gone already."))
    record("holiday.removed", holiday, actor=actor, payload={"day": holiday.day.isoformat()})
