"""Technical set-up of what is booked (FUL-4)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_usual_playbooks"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetUp",
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
                    "needs_place",
                    models.BooleanField(
                        default=True,
                        help_text="Not where they speak on the phone.",
                        verbose_name="needs a meeting link or a room",
                    ),
                ),
                (
                    "is_recorded",
                    models.BooleanField(default=False, verbose_name="will be recorded"),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="When and where they said so. Leave on record for video counts by itself.",
                        max_length=200,
                        verbose_name="how the advocate agreed to the recording",
                    ),
                ),
                (
                    "equipment",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Headset, camera, clicker: what is needed, and who brings it.",
                        max_length=300,
                        verbose_name="equipment",
                    ),
                ),
                (
                    "shared_tool",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="A whiteboard, a document, a trial account: what both sides have open.",
                        max_length=300,
                        verbose_name="shared tool",
                    ),
                ),
                (
                    "needs_test",
                    models.BooleanField(default=False, verbose_name="is tested beforehand"),
                ),
                (
                    "test_by",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty for the usual time before it begins.",
                        null=True,
                        verbose_name="tested by",
                    ),
                ),
                (
                    "recording_url",
                    models.URLField(
                        blank=True, default="", max_length=500, verbose_name="link to the recording"
                    ),
                ),
                ("recording_at", models.DateTimeField(editable=False, null=True)),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="set_ups",
                        to="activities.activity",
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
                    "tester",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="who tests it",
                    ),
                ),
            ],
            options={
                "verbose_name": "technical set-up",
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_setup_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="activities_setup_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_setup_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="tester", name="activities_setup_tester_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "activity"), name="set_up_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recording_at__isnull", True), ("recording_url", "")),
                            models.Q(
                                models.Q(("recording_url", ""), _negated=True),
                                ("recording_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="set_up_recording_when",
                    ),
                ],
            },
        ),
    ]
