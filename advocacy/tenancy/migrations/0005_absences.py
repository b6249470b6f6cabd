"""Who is away, and who stands in (ID-1.c)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0004_functions_for_citus"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                ("starts_on", models.DateField(verbose_name="first day away")),
                ("ends_on", models.DateField(verbose_name="last day away")),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "Planned"), ("called_off", "Called off")],
                        default="standing",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="recorded"
                    ),
                ),
                (
                    "delegate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="who stands in",
                    ),
                ),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="tenancy.membership",
                        verbose_name="who is away",
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
                "verbose_name": "absence",
                "ordering": ["-starts_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "standing")),
                        fields=["tenant", "ends_on"],
                        name="absence_standing",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="tenancy_absence_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="tenancy_absence_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="tenancy_absence_member_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="delegate", name="tenancy_absence_delegate_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["standing", "called_off"])),
                        name="absence_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="absence_ends_after_start",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delegate", models.F("member")), _negated=True),
                        name="absence_delegate_is_another",
                        violation_error_message="Choose a colleague: nobody stands in for themselves.",
                    ),
                ],
            },
        ),
    ]
