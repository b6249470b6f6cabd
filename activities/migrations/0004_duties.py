"""What has to be done about an activity, by whom and by when (RSP-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0003_content_links"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
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
                        verbose_name="what",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("done", "Done"),
                            ("dropped", "Not needed any more"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="Empty until a time is known.", null=True, verbose_name="due"
                    ),
                ),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="activities.activity",
                    ),
                ),
                (
                    "done_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="whose it is",
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
                "verbose_name": "duty",
                "ordering": ["due_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tenant", "owner", "due_at"],
                        name="duty_open_of",
                    ),
                    models.Index(fields=["tenant", "due_at", "id"], name="duty_by_due"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_duty_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="activities_duty_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_duty_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="activities_duty_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="done_by", name="activities_duty_done_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity", "step"), name="duty_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "dropped"])),
                        name="duty_state_known",
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
                        name="duty_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("state__in", ["open", "dropped"])),
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            _connector="OR",
                        ),
                        name="duty_done_when",
                    ),
                ],
            },
        ),
    ]
