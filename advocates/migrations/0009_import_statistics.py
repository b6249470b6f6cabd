"""Lets an import refresh the statistics of the tables it fills."""

from django.db import migrations


class Migration(migrations.Migration):
    """Adds ``analyze_imported``."""

    dependencies = [("advocates", "0008_advocate_indexes")]
    operations = [
        migrations.RunSQL(
            "CREATE OR REPLACE FUNCTION analyze_imported() RETURNS void LANGUAGE plpgsql "
            "SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN "
            "ANALYZE advocates_account; ANALYZE advocates_accountidentifier; "
            "ANALYZE advocates_accountcapacity; ANALYZE advocates_advocate; "
            "ANALYZE advocates_advocateidentifier; ANALYZE events_event; END $$;"
            "REVOKE ALL ON FUNCTION analyze_imported() FROM PUBLIC",
            "DROP FUNCTION IF EXISTS analyze_imported()",
        ),
    ]
