"""What somebody ticked of the first steps (ENR-2)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0026_segments"),
        ("tenancy", "0004_functions_for_citus"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnboardingMark",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("overview", "Program overview read"),
                            ("preferences", "Preferences set"),
                            ("consent", "Consent given"),
                            ("first_activity", "First low-effort activity done"),
                            ("welcome", "Welcome package granted"),
                            ("community", "Community invited"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="onboarding_marks",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_onboardingmark_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_onboardingmark_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_onboardingmark_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="by", name="advocates_onboardingmark_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate", "step"), name="onboarding_step_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "overview",
                                    "preferences",
                                    "consent",
                                    "first_activity",
                                    "welcome",
                                    "community",
                                ],
                            )
                        ),
                        name="onboarding_step_known",
                    ),
                ],
            },
        ),
    ]
