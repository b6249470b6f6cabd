"""Whose a personal link is, and which tenants have mail to send."""

from django.db import migrations

from advocacy.tenancy.lookups import due_function

TENANT_OF = """
CREATE FUNCTION tenant_of(kind text, secret_digest text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF kind = 'link' THEN
    SELECT tenant_id INTO found FROM messaging_personallink WHERE digest = secret_digest;
  ELSE
    RAISE EXCEPTION 'unknown kind of secret: %', kind;
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION tenant_of(text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """Adds ``tenant_of`` and ``tenants_with_due_mail``."""

    dependencies = [("messaging", "0001_initial")]
    operations = [
        migrations.RunSQL(TENANT_OF, "DROP FUNCTION IF EXISTS tenant_of(text, text)"),
        due_function(
            "tenants_with_due_mail",
            "SELECT DISTINCT tenant_id FROM messaging_outgoingmail "
            "WHERE state = 'queued' AND due_at <= clock()",
        ),
    ]
