"""Whose a mail is, by its key: a mail server's report names nothing else (THX-2)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_tables")]

    operations = [
        migrations.RunSQL(
            "CREATE OR REPLACE FUNCTION tenant_of_mail(mail uuid) RETURNS uuid LANGUAGE sql STABLE "
            "SECURITY DEFINER SET search_path = public, pg_temp AS "
            "$$ SELECT tenant_id FROM messaging_outgoingmail WHERE id = mail $$;"
            "REVOKE ALL ON FUNCTION tenant_of_mail(uuid) FROM PUBLIC",
            "DROP FUNCTION IF EXISTS tenant_of_mail(uuid)",
        )
    ]
