"""For which tenants a daily schedule's hour has come and gone without a run."""

from django.db import migrations

# Wall-clock arithmetic in the tenant's own zone: the latest day on which the hour has come.
DUE = """
CREATE FUNCTION tenants_with_schedule_due(which text, from_hour int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id FROM tenancy_tenant t
  WHERE NOT EXISTS (
    SELECT 1 FROM tenancy_schedulefiring f
    WHERE f.tenant_id = t.id AND f.schedule = which
      AND f.day >= (clock() AT TIME ZONE t.time_zone - make_interval(hours => from_hour))::date
  )
$$;
REVOKE ALL ON FUNCTION tenants_with_schedule_due(text, int) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """Adds ``tenants_with_schedule_due``."""

    dependencies = [("tenancy", "0004_schedule_firings")]
    operations = [
        migrations.RunSQL(DUE, "DROP FUNCTION IF EXISTS tenants_with_schedule_due(text, int)"),
    ]
