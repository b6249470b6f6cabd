import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("reporting", "0001_initial"),
    ]
    dependencies = [
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snooze",
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
                ("work", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("until", models.DateTimeField(verbose_name="until")),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
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
                "ordering": ["until", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="reporting_snooze_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="reporting_snooze_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="reporting_snooze_member_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "member", "work", "subject_id"), name="snooze_once"
                    ),
                ],
            },
        ),
    ]
