"""How far a deal has to be before somebody is asked because of it (REQ-4)."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    """Adds a table and two columns; without a gate everything goes on as before."""

    dependencies = [
        ("advocates", "0034_enablement_texts"),
        ("requests", "0010_routing_rules"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestGate",
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
                    "min_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "A deal that is not lost"),
                            ("qualified", "A qualified deal"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="stage, at least",
                    ),
                ),
                (
                    "min_probability",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="probability in per cent, at least",
                    ),
                ),
                (
                    "min_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="amount, at least",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="written"
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="what is asked for",
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
                "verbose_name": "gate",
                "ordering": ["activity_type__position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_requestgate_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_requestgate_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="requests_requestgate_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity_type"),
                        name="request_gate_once",
                        violation_error_message="There is one for this already; change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_stage__in", ["", "open", "qualified"])),
                        name="request_gate_stage_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="opportunity",
            name="gate_lifted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="gate_lifted_because",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=300,
                verbose_name="why it is let through",
            ),
        ),
    ]
