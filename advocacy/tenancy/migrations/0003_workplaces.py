"""The one read that reaches across tenants for a signed-in user."""

from django.db import migrations

WORKPLACES = """
CREATE FUNCTION workplaces_of(person uuid)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, t.slug::text, t.name::text, m.role::text
  FROM tenancy_membership m
  JOIN tenancy_tenant t ON t.id = m.tenant_id
  JOIN tenancy_user u ON u.id = m.user_id AND u.is_active
  WHERE m.user_id = person AND m.is_active
  ORDER BY t.name, t.id
$$;
REVOKE ALL ON FUNCTION workplaces_of(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """Adds ``workplaces_of``."""

    dependencies = [("tenancy", "0002_initial")]
    operations = [
        migrations.RunSQL(WORKPLACES, "DROP FUNCTION IF EXISTS workplaces_of(uuid)"),
    ]
