"""Which tenants have events to seal."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    """Adds ``tenants_with_unsealed_events``."""

    dependencies = [("events", "0001_initial")]
    operations = [
        due_function(
            "tenants_with_unsealed_events", "SELECT DISTINCT tenant_id FROM events_pendingseal"
        ),
    ]
