"""Which tenants have requests that may have to end unfilled."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    """Adds ``tenants_with_due_requests``."""

    dependencies = [("requests", "0003_request_check_at")]
    operations = [
        due_function(
            "tenants_with_due_requests",
            "SELECT DISTINCT r.tenant_id FROM requests_request r "
            "JOIN tenancy_tenant t ON t.id = r.tenant_id "
            "WHERE r.state IN ('submitted', 'in_review', 'needs_info', 'outreach') "
            "AND (r.check_at <= clock() "
            "OR r.needed_by < (clock() AT TIME ZONE t.time_zone)::date)",
        ),
    ]
