"""Terms, and the functions that make and write them."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.search.folding import FOLD, ID_HEAD, SPLIT


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("term", models.TextField(db_collation="C")),
                ("is_start", models.BooleanField(default=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "kind", "term"],
                        include=("object_id", "is_start"),
                        name="search_by_term",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="search_searchterm_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="search_searchterm_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "object_id", "kind", "term", "is_start"),
                        name="search_term_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FOLD, "DROP FUNCTION IF EXISTS search_fold(text)"),
        migrations.RunSQL(ID_HEAD, "DROP FUNCTION IF EXISTS search_id_head()"),
        migrations.RunSQL(SPLIT, "DROP FUNCTION IF EXISTS search_split(text)"),
    ]
