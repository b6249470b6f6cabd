"""Whose an API token is."""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION tenant_of(kind text, secret_digest text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF kind = 'link' THEN
    SELECT tenant_id INTO found FROM messaging_personallink WHERE digest = secret_digest;
  {more}ELSE
    RAISE EXCEPTION 'unknown kind of secret: %', kind;
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION tenant_of(text, text) FROM PUBLIC;
"""
_MORE = """ELSIF kind = 'token' THEN
    SELECT tenant_id INTO found FROM rest_apitoken WHERE digest = secret_digest;
  """


class Migration(migrations.Migration):
    """``tenant_of`` learns tokens."""

    dependencies = [("rest", "0001_initial"), ("messaging", "0002_lookups")]
    operations = [
        migrations.RunSQL(_FUNCTION.replace("{more}", _MORE), _FUNCTION.replace("{more}", "")),
    ]
