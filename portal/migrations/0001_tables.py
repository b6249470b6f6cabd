import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("portal", "0001_initial"),
        ("portal", "0002_self_nomination"),
        ("portal", "0003_link_requests_counted_elsewhere"),
    ]
    dependencies = [
        ("advocates", "0001_tables"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Newcomer",
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
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=8)),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.advocate",
                    ),
                ),
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
                "indexes": [models.Index(fields=["tenant", "created_at"], name="newcomer_by_time")],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="portal_newcomer_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="portal_newcomer_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="portal_newcomer_advocate_fk"
                    ),
                ],
            },
        ),
    ]
