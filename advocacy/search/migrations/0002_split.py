"""Words come as a set, which PostgreSQL writes out in the statement that asks for them."""

from django.db import migrations

from advocacy.search.folding import SPLIT


class Migration(migrations.Migration):
    """A new database has it from 0001 on."""

    dependencies = [("search", "0001_tables")]
    operations = [migrations.RunSQL(SPLIT, migrations.RunSQL.noop)]
