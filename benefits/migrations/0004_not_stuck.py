"""The sweep is not woken for reminders that wait for their next attempt or were given up."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function, without_stuck

_DUE = (
    "SELECT DISTINCT r.tenant_id FROM benefits_thankyoureminder r "
    "WHERE r.fired_at IS NULL AND r.cancelled_at IS NULL AND r.due_at <= clock()"
)
_NEW = due_function(
    "tenants_with_due_reminders", f"{_DUE} AND {without_stuck('thank-you-reminder', 'r')}"
)


class Migration(migrations.Migration):
    """Replaces ``tenants_with_due_reminders``."""

    dependencies = [("benefits", "0003_apologies"), ("tenancy", "0008_stuck_work")]
    operations = [migrations.RunSQL(_NEW.sql, due_function("tenants_with_due_reminders", _DUE).sql)]
