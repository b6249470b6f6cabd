import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
import advocacy.tenancy.models
from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("advocates", "0001_initial"),
        ("advocates", "0003_imports"),
        ("advocates", "0004_nominations"),
        ("advocates", "0005_self_nomination"),
        ("advocates", "0006_import_stations"),
        ("advocates", "0007_import_files"),
        ("advocates", "0008_advocate_indexes"),
        ("advocates", "0009_import_statistics"),
        ("advocates", "0010_import_reading"),
        ("advocates", "0011_signals_and_moments"),
    ]
    dependencies = [
        ("events", "0001_tables"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "lifecycle",
                    models.CharField(
                        choices=[
                            ("prospect", "Prospect"),
                            ("customer", "Customer"),
                            ("former", "Former customer"),
                        ],
                        default="prospect",
                        max_length=10,
                        verbose_name="lifecycle",
                    ),
                ),
                (
                    "domain",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="web domain"
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="industry"
                    ),
                ),
                (
                    "employees",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="employees"),
                ),
                (
                    "segment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("mid_market", "Mid-market"),
                            ("smb", "Small business"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="segment",
                    ),
                ),
                (
                    "segment_is_set",
                    models.BooleanField(
                        default=False,
                        help_text="Set by hand; not derived from the number of employees.",
                    ),
                ),
                (
                    "city",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="city"),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="state or province"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Two-letter code.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("na", "North America"),
                            ("latam", "Latin America"),
                            ("emea", "Europe, Middle East and Africa"),
                            ("apac", "Asia-Pacific"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="region",
                    ),
                ),
                (
                    "language",
                    models.CharField(blank=True, default="", max_length=8, verbose_name="language"),
                ),
                (
                    "customer_since",
                    models.DateField(blank=True, null=True, verbose_name="customer since"),
                ),
                (
                    "renewal_on",
                    models.DateField(blank=True, null=True, verbose_name="renewal date"),
                ),
                (
                    "annual_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="annual value",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}\\Z", "Use a three-letter code such as EUR."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "health",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="health score",
                    ),
                ),
                (
                    "health_on",
                    models.DateField(blank=True, null=True, verbose_name="health score of"),
                ),
                (
                    "adoption",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="adoption",
                    ),
                ),
                (
                    "adoption_on",
                    models.DateField(blank=True, null=True, verbose_name="adoption of"),
                ),
                (
                    "nps",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="last NPS",
                    ),
                ),
                ("nps_on", models.DateField(blank=True, null=True, verbose_name="last NPS of")),
                (
                    "advocacy_allowed",
                    models.BooleanField(blank=True, null=True, verbose_name="advocacy allowed"),
                ),
                (
                    "gifts_allowed",
                    models.BooleanField(blank=True, null=True, verbose_name="gifts allowed"),
                ),
                (
                    "gift_maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="highest gift value",
                    ),
                ),
                (
                    "public_mention_allowed",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="public mention and logo allowed"
                    ),
                ),
                (
                    "speaking_needs_approval",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="speaking needs approval"
                    ),
                ),
                (
                    "policy_notes",
                    models.TextField(blank=True, default="", verbose_name="policy notes"),
                ),
                (
                    "disclosure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("named", "Always"),
                            ("after_acceptance", "After acceptance"),
                            ("never", "Never"),
                        ],
                        default="",
                        max_length=16,
                        verbose_name="sales may see names",
                    ),
                ),
                ("notes", models.TextField(blank=True, default="", verbose_name="notes")),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="owner (CSM)",
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
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "name", "id"], name="account_by_name"),
                    models.Index(fields=["tenant", "industry"], name="account_by_industry"),
                    models.Index(fields=["tenant", "owner"], name="account_by_owner"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_account_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_account_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="advocates_account_owner_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifecycle__in", ["prospect", "customer", "former"])),
                        name="account_lifecycle_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("health__isnull", True), ("health__lte", 100), _connector="OR"
                        ),
                        name="account_health_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nps__isnull", True), ("nps__lte", 10), _connector="OR"
                        ),
                        name="account_nps_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adoption__isnull", True), ("adoption__lte", 100), _connector="OR"
                        ),
                        name="account_adoption_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountCapacity",
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
                ("version", models.BigIntegerField(default=0)),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacities",
                        to="advocates.account",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_accountcapacity_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_accountcapacity_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_accountcapacity_account_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "account"), name="account_capacity_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountHold",
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
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="advocates.account",
                    ),
                ),
                (
                    "placed_by",
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
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_accounthold_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_accounthold_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_accounthold_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="placed_by", name="advocates_accounthold_placed_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="account_hold_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountIdentifier",
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
                ("source", models.CharField(max_length=50, verbose_name="source")),
                ("external_id", models.CharField(max_length=200, verbose_name="external id")),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="advocates.account",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_accountidentifier_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_accountidentifier_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_accountidentifier_account_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "source", "external_id"), name="account_identifier_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityType",
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
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="what is involved"),
                ),
                (
                    "importance",
                    models.CharField(
                        choices=[
                            ("must", "Must have"),
                            ("important", "Important"),
                            ("nice", "Nice to have"),
                        ],
                        max_length=10,
                        verbose_name="importance",
                    ),
                ),
                (
                    "effort",
                    models.CharField(
                        choices=[
                            ("low", "Low effort"),
                            ("moderate", "Moderate effort"),
                            ("high", "High effort"),
                        ],
                        max_length=10,
                        verbose_name="effort",
                    ),
                ),
                ("minutes_low", models.PositiveIntegerField(verbose_name="minutes, at least")),
                ("minutes_high", models.PositiveIntegerField(verbose_name="minutes, at most")),
                (
                    "units",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="units of the yearly allowance"
                    ),
                ),
                (
                    "tier_credit",
                    models.CharField(
                        choices=[
                            ("yes", "When completed"),
                            ("qualified", "When qualified"),
                            ("called", "When called"),
                            ("term", "Once a term"),
                            ("no", "Never"),
                        ],
                        max_length=10,
                        verbose_name="counts for tiers",
                    ),
                ),
                (
                    "rewards",
                    models.CharField(
                        choices=[
                            ("yes", "Allowed"),
                            ("tenant", "As the program decides"),
                            ("never", "Never"),
                        ],
                        max_length=8,
                        verbose_name="rewards",
                    ),
                ),
                (
                    "per_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="at most a year"
                    ),
                ),
                (
                    "per_detail_per_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="at most a year for the same topic or site",
                    ),
                ),
                (
                    "at_once",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="at most at a time"
                    ),
                ),
                (
                    "gap_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days between two"
                    ),
                ),
                (
                    "warn_gap_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="warn under this many days between two"
                    ),
                ),
                (
                    "is_reference",
                    models.BooleanField(
                        default=False,
                        verbose_name="keeps the advocate's stated reference frequency",
                    ),
                ),
                (
                    "needs_comfort",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("private_call", "A private call"),
                                ("written_quote", "A written quote"),
                                ("logo", "Our logo shown"),
                                ("recorded_video", "A recorded video"),
                                ("public_stage", "A public stage"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "default_approvals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "produces",
                    models.CharField(
                        blank=True, default="", max_length=20, verbose_name="produces"
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="can be requested")),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                "ordering": ["position", "name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_activitytype_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_activitytype_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "code"), name="activity_type_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effort__in", ["low", "moderate", "high"])),
                        name="activity_type_effort_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_high__gte", models.F("minutes_low"))),
                        name="activity_type_minutes_order",
                        violation_error_message="The most minutes cannot be fewer than the least.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", "review"), _negated=True),
                            models.Q(("rewards", "never"), ("tier_credit", "no")),
                            _connector="OR",
                        ),
                        name="review_never_rewarded",
                        violation_error_message="A review is never rewarded and never counts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Advocate",
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
                    "first_name",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="first name"
                    ),
                ),
                ("last_name", models.CharField(max_length=100, verbose_name="last name")),
                (
                    "email",
                    models.EmailField(
                        blank=True, default="", max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    models.CharField(blank=True, default="", max_length=50, verbose_name="phone"),
                ),
                (
                    "job_title",
                    models.CharField(
                        blank=True, default="", max_length=150, verbose_name="job title"
                    ),
                ),
                (
                    "seniority",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("executive", "Executive"),
                            ("manager", "Manager"),
                            ("practitioner", "Practitioner"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="seniority",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="function"
                    ),
                ),
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
                (
                    "nps",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                        verbose_name="own NPS",
                    ),
                ),
                ("nps_on", models.DateField(blank=True, null=True, verbose_name="own NPS of")),
                (
                    "communication_skill",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="communication skill",
                    ),
                ),
                (
                    "presentation_skill",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="presentation skill",
                    ),
                ),
                ("travels", models.BooleanField(blank=True, null=True, verbose_name="travels")),
                (
                    "interests",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="personal interests"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("candidate", "Candidate"),
                            ("nominated", "Nominated"),
                            ("qualified", "Qualified"),
                            ("cultivating", "Cultivating"),
                            ("invited", "Invited"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("declined", "Declined"),
                            ("alumni", "Alumni"),
                        ],
                        default="candidate",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("active", "Helps unasked"),
                            ("willing", "Willing when asked"),
                            ("potential", "Easy entry only"),
                            ("not_a_fit", "Never to be asked"),
                        ],
                        default="willing",
                        max_length=10,
                        verbose_name="readiness",
                    ),
                ),
                (
                    "disclosure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("named", "Always"),
                            ("after_acceptance", "After acceptance"),
                            ("never", "Never"),
                        ],
                        default="",
                        max_length=16,
                        verbose_name="sales may see the name",
                    ),
                ),
                (
                    "enrolled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="enrolled"),
                ),
                (
                    "last_asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last asked"),
                ),
                (
                    "declined_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="declined"),
                ),
                ("notes", models.TextField(blank=True, default="", verbose_name="notes")),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advocates",
                        to="advocates.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "executive_sponsor",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="executive sponsor",
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
                "ordering": ["last_name", "first_name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "last_name", "first_name", "id"], name="advocate_by_name"
                    ),
                    models.Index(fields=["tenant", "status", "id"], name="advocate_by_status"),
                    models.Index(fields=["tenant", "account"], name="advocate_by_account"),
                    models.Index(fields=["tenant", "function"], name="advocate_by_function"),
                    models.Index(
                        fields=["tenant", "status", "account"],
                        include=("id", "function", "seniority", "time_zone", "last_asked_at"),
                        name="advocate_merits",
                    ),
                    models.Index(fields=["tenant", "email"], name="advocate_by_email"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_advocate_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_advocate_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_advocate_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="executive_sponsor", name="advocates_advocate_executive_sponsor_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "candidate",
                                    "nominated",
                                    "qualified",
                                    "cultivating",
                                    "invited",
                                    "active",
                                    "paused",
                                    "declined",
                                    "alumni",
                                ],
                            )
                        ),
                        name="advocate_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("readiness__in", ["active", "willing", "potential", "not_a_fit"])
                        ),
                        name="advocate_readiness_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nps__isnull", True), ("nps__lte", 10), _connector="OR"
                        ),
                        name="advocate_nps_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvocateIdentifier",
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
                ("source", models.CharField(max_length=50, verbose_name="source")),
                ("external_id", models.CharField(max_length=200, verbose_name="external id")),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="advocates.advocate",
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
                        name="advocates_advocateidentifier_tkey"
                    ),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_advocateidentifier_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_advocateidentifier_advocate_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "source", "external_id"), name="advocate_identifier_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Blackout",
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blackouts",
                        to="advocates.advocate",
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
                "ordering": ["starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_blackout_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_blackout_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_blackout_advocate_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="blackout_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockedCompany",
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
                ("name", models.CharField(max_length=200, verbose_name="company")),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocked_companies",
                        to="advocates.advocate",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_blockedcompany_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_blockedcompany_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_blockedcompany_advocate_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate", "name"), name="blocked_company_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
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
                ("allowance", models.PositiveSmallIntegerField()),
                ("reference_gap_days", models.PositiveSmallIntegerField(default=91)),
                ("version", models.BigIntegerField(default=0)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacities",
                        to="advocates.advocate",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_capacity_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_capacity_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_capacity_advocate_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "advocate"), name="capacity_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                    "use",
                    models.CharField(
                        choices=[
                            ("reference_pool", "Being asked for references"),
                            ("quote", "Quotes"),
                            ("logo", "Logo"),
                            ("video", "Video"),
                            ("email", "E-mail"),
                            ("employer", "Employer's approval"),
                        ],
                        max_length=16,
                        verbose_name="covers",
                    ),
                ),
                (
                    "given_by",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="given by"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="evidence"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="advocates.advocate",
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
                "ordering": ["use", "-given_on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_consent_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_consent_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_consent_advocate_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "use__in",
                                ["reference_pool", "quote", "logo", "video", "email", "employer"],
                            )
                        ),
                        name="consent_use_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
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
                ("kind", models.CharField(max_length=30, verbose_name="what it holds")),
                ("headings", models.CharField(max_length=64, verbose_name="headings")),
                ("columns", models.JSONField(default=dict, verbose_name="columns")),
                ("used_at", models.DateTimeField(default=advocacy.clock.now, verbose_name="used")),
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importmapping_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importmapping_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "headings", "kind"), name="import_mapping_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                    "started_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="started"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="changed"
                    ),
                ),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Columns to confirm"),
                            ("queued", "Waiting for its turn"),
                            ("running", "Under way"),
                            ("checked", "Checked, not imported"),
                            ("done", "Imported"),
                            ("cancelled", "Stopped"),
                            ("failed", "Did not finish"),
                            ("refused", "Cannot be read"),
                        ],
                        default="uploaded",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[("read", "Reading"), ("check", "Check"), ("import", "Import")],
                        default="check",
                        max_length=6,
                        verbose_name="phase",
                    ),
                ),
                ("source", models.CharField(max_length=50, verbose_name="where the ids come from")),
                ("lease", models.UUIDField(editable=False, null=True)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "started_by",
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
                "ordering": ["-started_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["tenant", "changed_at"],
                        name="import_run_at_work",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importrun_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importrun_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="started_by", name="advocates_importrun_started_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "uploaded",
                                    "queued",
                                    "running",
                                    "checked",
                                    "done",
                                    "cancelled",
                                    "failed",
                                    "refused",
                                ],
                            )
                        ),
                        name="import_run_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["read", "check", "import"])),
                        name="import_run_phase_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
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
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="read")),
                (
                    "problem",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="problem"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True, default="", max_length=30, verbose_name="what it holds"
                    ),
                ),
                ("headings", models.JSONField(default=list, verbose_name="headings")),
                ("columns", models.JSONField(default=list, verbose_name="columns")),
                (
                    "mapped_at",
                    models.DateTimeField(null=True, verbose_name="columns as remembered from"),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("chunk_count", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows walked")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="as before")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="not imported")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="to look at")),
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
                    "run",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="advocates.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importfile_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importfile_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="run", name="advocates_importfile_run_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "run", "place"), name="import_file_place_taken"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportChunk",
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
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("data", models.BinaryField(verbose_name="rows")),
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
                    "file",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="advocates.importfile",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importchunk_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importchunk_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="file", name="advocates_importchunk_file_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "file", "number"), name="import_chunk_number_taken"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportIssue",
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
                ("row", models.PositiveIntegerField(verbose_name="row")),
                (
                    "column",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="column"),
                ),
                ("problem", models.CharField(max_length=500, verbose_name="problem")),
                (
                    "accepted",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="accepted"
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("error", "Not imported"),
                            ("warning", "Imported, but look at it"),
                        ],
                        max_length=7,
                        verbose_name="result",
                    ),
                ),
                (
                    "file",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="issues",
                        to="advocates.importfile",
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
                "ordering": ["file", "row", "column", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "file", "row"], name="import_issue_by_row")
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importissue_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importissue_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="file", name="advocates_importissue_file_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", ["error", "warning"])),
                        name="import_issue_severity_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportPiece",
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
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("data", models.BinaryField(verbose_name="bytes")),
                (
                    "file",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="advocates.importfile",
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
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importpiece_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importpiece_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="file", name="advocates_importpiece_file_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "file", "number"), name="import_piece_number_taken"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Moment",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("onboarded", "Onboarded"),
                            ("outcome", "Outcome reached"),
                            ("review", "Business review"),
                            ("renewal", "Renewal"),
                            ("release", "Release adopted"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="when")),
                (
                    "note",
                    models.TextField(blank=True, default="", max_length=2000, verbose_name="note"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dismissed", "Dismissed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "said",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=2000,
                        verbose_name="what you wrote or said",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="why not"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="decided"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="recorded"
                    ),
                ),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moments",
                        to="advocates.account",
                        verbose_name="account",
                    ),
                ),
                (
                    "decided_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
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
                "verbose_name": "moment",
                "ordering": ["-happened_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "-happened_on"], name="moment_by_day"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tenant", "happened_on"],
                        name="moment_open",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_moment_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="advocates_moment_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_moment_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="decided_by", name="advocates_moment_decided_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "dismissed"])),
                        name="moment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["onboarded", "outcome", "review", "renewal", "release"])
                        ),
                        name="moment_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
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
                    "origin",
                    models.CharField(
                        choices=[("colleague", "A colleague"), ("self", "The person themselves")],
                        default="colleague",
                        max_length=10,
                        verbose_name="came from",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="why this person")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "To be decided"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("criteria", models.JSONField(default=dict)),
                (
                    "override_reason",
                    models.TextField(blank=True, default="", verbose_name="why all the same"),
                ),
                (
                    "return_reason",
                    models.TextField(blank=True, default="", verbose_name="why not now"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="nominated"
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="advocates.advocate",
                        verbose_name="person",
                    ),
                ),
                (
                    "decided_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="decided by",
                    ),
                ),
                (
                    "nominated_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="nominated by",
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
                "verbose_name": "nomination",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["tenant", "created_at"],
                        name="nomination_open",
                    ),
                    models.Index(
                        fields=["tenant", "nominated_by", "-created_at"], name="nomination_mine"
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_nomination_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_nomination_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_nomination_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="nominated_by", name="advocates_nomination_nominated_by_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="decided_by", name="advocates_nomination_decided_by_fk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "submitted")),
                        fields=("tenant", "advocate"),
                        name="nomination_open_once",
                        violation_error_message="This person is nominated already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["submitted", "accepted", "returned", "withdrawn"])
                        ),
                        name="nomination_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "submitted")),
                            models.Q(
                                models.Q(("state", "submitted"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_decided_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nominated_by__isnull", False), ("origin", "colleague")),
                            models.Q(("nominated_by__isnull", True), ("origin", "self")),
                            _connector="OR",
                        ),
                        name="nomination_comes_from",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NominationWish",
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
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.activitytype",
                    ),
                ),
                (
                    "nomination",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="advocates.nomination",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_nominationwish_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_nominationwish_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="nomination", name="advocates_nominationwish_nomination_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_nominationwish_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "nomination", "activity_type"),
                        name="nomination_wish_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
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
                    "origin",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("volunteered", "Volunteered"),
                            ("outside", "Outside the program"),
                            ("imported", "Imported history"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("completed", "Completed"),
                            ("released", "Released"),
                            ("voided", "Voided"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("units", models.PositiveSmallIntegerField()),
                (
                    "effort",
                    models.CharField(
                        choices=[
                            ("low", "Low effort"),
                            ("moderate", "Moderate effort"),
                            ("high", "High effort"),
                        ],
                        max_length=10,
                    ),
                ),
                ("counts_for_tier", models.BooleanField()),
                ("is_reference", models.BooleanField()),
                (
                    "detail",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Topic of a testimonial, review site.",
                        max_length=100,
                    ),
                ),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("taken_at", models.DateTimeField(default=advocacy.clock.now)),
                ("completed_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "release_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("declined", "Declined"),
                            ("expired", "Not answered"),
                            ("later", "Another time"),
                            ("someone_else", "Somebody else"),
                            ("filled", "Already filled"),
                            ("cancelled", "Cancelled"),
                            ("advocate_no_show", "Advocate did not come"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("void_reason", models.CharField(blank=True, default="", max_length=300)),
                ("voided_at", models.DateTimeField(null=True)),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="advocates.account",
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="advocates.advocate",
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
                        condition=models.Q(("state__in", ["open", "completed"])),
                        fields=["tenant", "advocate", "completed_at"],
                        include=("activity_type", "state", "units", "taken_at", "effort"),
                        name="participation_counting",
                    ),
                    models.Index(
                        condition=models.Q(("origin", "asked")),
                        fields=["tenant", "advocate", "taken_at"],
                        name="participation_asked",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["open", "completed"])),
                        fields=["tenant", "account", "completed_at"],
                        include=("state", "units"),
                        name="participation_account",
                    ),
                    models.Index(
                        condition=models.Q(("state", "completed")),
                        fields=["tenant", "completed_at"],
                        name="participation_recent",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_participation_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_participation_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_participation_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_participation_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_participation_activity_type_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "completed", "released", "voided"])
                        ),
                        name="participation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["asked", "volunteered", "outside", "imported"])
                        ),
                        name="participation_origin_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("completed_at__isnull", False),
                                ("state__in", ["completed", "voided"]),
                            ),
                            models.Q(
                                ("completed_at__isnull", True), ("state__in", ["open", "released"])
                            ),
                            _connector="OR",
                        ),
                        name="participation_completed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", False), ("state", "released")),
                            models.Q(
                                models.Q(("state", "released"), _negated=True),
                                ("released_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="participation_released_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin", "asked"),
                            ("units", 0),
                            ("origin__in", ["outside", "imported"]),
                            _connector="OR",
                        ),
                        name="participation_volunteered_is_free",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
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
                    "comforts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("private_call", "A private call"),
                                ("written_quote", "A written quote"),
                                ("logo", "Our logo shown"),
                                ("recorded_video", "A recorded video"),
                                ("public_stage", "A public stage"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "reference_frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "Once a month at most"),
                            ("quarterly", "Once a quarter at most"),
                            ("twice_a_year", "Twice a year at most"),
                            ("none", "No fixed distance"),
                        ],
                        default="quarterly",
                        max_length=14,
                        verbose_name="reference calls",
                    ),
                ),
                (
                    "yearly_cap",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="at most this many activities a year"
                    ),
                ),
                (
                    "snoozed_until",
                    models.DateField(blank=True, null=True, verbose_name="no asks until"),
                ),
                (
                    "appreciation",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("recognition", "Recognition"),
                                ("access", "Access"),
                                ("networking", "Networking"),
                                ("gifts", "Gifts"),
                                ("influence", "Influence"),
                                ("personal_brand", "Personal brand"),
                                ("charity", "Charity"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("csm", "Through my contact person"),
                        ],
                        default="email",
                        max_length=8,
                        verbose_name="contact by",
                    ),
                ),
                ("updated_at", models.DateTimeField(default=advocacy.clock.now)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to="advocates.advocate",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_preference_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_preference_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_preference_advocate_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "advocate"), name="preference_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reference_frequency__in",
                                ["monthly", "quarterly", "twice_a_year", "none"],
                            )
                        ),
                        name="preference_frequency_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramInvitation",
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
                            ("sent", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "personal_line",
                    models.TextField(blank=True, default="", verbose_name="personal line"),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="sent"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="why not"
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "sender",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="invited by",
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
                "verbose_name": "invitation",
                "ordering": ["-sent_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_programinvitation_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_programinvitation_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_programinvitation_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="sender", name="advocates_programinvitation_sender_fk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "sent")),
                        fields=("tenant", "advocate"),
                        name="program_invitation_open_once",
                        violation_error_message="This person is invited already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["sent", "accepted", "declined", "withdrawn"])
                        ),
                        name="program_invitation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="program_invitation_answered_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramPolicy",
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
                    "yearly_cap",
                    models.PositiveSmallIntegerField(
                        default=6, verbose_name="activities a year per advocate"
                    ),
                ),
                (
                    "asks_per_year",
                    models.PositiveSmallIntegerField(
                        default=12, verbose_name="asks a year per advocate"
                    ),
                ),
                (
                    "asks_per_90_days",
                    models.PositiveSmallIntegerField(default=2, verbose_name="asks in any 90 days"),
                ),
                (
                    "days_between_asks",
                    models.PositiveSmallIntegerField(default=21, verbose_name="days between asks"),
                ),
                (
                    "cooling_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        verbose_name="days of rest after two unanswered or declined in a row",
                    ),
                ),
                (
                    "account_units_per_year",
                    models.PositiveSmallIntegerField(
                        default=12, verbose_name="activities a year per account"
                    ),
                ),
                (
                    "account_open",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="open activities per account at a time"
                    ),
                ),
                (
                    "recovery_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days without any ask after a high-effort activity"
                    ),
                ),
                (
                    "recovery_low_days",
                    models.PositiveSmallIntegerField(
                        default=45,
                        verbose_name="days with low-effort asks only after a high-effort activity",
                    ),
                ),
                (
                    "pacing_mode",
                    models.CharField(
                        choices=[("block", "Block"), ("warn", "Warn")],
                        default="block",
                        max_length=5,
                        verbose_name="pacing",
                    ),
                ),
                (
                    "recovery_mode",
                    models.CharField(
                        choices=[("block", "Block"), ("warn", "Warn")],
                        default="block",
                        max_length=5,
                        verbose_name="recovery",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=90, verbose_name="days of grace before a demotion"
                    ),
                ),
                (
                    "health_hold_below",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="account health that holds by itself"
                    ),
                ),
                (
                    "health_warn_below",
                    models.PositiveSmallIntegerField(
                        default=80, verbose_name="account health that warns"
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_programpolicy_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_programpolicy_isolation"
                    ),
                    models.UniqueConstraint(fields=("tenant",), name="program_policy_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevenueEvent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("renewal", "Renewal"),
                            ("expansion", "Expansion"),
                            ("churn", "Churn"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount"),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}\\Z", "Use a three-letter code such as EUR."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revenue_events",
                        to="advocates.account",
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
                "ordering": ["-on"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_revenueevent_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_revenueevent_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_revenueevent_account_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["renewal", "expansion", "churn"])),
                        name="revenue_event_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("mention", "Mentioned us"),
                            ("praise", "Praised us"),
                            ("peer", "Told a peer"),
                            ("referral", "Referred somebody unasked"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("seen_on", models.DateField(verbose_name="when")),
                (
                    "source",
                    models.CharField(
                        help_text="A site, a channel, a call; a link is best.",
                        max_length=200,
                        verbose_name="where",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, default="", max_length=2000, verbose_name="in their words"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="recorded"
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signals",
                        to="advocates.advocate",
                        verbose_name="person",
                    ),
                ),
                (
                    "recorded_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
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
                "verbose_name": "signal",
                "ordering": ["-seen_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "advocate", "-seen_on"], name="signal_of"),
                    models.Index(fields=["tenant", "-seen_on"], name="signal_by_day"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_signal_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="advocates_signal_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_signal_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="recorded_by", name="advocates_signal_recorded_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mention", "praise", "peer", "referral"])),
                        name="signal_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "Product"),
                            ("use_case", "Use case"),
                            ("topic", "Topic"),
                            ("competitor", "Competitor"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
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
                "ordering": ["kind", "name"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_tag_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="advocates_tag_isolation"),
                    models.UniqueConstraint(
                        fields=("tenant", "kind", "name"), name="tag_once_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["product", "use_case", "topic", "competitor"])
                        ),
                        name="tag_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
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
                ("metric", models.CharField(max_length=150, verbose_name="what was measured")),
                (
                    "before",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="before"),
                ),
                (
                    "after",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="after"),
                ),
                (
                    "period",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="over"),
                ),
                ("narrative", models.TextField(blank=True, default="", verbose_name="the story")),
                ("may_be_quoted", models.BooleanField(default=False, verbose_name="may be quoted")),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="advocates.advocate",
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
                    "use_case",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tag",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_outcome_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_outcome_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_outcome_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="use_case", name="advocates_outcome_use_case_fk"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvocateTag",
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
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advocate_tags",
                        to="advocates.advocate",
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
                    "tag",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.tag",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_advocatetag_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_advocatetag_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_advocatetag_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="tag", name="advocates_advocatetag_tag_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate", "tag"), name="advocate_tag_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountTag",
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
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account_tags",
                        to="advocates.account",
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
                    "tag",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.tag",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_accounttag_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_accounttag_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_accounttag_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="tag", name="advocates_accounttag_tag_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "account", "tag"), name="account_tag_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tier",
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
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        help_text="Higher is better.", verbose_name="rank"
                    ),
                ),
                (
                    "min_activities",
                    models.PositiveSmallIntegerField(verbose_name="activities a year, at least"),
                ),
                (
                    "min_high_effort",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="high-effort among them"
                    ),
                ),
                (
                    "expected_max",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="expected at most"
                    ),
                ),
                (
                    "seats_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="seats, in percent of the enrolled",
                    ),
                ),
                (
                    "guide_low",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="share guide from, %"
                    ),
                ),
                (
                    "guide_high",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="share guide to, %"
                    ),
                ),
                (
                    "touch_model",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="touch model"
                    ),
                ),
                (
                    "touch_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days between check-ins"
                    ),
                ),
                (
                    "entitlements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("version", models.BigIntegerField(default=0, editable=False)),
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
                "ordering": ["-rank"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_tier_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="advocates_tier_isolation"),
                    models.UniqueConstraint(fields=("tenant", "code"), name="tier_code_once"),
                    models.UniqueConstraint(fields=("tenant", "rank"), name="tier_rank_once"),
                    models.CheckConstraint(
                        condition=models.Q(("min_high_effort__lte", models.F("min_activities"))),
                        name="tier_minimums_order",
                        violation_error_message="High-effort activities are among the activities: they cannot be more.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierRun",
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
                ("started_at", models.DateTimeField(default=advocacy.clock.now)),
                ("reason", models.CharField(max_length=40)),
                ("changed", models.PositiveIntegerField(default=0)),
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_tierrun_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_tierrun_isolation"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierChange",
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
                    "why",
                    models.CharField(
                        choices=[
                            ("enrolled", "Joined the program"),
                            ("earned", "Earned it"),
                            ("seat", "A seat became free"),
                            ("shortfall", "Fell short at the end of the grace period"),
                            ("voided", "A completion was recorded in error"),
                            ("left", "Left the program"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=advocacy.clock.now)),
                ("activities", models.PositiveIntegerField(default=0)),
                ("high_effort", models.PositiveIntegerField(default=0)),
                (
                    "actor",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tier_changes",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "from_tier",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tier",
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
                    "to_tier",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tier",
                    ),
                ),
                (
                    "run",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="advocates.tierrun",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "advocate", "-at"], name="tier_change_history")
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_tierchange_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_tierchange_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_tierchange_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="from_tier", name="advocates_tierchange_from_tier_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="to_tier", name="advocates_tierchange_to_tier_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="run", name="advocates_tierchange_run_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="actor", name="advocates_tierchange_actor_fk"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierStanding",
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
                ("since", models.DateTimeField(null=True)),
                ("grace_until", models.DateField(null=True)),
                ("activities", models.PositiveIntegerField(default=0)),
                ("high_effort", models.PositiveIntegerField(default=0)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("last_completed_at", models.DateTimeField(null=True)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "earned_tier",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tier",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tier",
                    ),
                ),
                (
                    "waiting_for",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tier",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "tier"], name="tier_standing_by_tier"),
                    models.Index(
                        condition=models.Q(("waiting_for__isnull", False)),
                        fields=["tenant", "waiting_for"],
                        name="tier_standing_waiting",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_tierstanding_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_tierstanding_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_tierstanding_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="tier", name="advocates_tierstanding_tier_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="earned_tier", name="advocates_tierstanding_earned_tier_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="waiting_for", name="advocates_tierstanding_waiting_for_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate"), name="tier_standing_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TypePreference",
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
                ("accepted", models.BooleanField()),
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
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="type_preferences",
                        to="advocates.advocate",
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
                    advocacy.tenancy.constraints.TenantKey(name="advocates_typepreference_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_typepreference_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_typepreference_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_typepreference_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate", "activity_type"), name="type_preference_once"
                    ),
                ],
            },
        ),
        due_function(
            "tenants_with_due_imports",
            "SELECT DISTINCT tenant_id FROM advocates_importrun "
            "WHERE state IN ('queued', 'running') "
            "AND (leased_until IS NULL OR leased_until <= clock())",
        ),
        migrations.RunSQL(
            "CREATE OR REPLACE FUNCTION analyze_imported() RETURNS void LANGUAGE plpgsql "
            "SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN "
            "ANALYZE advocates_account; ANALYZE advocates_accountidentifier; "
            "ANALYZE advocates_accountcapacity; ANALYZE advocates_advocate; "
            "ANALYZE advocates_advocateidentifier; ANALYZE events_event; END $$;"
            "REVOKE ALL ON FUNCTION analyze_imported() FROM PUBLIC",
            "DROP FUNCTION IF EXISTS analyze_imported()",
        ),
    ]
