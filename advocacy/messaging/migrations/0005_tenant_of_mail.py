"""``tenant_of_mail`` in PL/pgSQL: Citus refuses an argument in a function written in SQL."""

from django.db import migrations

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION tenant_of_mail(mail uuid) RETURNS uuid LANGUAGE {language} STABLE "
    "SECURITY DEFINER SET search_path = public, pg_temp AS $$ {body} $$"
)
_QUERY = "SELECT tenant_id FROM messaging_outgoingmail WHERE id = mail"


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_what_can_be_undone")]
    operations = [
        migrations.RunSQL(
            _FUNCTION.format(language="plpgsql", body=f"BEGIN RETURN ({_QUERY}); END"),
            _FUNCTION.format(language="sql", body=_QUERY),
        )
    ]
