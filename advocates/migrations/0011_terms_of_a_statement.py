"""Triggers that worked row by row give way to one for each statement; the terms stay.

Going back leaves them: what stood before is the same to whoever reads.
"""

from importlib import import_module

from django.db import migrations

terms = import_module("advocates.migrations.0004_search_terms")


class Migration(migrations.Migration):
    """As a new database has them from 0004 on."""

    dependencies = [("advocates", "0010_list_orders"), ("search", "0002_split")]
    operations = [
        *terms.ACCOUNTS.replacing_rows(),
        *terms.PEOPLE.replacing_rows(),
        migrations.RunSQL(
            "DROP TRIGGER IF EXISTS search_people_of_account ON advocates_account;"
            "DROP TRIGGER IF EXISTS search_account_ids ON advocates_accountidentifier;"
            "DROP FUNCTION IF EXISTS search_account_ids();"
            "DROP TRIGGER IF EXISTS search_advocate_ids ON advocates_advocateidentifier;"
            "DROP FUNCTION IF EXISTS search_advocate_ids();",
            migrations.RunSQL.noop,
        ),
        *(migrations.RunSQL(each.sql, migrations.RunSQL.noop) for each in terms.FOLLOWERS),
    ]
