"""The sweeps are not woken for rows that wait for their next attempt or were given up."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function, without_stuck

_ASKS = "SELECT DISTINCT a.tenant_id FROM requests_ask a WHERE a.state = 'sent' AND "
_EXPIRED = "a.expires_at <= clock()"
_TO_REMIND = "a.reminded_at IS NULL AND a.remind_at <= clock()"
_REQUESTS = (
    "SELECT DISTINCT r.tenant_id FROM requests_request r "
    "JOIN tenancy_tenant t ON t.id = r.tenant_id "
    "WHERE r.state IN ('submitted', 'in_review', 'needs_info', 'outreach') "
    "AND (r.check_at <= clock() OR r.needed_by < (clock() AT TIME ZONE t.time_zone)::date)"
)


class Migration(migrations.Migration):
    """Replaces ``tenants_with_due_asks`` and ``tenants_with_due_requests``."""

    dependencies = [("requests", "0005_ask_answers"), ("tenancy", "0008_stuck_work")]
    operations = [
        migrations.RunSQL(
            due_function(
                "tenants_with_due_asks",
                f"{_ASKS} ({_EXPIRED} AND {without_stuck('ask-expiry', 'a')} "
                f"OR a.expires_at > clock() AND {_TO_REMIND} "
                f"AND {without_stuck('ask-reminder', 'a')})",
            ).sql,
            due_function("tenants_with_due_asks", f"{_ASKS} ({_EXPIRED} OR ({_TO_REMIND}))").sql,
        ),
        migrations.RunSQL(
            due_function(
                "tenants_with_due_requests", f"{_REQUESTS} AND {without_stuck('request-end', 'r')}"
            ).sql,
            due_function("tenants_with_due_requests", _REQUESTS).sql,
        ),
    ]
