"""Which tenants have asks to remind of or to let expire."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    """Adds ``tenants_with_due_asks``."""

    dependencies = [("requests", "0001_initial")]
    operations = [
        due_function(
            "tenants_with_due_asks",
            "SELECT DISTINCT tenant_id FROM requests_ask WHERE state = 'sent' "
            "AND (expires_at <= clock() OR (reminded_at IS NULL AND remind_at <= clock()))",
        ),
    ]
