"""The guard takes "G2" and "g2" for the same site, and so for topics (CAP-2)."""

from django.db import migrations

# The rest of the function stays as migration 0002 has it.
_REPLACE = """
DO $change$
DECLARE
  body text := pg_get_functiondef('guard_participation'::regproc);
BEGIN
  IF position('{before}' IN body) = 0 THEN
    RAISE EXCEPTION 'the guard does not compare topics where this migration looks for it';
  END IF;
  EXECUTE replace(body, '{before}', '{after}');
END $change$;
"""
_AS_WRITTEN = "p.detail = NEW.detail"
_IN_ANY_CASE = "lower(p.detail) = lower(NEW.detail)"


class Migration(migrations.Migration):
    """Compares topics and sites in any case."""

    dependencies = [("advocates", "0005_own_numbers")]
    operations = [
        migrations.RunSQL(
            _REPLACE.format(before=_AS_WRITTEN, after=_IN_ANY_CASE),
            _REPLACE.format(before=_IN_ANY_CASE, after=_AS_WRITTEN),
        )
    ]
