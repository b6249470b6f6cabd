"""Words of the recruitment message per type, and those that were sent (ENR-3)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0027_first_steps"),
        ("tenancy", "0004_functions_for_citus"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecruitmentMessage",
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
                    "together",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=1000,
                        verbose_name="how long we have worked together",
                    ),
                ),
                (
                    "outcome",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="the specific outcome"
                    ),
                ),
                (
                    "project",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="the project"
                    ),
                ),
                (
                    "effort",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="time and steps"
                    ),
                ),
                (
                    "benefit",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=1000,
                        verbose_name="what is in it for them",
                    ),
                ),
                (
                    "no_pressure",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="no pressure"
                    ),
                ),
                (
                    "signed",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="a person's name"
                    ),
                ),
                (
                    "without",
                    models.CharField(blank=True, default="", editable=False, max_length=100),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="sent"
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="kind of activity",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recruitment_messages",
                        to="advocates.advocate",
                        verbose_name="person",
                    ),
                ),
                (
                    "sender",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
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
                "verbose_name": "recruitment message",
                "ordering": ["-sent_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "advocate", "-sent_at"], name="recruitment_of"),
                    models.Index(fields=["tenant", "-sent_at", "-id"], name="recruitment_by_day"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(
                        name="advocates_recruitmentmessage_tkey"
                    ),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_recruitmentmessage_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_recruitmentmessage_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_recruitmentmessage_activity_type_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="sender", name="advocates_recruitmentmessage_sender_fk"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecruitmentTemplate",
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
                    "together",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=1000,
                        verbose_name="how long we have worked together",
                    ),
                ),
                (
                    "outcome",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="the specific outcome"
                    ),
                ),
                (
                    "project",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="the project"
                    ),
                ),
                (
                    "effort",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="time and steps"
                    ),
                ),
                (
                    "benefit",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=1000,
                        verbose_name="what is in it for them",
                    ),
                ),
                (
                    "no_pressure",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="no pressure"
                    ),
                ),
                (
                    "signed",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="a person's name"
                    ),
                ),
                ("updated_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(
                        name="advocates_recruitmenttemplate_tkey"
                    ),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_recruitmenttemplate_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_recruitmenttemplate_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity_type"), name="recruitment_template_once"
                    ),
                ],
            },
        ),
    ]
