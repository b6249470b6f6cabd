import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("activities", "0001_initial"),
        ("activities", "0002_loop_news"),
    ]
    dependencies = [
        ("advocates", "0002_capacity_guard"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("accepted", "Accepted"),
                            ("scheduled", "Scheduled"),
                            ("completed", "Completed"),
                            ("declined", "Declined"),
                            ("cancelled", "Cancelled"),
                            ("no_show", "No-show"),
                            ("voided", "Voided"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="for"),
                ),
                ("planned_at", models.DateTimeField(default=advocacy.clock.now)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("scheduled_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                (
                    "location",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="where or which link"
                    ),
                ),
                (
                    "happened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="happened"),
                ),
                (
                    "completed_at",
                    models.DateTimeField(help_text="When it was recorded.", null=True),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="minutes",
                    ),
                ),
                (
                    "advocate_rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="the advocate's rating",
                    ),
                ),
                (
                    "advocate_comment",
                    models.TextField(blank=True, default="", verbose_name="the advocate's comment"),
                ),
                (
                    "requester_rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="the requester's rating",
                    ),
                ),
                (
                    "requester_comment",
                    models.TextField(
                        blank=True, default="", verbose_name="the requester's comment"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(help_text="Declined, cancelled or missed.", null=True),
                ),
                ("end_reason", models.CharField(blank=True, default="", max_length=300)),
                (
                    "no_show_by",
                    models.CharField(
                        blank=True,
                        choices=[("prospect", "The prospect"), ("advocate", "The advocate")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "is_outside",
                    models.BooleanField(default=False, verbose_name="outside the program"),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="type",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="advocates.advocate",
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
                        verbose_name="owner",
                    ),
                ),
                (
                    "participation",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.participation",
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
                "ordering": ["-planned_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "-planned_at", "-id"], name="activity_recent"),
                    models.Index(
                        fields=["tenant", "advocate", "-planned_at"], name="activity_advocate"
                    ),
                    models.Index(
                        condition=models.Q(("state", "scheduled")),
                        fields=["tenant", "starts_at"],
                        name="activity_calendar",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_activity_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_activity_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="activities_activity_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="activities_activity_activity_type_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="participation", name="activities_activity_participation_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="activities_activity_owner_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "participation"), name="activity_unit_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "planned",
                                    "accepted",
                                    "scheduled",
                                    "completed",
                                    "declined",
                                    "cancelled",
                                    "no_show",
                                    "voided",
                                ],
                            )
                        ),
                        name="activity_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["completed", "voided"]), _negated=True),
                            models.Q(
                                ("completed_at__isnull", False), ("happened_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="activity_completed_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "scheduled"), _negated=True),
                            models.Q(("ends_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_scheduled_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="activity_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("advocate_rating__isnull", True),
                            ("advocate_rating__range", (1, 5)),
                            _connector="OR",
                        ),
                        name="activity_advocate_rating_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requester_rating__isnull", True),
                            ("requester_rating__range", (1, 5)),
                            _connector="OR",
                        ),
                        name="activity_requester_rating_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoopDuty",
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
                ("opened_at", models.DateTimeField(default=advocacy.clock.now)),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="Known once there is something to tell.", null=True
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("news", models.CharField(blank=True, default="", max_length=300)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loop_duties",
                        to="activities.activity",
                    ),
                ),
                (
                    "closed_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["tenant", "due_at"],
                        name="loop_duty_open",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_loopduty_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_loopduty_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_loopduty_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="activities_loopduty_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="closed_by", name="activities_loopduty_closed_by_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "activity"), name="loop_duty_once"),
                ],
            },
        ),
    ]
