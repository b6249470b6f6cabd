"""Who does what, and whose program it is (RSP-1)."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0029_reach_of_a_type"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="Program",
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
                    "name",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        verbose_name="what the program is called",
                    ),
                ),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="who answers for it",
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
                "verbose_name": "program",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_program_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_program_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="advocates_program_owner_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant",), name="program_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponsibleRole",
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
                            ("find", "Find, nominate, cultivate"),
                            ("ask", "Match and ask"),
                            ("prepare", "Prepare the advocate"),
                            ("brief", "Brief the prospect"),
                            ("schedule", "Find a time"),
                            ("run", "Run it"),
                            ("outcome", "Record the outcome"),
                            ("produce", "Produce it"),
                            ("publish", "Publish and distribute"),
                            ("referral", "Follow up the referral"),
                            ("feedback", "Answer the feedback"),
                            ("thank", "Thank"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("program_manager", "Program manager"),
                            ("sales", "Sales"),
                            ("csm", "Customer success"),
                            ("marketing", "Marketing"),
                            ("product", "Product"),
                            ("executive", "Executive"),
                            ("approver", "Approver"),
                            ("admin", "Admin"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsible_roles",
                        to="advocates.activitytype",
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
                "verbose_name": "responsible role",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_responsiblerole_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_responsiblerole_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_responsiblerole_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity_type", "step"),
                        name="responsible_role_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "find",
                                    "ask",
                                    "prepare",
                                    "brief",
                                    "schedule",
                                    "run",
                                    "outcome",
                                    "produce",
                                    "publish",
                                    "referral",
                                    "feedback",
                                    "thank",
                                ],
                            )
                        ),
                        name="responsible_role_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "program_manager",
                                    "sales",
                                    "csm",
                                    "marketing",
                                    "product",
                                    "executive",
                                    "approver",
                                    "admin",
                                ],
                            )
                        ),
                        name="responsible_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingShare",
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
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share of working time",
                    ),
                ),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_shares",
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
                "verbose_name": "working share",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_workingshare_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_workingshare_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="advocates_workingshare_member_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "member"), name="working_share_once"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__range", (1, 100))), name="working_share_range"
                    ),
                ],
            },
        ),
    ]
