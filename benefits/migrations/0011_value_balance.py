"""What somebody gave beside what came back (BEN-6), and what they said of it (BEN-9.b)."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0040_back_beside_facts"),
        ("benefits", "0010_recognition"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ValueBalance",
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
                (
                    "contributions",
                    models.PositiveIntegerField(default=0, verbose_name="contributions"),
                ),
                ("minutes", models.PositiveIntegerField(default=0, verbose_name="minutes")),
                (
                    "assumed_minutes",
                    models.PositiveIntegerField(default=0, verbose_name="minutes assumed"),
                ),
                (
                    "given",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=14, verbose_name="gave"
                    ),
                ),
                (
                    "fair",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="gave without reviews",
                    ),
                ),
                ("benefits", models.PositiveIntegerField(default=0, verbose_name="benefits")),
                (
                    "got",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=14, verbose_name="got"
                    ),
                ),
                ("thanks", models.PositiveIntegerField(default=0, verbose_name="thanked")),
                ("percent", models.PositiveIntegerField(default=100, verbose_name="came back")),
                ("is_under", models.BooleanField(default=False, verbose_name="under-appreciated")),
                ("under_since", models.DateTimeField(null=True, verbose_name="since")),
                (
                    "changed_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="worked out"),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="balances",
                        to="advocates.advocate",
                        verbose_name="who",
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
                "verbose_name": "balance",
                "ordering": ["percent", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "percent", "id"], name="value_balance_order"),
                    models.Index(
                        condition=models.Q(("is_under", True)),
                        fields=["tenant", "advocate"],
                        name="value_balance_under",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="benefits_valuebalance_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="benefits_valuebalance_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="benefits_valuebalance_advocate_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate"), name="value_balance_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_under", True), ("under_since__isnull", False)),
                            models.Q(("is_under", False), ("under_since__isnull", True)),
                            _connector="OR",
                        ),
                        name="value_balance_under_since",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="liked",
            field=models.BooleanField(editable=False, null=True, verbose_name="liked it"),
        ),
        migrations.AddField(
            model_name="grant",
            name="rated_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="rated"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("liked__isnull", True), ("rated_at__isnull", True)),
                    models.Q(("liked__isnull", False), ("rated_at__isnull", False)),
                    _connector="OR",
                ),
                name="grant_rated_when",
            ),
        ),
    ]
