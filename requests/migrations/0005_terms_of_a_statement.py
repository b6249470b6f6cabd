"""Triggers that worked row by row give way to one for each statement; the terms stay.

The last that used them: with it go the functions that made and wrote the terms of one row.
"""

from importlib import import_module

from django.db import migrations

terms = import_module("requests.migrations.0002_search_terms")


class Migration(migrations.Migration):
    """As a new database has them from 0002 on."""

    dependencies = [
        ("requests", "0004_list_orders"),
        ("advocates", "0011_terms_of_a_statement"),
        ("search", "0002_split"),
    ]
    operations = [
        *terms.DEALS.replacing_rows(),
        *terms.REQUESTS.replacing_rows(),
        migrations.RunSQL(
            "DROP TRIGGER IF EXISTS search_requests_of_deal ON requests_opportunity;"
            "DROP TRIGGER IF EXISTS search_deals_of_account ON advocates_account;",
            migrations.RunSQL.noop,
        ),
        *(migrations.RunSQL(each.sql, migrations.RunSQL.noop) for each in terms.FOLLOWERS),
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS search_write(uuid, text, uuid, text[], text[]);"
            "DROP FUNCTION IF EXISTS search_insides(text[]);"
            "DROP FUNCTION IF EXISTS search_words(text[]);",
            migrations.RunSQL.noop,
        ),
    ]
