"""A secret that says its tenant is looked for in that tenant only."""

from importlib import import_module

from django.db import migrations

TENANT_OF = """
DROP FUNCTION IF EXISTS tenant_of(text, text);
CREATE OR REPLACE FUNCTION tenant_of(kind text, secret_digest text, home uuid DEFAULT NULL)
RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF kind NOT IN ('link', 'token') THEN
    RAISE EXCEPTION 'unknown kind of secret: %', kind;
  END IF;
  -- A statement each: with an OR in one of them, no shard could be told from the others.
  IF kind = 'link' AND home IS NULL THEN
    SELECT tenant_id INTO found FROM messaging_personallink WHERE digest = secret_digest;
  ELSIF kind = 'link' THEN
    SELECT tenant_id INTO found FROM messaging_personallink
     WHERE tenant_id = home AND digest = secret_digest;
  ELSIF home IS NULL THEN
    SELECT tenant_id INTO found FROM rest_apitoken WHERE digest = secret_digest;
  ELSE
    SELECT tenant_id INTO found FROM rest_apitoken
     WHERE tenant_id = home AND digest = secret_digest;
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION tenant_of(text, text, uuid) FROM PUBLIC;
"""
BEFORE = import_module("advocacy.rest.migrations.0001_tables").TENANT_OF


class Migration(migrations.Migration):
    dependencies = [("rest", "0001_tables")]
    operations = [
        migrations.RunSQL(
            TENANT_OF, f"DROP FUNCTION IF EXISTS tenant_of(text, text, uuid); {BEFORE}"
        )
    ]
