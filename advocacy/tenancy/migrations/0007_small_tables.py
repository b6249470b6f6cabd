"""What the planner knows of small tables is kept fresh (``planning``): autovacuum looks at a table
after fifty changes, which many a table of a new installation never sees.
"""

from django.db import migrations

#: A table that nobody looked at is taken for almost empty, and statements that join a dozen of them
#: then read them against each other. Bigger ones change enough for autovacuum to come by.
ANALYZE = """
CREATE FUNCTION analyze_small_tables(changed_only boolean) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  name regclass;
BEGIN
  FOR name IN
    SELECT c.oid FROM pg_class c
      LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.reltuples < 5000
       AND (NOT changed_only OR s.n_mod_since_analyze > 0)
     ORDER BY c.relname
  LOOP
    EXECUTE format('ANALYZE (SKIP_LOCKED) %s', name);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION analyze_small_tables(boolean) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0006_role_of_product")]
    operations = [
        migrations.RunSQL(ANALYZE, "DROP FUNCTION IF EXISTS analyze_small_tables(boolean)")
    ]
