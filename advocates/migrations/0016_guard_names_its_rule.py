"""The guard names its rule in DETAIL as well: of an error on another machine no more is left."""

from django.db import migrations

# The rest of the function stays as the migrations before have it.
_REPLACE = """
DO $change$
BEGIN
  EXECUTE regexp_replace(pg_get_functiondef('guard_participation'::regproc), '{before}', '{after}',
                         'g');
END $change$;
"""


class Migration(migrations.Migration):
    dependencies = [("advocates", "0015_import_sheets")]
    operations = [
        migrations.RunSQL(
            _REPLACE.format(
                before="CONSTRAINT = ''(\\w+)''",
                after="CONSTRAINT = ''\\1'', DETAIL = ''\\1''",
            ),
            _REPLACE.format(before=", DETAIL = ''\\w+''", after=""),
        )
    ]
