"""Look-ups that Citus takes: it refuses an argument in a function written in SQL, and a NOT EXISTS
that compares a tenant's table with one of every machine."""

from importlib import import_module

from django.db import migrations

WORKPLACES = """
CREATE OR REPLACE FUNCTION workplaces_of(person uuid)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT m.tenant_id, t.slug::text, t.name::text, m.role::text
  FROM tenancy_membership m
  JOIN tenancy_tenant t ON t.id = m.tenant_id
  JOIN tenancy_user u ON u.id = m.user_id AND u.is_active
  WHERE m.user_id = person AND m.is_active
  ORDER BY t.name, t.id;
END $$;
"""

DUE = """
CREATE OR REPLACE FUNCTION tenants_with_schedule_due(which text, from_hour int)
RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH fired AS MATERIALIZED (
    SELECT f.tenant_id, max(f.day) AS last
    FROM tenancy_schedulefiring f WHERE f.schedule = which GROUP BY f.tenant_id
  )
  SELECT t.id FROM tenancy_tenant t LEFT JOIN fired ON fired.tenant_id = t.id
  WHERE fired.last IS NULL
     OR fired.last < (clock() AT TIME ZONE t.time_zone - make_interval(hours => from_hour))::date;
END $$;
"""
_before = import_module("advocacy.tenancy.migrations.0001_tables")


def _replacing(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_meeting_place")]
    operations = [
        migrations.RunSQL(WORKPLACES, _replacing(_before.WORKPLACES)),
        migrations.RunSQL(DUE, _replacing(_before.DUE)),
    ]
