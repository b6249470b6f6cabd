"""Tiers set by hand, for a reason and until a day (TIER-5)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0024_unit_back_in_time"),
        ("tenancy", "0005_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="tierstanding",
            name="overridden",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="tierchange",
            name="why",
            field=models.CharField(
                choices=[
                    ("enrolled", "Joined the program"),
                    ("earned", "Earned it"),
                    ("seat", "A seat became free"),
                    ("shortfall", "Fell short at the end of the grace period"),
                    ("voided", "A completion was recorded in error"),
                    ("left", "Left the program"),
                    ("override", "Set by hand"),
                    ("lifted", "The tier set by hand ended"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="TierOverride",
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
                ("reason", models.TextField(max_length=500, verbose_name="why")),
                ("until", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "In force"), ("lifted", "Lifted"), ("over", "Over")],
                        default="standing",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="set"
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tier_overrides",
                        to="advocates.advocate",
                        verbose_name="who",
                    ),
                ),
                (
                    "set_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
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
                (
                    "tier",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tier",
                        verbose_name="tier",
                    ),
                ),
            ],
            options={
                "verbose_name": "tier set by hand",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_tieroverride_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_tieroverride_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_tieroverride_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="tier", name="advocates_tieroverride_tier_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="set_by", name="advocates_tieroverride_set_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["standing", "lifted", "over"])),
                        name="tier_override_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "standing")),
                        fields=("tenant", "advocate"),
                        name="tier_override_once",
                        violation_error_message="A tier is set for this person already. Change that one, or lift it first.",
                    ),
                ],
            },
        ),
    ]
