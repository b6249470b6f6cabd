import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
import advocacy.tenancy.models
from advocacy.tenancy.lookups import due_function, without_stuck

_ASKS = "SELECT DISTINCT a.tenant_id FROM requests_ask a WHERE a.state = 'sent' AND "
_EXPIRED = "a.expires_at <= clock()"
_TO_REMIND = "a.reminded_at IS NULL AND a.remind_at <= clock()"
_REQUESTS = (
    "SELECT DISTINCT r.tenant_id FROM requests_request r "
    "JOIN tenancy_tenant t ON t.id = r.tenant_id "
    "WHERE r.state IN ('submitted', 'in_review', 'needs_info', 'outreach') "
    "AND (r.check_at <= clock() OR r.needed_by < (clock() AT TIME ZONE t.time_zone)::date)"
)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("requests", "0001_initial"),
        ("requests", "0002_due_asks"),
        ("requests", "0003_request_check_at"),
        ("requests", "0004_due_requests"),
        ("requests", "0005_ask_answers"),
        ("requests", "0006_not_stuck"),
    ]
    dependencies = [
        ("activities", "0001_tables"),
        ("advocates", "0002_capacity_guard"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opportunity",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "prospect_name",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="prospect"
                    ),
                ),
                (
                    "crm_stage",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="stage in the CRM"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("qualified", "Qualified"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="amount",
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
                    "probability",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="probability, %",
                    ),
                ),
                (
                    "kind",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="type"),
                ),
                (
                    "lead_source",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="lead source"
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="created")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="closes")),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="advocates.account",
                        verbose_name="company",
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
                "ordering": ["-closes_on", "name"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "stage", "closes_on"], name="opportunity_by_stage"
                    ),
                    models.Index(fields=["tenant", "account"], name="opportunity_by_account"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_opportunity_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_opportunity_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="requests_opportunity_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="requests_opportunity_owner_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "source", "external_id"),
                        name="opportunity_identifier_once",
                        violation_error_message="There is an opportunity with this external id already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["open", "qualified", "won", "lost"])),
                        name="opportunity_stage_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
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
                ("number", models.PositiveIntegerField(editable=False)),
                (
                    "needed_count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="how many advocates",
                    ),
                ),
                ("needed_by", models.DateField(verbose_name="needed by")),
                (
                    "rush_reason",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="why the rush"
                    ),
                ),
                (
                    "prospect",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="prospect"
                    ),
                ),
                (
                    "industry",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="industry"
                    ),
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
                        verbose_name="size",
                    ),
                ),
                (
                    "employees",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="employees"),
                ),
                (
                    "country",
                    models.CharField(blank=True, default="", max_length=2, verbose_name="country"),
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
                    "persona_function",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="function of the person"
                    ),
                ),
                (
                    "persona_seniority",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("executive", "Executive"),
                            ("manager", "Manager"),
                            ("practitioner", "Practitioner"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="seniority of the person",
                    ),
                ),
                (
                    "competitor",
                    models.CharField(
                        blank=True, default="", max_length=100, verbose_name="competitor"
                    ),
                ),
                (
                    "questions",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="One question a line.",
                        verbose_name="what the prospect wants to know",
                    ),
                ),
                (
                    "meeting_format",
                    models.CharField(
                        choices=[
                            ("video", "Video call"),
                            ("phone", "Phone call"),
                            ("in_person", "In person"),
                            ("written", "In writing"),
                        ],
                        default="video",
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=64,
                        validators=[advocacy.tenancy.models.validate_time_zone],
                        verbose_name="the prospect's time zone",
                    ),
                ),
                (
                    "is_confidential",
                    models.BooleanField(
                        default=False, verbose_name="do not tell the advocate who the prospect is"
                    ),
                ),
                (
                    "intended_use",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="intended use"
                    ),
                ),
                ("notes", models.TextField(blank=True, default="", verbose_name="notes")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("in_review", "In review"),
                            ("needs_info", "Needs information"),
                            ("outreach", "Asking"),
                            ("confirmed", "Confirmed"),
                            ("scheduled", "Scheduled"),
                            ("completed", "Completed"),
                            ("closed", "Closed"),
                            ("declined", "Declined"),
                            ("cancelled", "Cancelled"),
                            ("unfilled", "Unfilled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("state_reason", models.CharField(blank=True, default="", max_length=500)),
                ("accepted_count", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("answer_due_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("confirm_due_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("check_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("completed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="what is needed",
                    ),
                ),
                (
                    "manager",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="program manager",
                    ),
                ),
                (
                    "opportunity",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="requests.opportunity",
                        verbose_name="opportunity",
                    ),
                ),
                (
                    "requester",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="requester",
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
                "ordering": ["-number"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "state", "needed_by"], name="request_by_state"),
                    models.Index(
                        fields=["tenant", "requester", "-number"], name="request_by_requester"
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_request_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="requests_request_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="requests_request_activity_type_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="opportunity", name="requests_request_opportunity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="requester", name="requests_request_requester_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="manager", name="requests_request_manager_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "number"), name="request_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "submitted",
                                    "in_review",
                                    "needs_info",
                                    "outreach",
                                    "confirmed",
                                    "scheduled",
                                    "completed",
                                    "closed",
                                    "declined",
                                    "cancelled",
                                    "unfilled",
                                ],
                            )
                        ),
                        name="request_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("needed_count__gte", 1)), name="request_needs_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ask",
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
                            ("later", "Another time"),
                            ("someone_else", "Suggested somebody else"),
                            ("expired", "Not answered"),
                            ("filled", "Already filled"),
                            ("cancelled", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=14,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("override_reason", models.CharField(blank=True, default="", max_length=300)),
                ("subject", models.CharField(max_length=200)),
                ("message", models.TextField()),
                ("sent_at", models.DateTimeField(default=advocacy.clock.now)),
                ("remind_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("advocate", "The advocate"),
                            ("staff", "A colleague on the advocate's behalf"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("decline_reason", models.CharField(blank=True, default="", max_length=500)),
                ("later_on", models.DateField(null=True)),
                ("suggested_name", models.CharField(blank=True, default="", max_length=200)),
                ("suggested_email", models.EmailField(blank=True, default="", max_length=254)),
                (
                    "time_note",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Another time, in the person's words.",
                        max_length=300,
                    ),
                ),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="activities.activity",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "answer_recorded_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
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
                (
                    "request",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="requests.request",
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["tenant", "expires_at"],
                        name="ask_waiting",
                    ),
                    models.Index(fields=["tenant", "advocate", "-sent_at"], name="ask_by_advocate"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["accepted", "declined", "later", "someone_else"])
                        ),
                        fields=["tenant", "advocate", "state"],
                        name="ask_answers",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_ask_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="requests_ask_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="request", name="requests_ask_request_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="requests_ask_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="participation", name="requests_ask_participation_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="requests_ask_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="sender", name="requests_ask_sender_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="answer_recorded_by", name="requests_ask_answer_recorded_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "participation"), name="ask_unit_once"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "request", "advocate"), name="ask_once_per_request"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "sent",
                                    "accepted",
                                    "declined",
                                    "later",
                                    "someone_else",
                                    "expired",
                                    "filled",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="ask_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestTag",
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
                    "request",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="request_tags",
                        to="requests.request",
                    ),
                ),
                (
                    "tag",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.tag",
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
                    advocacy.tenancy.constraints.TenantKey(name="requests_requesttag_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_requesttag_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="request", name="requests_requesttag_request_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="tag", name="requests_requesttag_tag_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "request", "tag"), name="request_tag_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageMapping",
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
                ("crm_stage", models.CharField(max_length=100, verbose_name="stage in the CRM")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("qualified", "Qualified"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                        ],
                        max_length=10,
                        verbose_name="means",
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
                "ordering": ["crm_stage"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_stagemapping_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_stagemapping_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "crm_stage"), name="stage_mapping_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["open", "qualified", "won", "lost"])),
                        name="stage_mapping_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touchpoint",
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
                            ("reference", "Completed reference"),
                            ("share", "Opened share"),
                            ("event", "Event"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "opportunity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touchpoints",
                        to="requests.opportunity",
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
                "ordering": ["-at"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_touchpoint_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_touchpoint_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="opportunity", name="requests_touchpoint_opportunity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="requests_touchpoint_activity_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "opportunity", "activity"), name="touchpoint_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["reference", "share", "event"])),
                        name="touchpoint_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskSlot",
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
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("offered", models.BooleanField(default=False)),
                ("picked", models.BooleanField(default=False)),
                (
                    "ask",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="requests.ask",
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
                "ordering": ["starts_at"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_askslot_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="requests_askslot_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="ask", name="requests_askslot_ask_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "ask", "starts_at"), name="ask_slot_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="ask_slot_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchingWeights",
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
                ("industry", models.PositiveSmallIntegerField(default=20, verbose_name="industry")),
                (
                    "use_case",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="use case and product"
                    ),
                ),
                ("size", models.PositiveSmallIntegerField(default=15, verbose_name="size")),
                ("persona", models.PositiveSmallIntegerField(default=10, verbose_name="persona")),
                (
                    "region",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="region and time zone"
                    ),
                ),
                (
                    "relationship",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="relationship and health"
                    ),
                ),
                (
                    "rotation",
                    models.PositiveSmallIntegerField(
                        default=15, verbose_name="freshness and rotation"
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                    advocacy.tenancy.constraints.TenantKey(name="requests_matchingweights_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_matchingweights_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="requests_matchingweights_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity_type"),
                        name="matching_weights_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        due_function(
            "tenants_with_due_asks",
            f"{_ASKS} ({_EXPIRED} AND {without_stuck('ask-expiry', 'a')} "
            f"OR a.expires_at > clock() AND {_TO_REMIND} "
            f"AND {without_stuck('ask-reminder', 'a')})",
        ),
        due_function(
            "tenants_with_due_requests", f"{_REQUESTS} AND {without_stuck('request-end', 'r')}"
        ),
    ]
