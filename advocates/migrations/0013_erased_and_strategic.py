"""When a person was erased and why (GDPR-1); strategic accounts (ACC-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0012_taken_back_in_time"),
        ("tenancy", "0002_merged_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="strategic_on",
            field=models.DateField(blank=True, null=True, verbose_name="strategic since"),
        ),
        migrations.AddField(
            model_name="account",
            name="strategic_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=300,
                verbose_name="why it is strategic",
            ),
        ),
        migrations.AddField(
            model_name="advocate",
            name="erased_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="erased"
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
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
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "erased_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
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
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_erasure_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_erasure_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_erasure_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="erased_by", name="advocates_erasure_erased_by_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "advocate"), name="erasure_once"),
                ],
            },
        ),
    ]
