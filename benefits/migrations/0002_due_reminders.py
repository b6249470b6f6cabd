"""Which tenants have reminders to send."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    """Adds ``tenants_with_due_reminders``."""

    dependencies = [("benefits", "0001_initial")]
    operations = [
        due_function(
            "tenants_with_due_reminders",
            "SELECT DISTINCT tenant_id FROM benefits_thankyoureminder "
            "WHERE fired_at IS NULL AND cancelled_at IS NULL AND due_at <= clock()",
        ),
    ]
