"""Which record became part of which (ADV-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="MergedRecord",
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
                ("kind", models.CharField(max_length=60)),
                ("gone_id", models.UUIDField()),
                ("into_id", models.UUIDField()),
                ("at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "merged_by",
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
                "indexes": [models.Index(fields=["tenant", "into_id"], name="merged_record_into")],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="tenancy_mergedrecord_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="tenancy_mergedrecord_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="merged_by", name="tenancy_mergedrecord_merged_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "gone_id"), name="merged_record_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone_id", models.F("into_id")), _negated=True),
                        name="merged_into_another",
                    ),
                ],
            },
        ),
    ]
