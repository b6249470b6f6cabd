"""Tenants, members, and what precedes a scope: the clock of SQL, look-ups by secret, sweeps."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
import advocacy.tenancy.models

CLOCK = """
CREATE FUNCTION clock() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';
COMMENT ON FUNCTION clock() IS 'The one clock of SQL; tests replace it to move time.';
"""

# A completion counts while its local date is later than today - 365 days: from the local
# midnight of today - 364 days on. Calendar arithmetic, so right on the days the clocks change.
YEAR_START = """
CREATE FUNCTION year_start(zone text) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT (((clock() AT TIME ZONE zone)::date - 364)::timestamp) AT TIME ZONE zone $$;
"""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only; % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
"""

WORKPLACES = """
CREATE FUNCTION workplaces_of(person uuid)
RETURNS TABLE (tenant_id uuid, slug text, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, t.slug::text, t.name::text, m.role::text
  FROM tenancy_membership m
  JOIN tenancy_tenant t ON t.id = m.tenant_id
  JOIN tenancy_user u ON u.id = m.user_id AND u.is_active
  WHERE m.user_id = person AND m.is_active
  ORDER BY t.name, t.id
$$;
REVOKE ALL ON FUNCTION workplaces_of(uuid) FROM PUBLIC;
"""

# Wall-clock arithmetic in the tenant's own zone: the latest day on which the hour has come.
DUE = """
CREATE FUNCTION tenants_with_schedule_due(which text, from_hour int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id FROM tenancy_tenant t
  WHERE NOT EXISTS (
    SELECT 1 FROM tenancy_schedulefiring f
    WHERE f.tenant_id = t.id AND f.schedule = which
      AND f.day >= (clock() AT TIME ZONE t.time_zone - make_interval(hours => from_hour))::date
  )
$$;
REVOKE ALL ON FUNCTION tenants_with_schedule_due(text, int) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("tenancy", "0001_functions"),
        ("tenancy", "0002_initial"),
        ("tenancy", "0003_workplaces"),
        ("tenancy", "0004_schedule_firings"),
        ("tenancy", "0005_due_schedules"),
        ("tenancy", "0006_session_generation"),
        ("tenancy", "0007_attempts"),
        ("tenancy", "0008_stuck_work"),
    ]
    dependencies = []

    operations = [
        migrations.RunSQL(CLOCK, "DROP FUNCTION clock()"),
        migrations.RunSQL(YEAR_START, "DROP FUNCTION year_start(text)"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION refuse_change()"),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "language",
                    models.CharField(blank=True, default="", max_length=8, verbose_name="language"),
                ),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=64,
                        validators=[advocacy.tenancy.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("session_generation", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tenant",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("slug", models.SlugField(unique=True, verbose_name="address")),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[advocacy.tenancy.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="EUR",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}\\Z", "Use a three-letter code such as EUR."
                            )
                        ],
                        verbose_name="base currency",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                (
                    "work_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=advocacy.tenancy.models.working_days,
                        size=None,
                    ),
                ),
                ("work_starts", models.TimeField(default="09:00", verbose_name="work starts")),
                ("work_ends", models.TimeField(default="17:00", verbose_name="work ends")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
            ],
            options={
                "db_table": "people_attempt",
                "indexes": [
                    models.Index(fields=["kind", "key", "at"], name="attempt_by_key"),
                    models.Index(fields=["at"], name="attempt_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StuckWork",
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
                ("work", models.CharField(max_length=40)),
                ("row_id", models.UUIDField()),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("attempts", models.SmallIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("error", models.CharField(default="", max_length=500)),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
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
                "verbose_name": "stuck work",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_at__isnull", False)),
                        fields=["tenant", "failed_at"],
                        name="stuck_failed",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="tenancy_stuckwork_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="tenancy_stuckwork_isolation"
                    ),
                    models.UniqueConstraint(fields=("tenant", "work", "row_id"), name="stuck_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleFiring",
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
                ("schedule", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("fired_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
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
                    advocacy.tenancy.constraints.TenantKey(name="tenancy_schedulefiring_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="tenancy_schedulefiring_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "schedule", "day"), name="schedule_once_per_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("program_manager", "Program manager"),
                            ("sales", "Sales"),
                            ("csm", "Customer success"),
                            ("marketing", "Marketing"),
                            ("executive", "Executive"),
                            ("approver", "Approver"),
                            ("admin", "Admin"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    models.Index(fields=["tenant", "role", "is_active"], name="membership_role")
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="tenancy_membership_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="tenancy_membership_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "user"),
                        name="membership_once_per_tenant",
                        violation_error_message="This person is already a member.",
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
                                    "executive",
                                    "approver",
                                    "admin",
                                ],
                            )
                        ),
                        name="membership_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
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
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
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
                "ordering": ["day"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="tenancy_holiday_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="tenancy_holiday_isolation"),
                    models.UniqueConstraint(fields=("tenant", "day"), name="holiday_once_per_day"),
                ],
            },
        ),
        migrations.RunSQL(WORKPLACES, "DROP FUNCTION IF EXISTS workplaces_of(uuid)"),
        migrations.RunSQL(DUE, "DROP FUNCTION IF EXISTS tenants_with_schedule_due(text, int)"),
    ]
