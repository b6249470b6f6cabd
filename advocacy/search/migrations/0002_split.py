"""Words come as a set, which PostgreSQL writes out in the statement that asks for them; a term's
tenant is not looked up, since it is that of the row.
"""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
from advocacy.search.folding import ID_HEAD, SPLIT


class Migration(migrations.Migration):
    """A new database has the functions from 0001 on."""

    dependencies = [("search", "0001_tables")]
    operations = [
        migrations.RunSQL(ID_HEAD, migrations.RunSQL.noop),
        migrations.RunSQL(SPLIT, migrations.RunSQL.noop),
        migrations.AlterField(
            "searchterm",
            "tenant",
            models.ForeignKey(
                db_constraint=False,
                db_default=advocacy.tenancy.base.CurrentTenant(),
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
    ]
